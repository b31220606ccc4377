package org.netsplice.problem;

/** The place a problem is about, precise enough to be found again. Its text is {@linkplain Printable printable}. */
public sealed interface Where {

    /** No particular place. */
    Where NOWHERE = new Nowhere();

    /** What a person reads before the colon of a message; empty when there is no place. */
    String text();

    /** A file and, where known, a place inside it such as an archive entry or a path of keys; {@code inside} may be empty. */
    record InFile(String file, String inside) implements Where {
        @Override
        public String text() {
            return inside.isEmpty() ? Printable.name(file) : Printable.name(file) + ", " + Printable.name(inside);
        }
    }

    /** A node of the document: its identity as a number and the name shown to the user. */
    record AtNode(long node, String name) implements Where {
        @Override
        public String text() {
            return Printable.name(name);
        }
    }

    /** A cell of a table file; rows and columns count from 1, and 0 means the whole row or column. */
    record InTable(String file, long row, long column) implements Where {
        @Override
        public String text() {
            return Printable.name(file) + (row > 0 ? ", row " + row : "") + (column > 0 ? ", column " + column : "");
        }
    }

    /** An option or argument of a command. */
    record AtOption(String option) implements Where {
        @Override
        public String text() {
            return Printable.name(option);
        }
    }

    /** Nothing to point at. */
    record Nowhere() implements Where {
        @Override
        public String text() {
            return "";
        }
    }
}
