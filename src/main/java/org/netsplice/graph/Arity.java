package org.netsplice.graph;

/** How many inputs a layer takes. */
public record Arity(int least, int most) {
    public static final Arity NONE = new Arity(0, 0);
    public static final Arity ONE = new Arity(1, 1);
    public static final Arity TWO = new Arity(2, 2);
    public static final Arity TWO_OR_MORE = new Arity(2, Integer.MAX_VALUE);
    public static final Arity ANY = new Arity(0, Integer.MAX_VALUE);

    /** Whether {@code count} inputs are right. */
    public boolean allows(int count) {
        return count >= least && count <= most;
    }

    /** In words: {@code one input}, {@code two inputs or more}. */
    public String text() {
        if (most == 0) {
            return "no input";
        }
        String number = least == 1 ? "one input" : least == 2 ? "two inputs" : least + " inputs";
        return most > least ? number + " or more" : number;
    }
}
