package org.netsplice.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something the user can understand and act on. The type says which kind of remedy is possible; the problems say
 * what, where and how. Everything that is not a {@code ModelException} is a bug of ours.
 */
public abstract sealed class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    ModelException(List<Problem> problems, Throwable cause) {
        super(problems.stream().map(Problem::line).collect(Collectors.joining("; ")), cause);
        this.problems = List.copyOf(problems);
    }

    /** At least one problem, the most important first. */
    public List<Problem> problems() {
        return problems;
    }

    /** The first problem. */
    public Problem problem() {
        return problems.get(0);
    }

    /** The file cannot be read at all: missing, unreadable, cut short by the system. */
    public static final class Unreadable extends ModelException {
        private static final long serialVersionUID = 1L;

        public Unreadable(Problem problem, Throwable cause) {
            super(List.of(problem), cause);
        }
    }

    /** The file is sound, but this program cannot handle it. */
    public static final class Unsupported extends ModelException {
        private static final long serialVersionUID = 1L;

        public Unsupported(Problem problem) {
            this(problem, null);
        }

        public Unsupported(Problem problem, Throwable cause) {
            super(List.of(problem), cause);
        }
    }

    /** The file is broken or contradicts itself. */
    public static final class Invalid extends ModelException {
        private static final long serialVersionUID = 1L;

        public Invalid(Problem problem) {
            this(problem, null);
        }

        public Invalid(Problem problem, Throwable cause) {
            super(List.of(problem), cause);
        }
    }

    /** The file belongs to another tool. */
    public static final class Foreign extends ModelException {
        private static final long serialVersionUID = 1L;

        public Foreign(Problem problem) {
            super(List.of(problem), null);
        }
    }

    /** An edit that would not give a graph. */
    public static final class EditRefused extends ModelException {
        private static final long serialVersionUID = 1L;

        public EditRefused(Problem problem) {
            super(List.of(problem), null);
        }

        public EditRefused(Where where, String what, String remedy) {
            this(Problem.error(where, what, remedy));
        }
    }

    /** A network that cannot be compiled, with every reason. */
    public static final class CannotCompile extends ModelException {
        private static final long serialVersionUID = 1L;

        public CannotCompile(List<Problem> problems) {
            super(problems, null);
        }
    }

    /** Inputs that do not fit the network, or a computation that failed. */
    public static final class CannotPredict extends ModelException {
        private static final long serialVersionUID = 1L;

        public CannotPredict(Problem problem) {
            this(problem, null);
        }

        public CannotPredict(Problem problem, Throwable cause) {
            super(List.of(problem), cause);
        }
    }

    /** A result that cannot be written. */
    public static final class CannotExport extends ModelException {
        private static final long serialVersionUID = 1L;

        public CannotExport(Problem problem) {
            this(problem, null);
        }

        public CannotExport(Problem problem, Throwable cause) {
            super(List.of(problem), cause);
        }
    }
}
