package org.netsplice.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Records the operations of the thread that opened it, so that gradients can be found afterwards by going through them backwards. An
 * operation is recorded only if one of its arguments is watched, or was computed from one that is. Arrays are told apart by identity: what
 * is watched must be the very array that operations get.
 *
 * <p>Operations tell the tape what they did by {@link #note}; where none is open, that is a look at a variable of the thread.
 */
public final class Tape implements AutoCloseable {
    private static final ThreadLocal<Tape> OPEN = new ThreadLocal<>();

    /**
     * What an operation's result owes to an argument.
     *
     * @param argument null for one that is missing
     * @param product the gradient for the argument from those of the results; null where there is none
     */
    record Share(Array argument, Function<List<Array>, Array> product) {}

    private record Entry(String operation, List<Array> results, List<Share> shares) {}

    private final List<Array> watched;
    private final Set<Array> followed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Entry> entries = new ArrayList<>();

    private Tape(List<Array> watched) {
        this.watched = List.copyOf(watched);
        followed.addAll(watched);
    }

    /**
     * Opens a tape on this thread.
     *
     * @param watched the arrays for which gradients will be asked
     * @throws IllegalStateException when one is open already
     */
    public static Tape record(List<Array> watched) {
        if (OPEN.get() != null) {
            throw new IllegalStateException("a tape is open on this thread");
        }
        Tape tape = new Tape(watched);
        OPEN.set(tape);
        return tape;
    }

    /**
     * Finds the gradients of the sum of all {@code outputs · outputGradients}; may be called again, with other outputs too.
     *
     * @param outputGradients one for each output, of its sizes
     * @return one for each watched array, of its sizes; zeros where no output depends on it
     * @throws NoGradientException when an operation that has no gradient lies between
     */
    public List<Array> gradients(List<Array> outputs, List<Array> outputGradients) {
        IdentityHashMap<Array, Array> gradients = new IdentityHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (followed.contains(outputs.get(i))) {
                add(gradients, outputs.get(i), outputGradients.get(i));
            }
        }
        aside(() -> {
            for (int i = entries.size() - 1; i >= 0; i--) {
                passBack(entries.get(i), gradients);
            }
            return gradients;
        });
        return watched.stream()
                .map(array -> Optional.ofNullable(gradients.get(array))
                        .orElseGet(
                                () -> Array.zeros(array.sizes()).as(array.form().real())))
                .toList();
    }

    private void passBack(Entry entry, IdentityHashMap<Array, Array> gradients) {
        if (entry.results().stream().noneMatch(gradients::containsKey)) {
            return;
        }
        List<Array> own = entry.results().stream()
                .map(result -> Optional.ofNullable(gradients.remove(result)).orElseGet(() -> zeros(result)))
                .toList();
        for (Share share : entry.shares()) {
            if (followed.contains(share.argument())) {
                if (share.product() == null) {
                    throw new NoGradientException(entry.operation());
                }
                add(gradients, share.argument(), share.product().apply(own));
            }
        }
    }

    private static Array zeros(Array like) {
        return Array.zeros(like.sizes()).as(like.form().real());
    }

    private static void add(IdentityHashMap<Array, Array> gradients, Array array, Array gradient) {
        Array.require(gradient.length() == array.length(), "a gradient of " + gradient + " for " + array);
        Array own = gradient.as(array.form().real());
        Array shaped = Arrays.equals(own.sizes(), array.sizes()) ? own : own.reshape(array.sizes());
        gradients.merge(array, shaped, Arithmetic::add);
    }

    /** The name of an operation without a gradient that lies between watched arrays and outputs, if there is any. */
    public Optional<String> obstacle(List<Array> outputs) {
        Set<Array> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        reached.addAll(outputs);
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (reached.removeAll(entry.results())) {
                for (Share share : entry.shares()) {
                    if (followed.contains(share.argument())) {
                        if (share.product() == null) {
                            return Optional.of(entry.operation());
                        }
                        reached.add(share.argument());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Ends the recording on this thread and forgets it. */
    @Override
    public void close() {
        if (OPEN.get() == this) {
            OPEN.remove();
        }
        entries.clear();
        followed.clear();
    }

    /** Computes without recording: for constants, and for steps of an operation that notes its own result. */
    public static <T> T aside(Supplier<T> computation) {
        Tape tape = OPEN.get();
        if (tape == null) {
            return computation.get();
        }
        OPEN.remove();
        try {
            return computation.get();
        } finally {
            OPEN.set(tape);
        }
    }

    /** Whether a tape is open on this thread. */
    static boolean isOpen() {
        return OPEN.get() != null;
    }

    /** Tells an open tape what an operation did; returns the result. */
    static Array note(String operation, Array result, Share... shares) {
        Tape tape = OPEN.get();
        if (tape != null) {
            tape.add(operation, List.of(result), shares);
        }
        return result;
    }

    /** Like {@link #note(String, Array, Share...)} for several results; the gradient of one that reaches no output is 0. */
    static List<Array> note(String operation, List<Array> results, Share... shares) {
        Tape tape = OPEN.get();
        if (tape != null) {
            tape.add(operation, results, shares);
        }
        return results;
    }

    private void add(String operation, List<Array> results, Share... shares) {
        boolean follows = false;
        for (Share share : shares) {
            if (share.argument() == results.get(0)) {
                return;
            }
            follows |= followed.contains(share.argument());
        }
        if (follows) {
            followed.addAll(results);
            entries.add(new Entry(operation, results, List.of(shares)));
        }
    }

    /** What a result owes to an argument: the product makes the argument's gradient of the result's. */
    static Share share(Array argument, UnaryOperator<Array> product) {
        return new Share(argument, gradients -> product.apply(gradients.get(0)));
    }

    /** Like {@link #share(Array, UnaryOperator)} for an operation with several results, whose gradients come in their order. */
    static Share joint(Array argument, Function<List<Array>, Array> product) {
        return new Share(argument, product);
    }

    /** Shares whose gradients come together from one computation, which runs once for all arguments. */
    static Share[] together(List<Array> arguments, Function<List<Array>, List<Array>> product) {
        List<List<Array>> last = new ArrayList<>();
        Share[] shares = new Share[arguments.size()];
        for (int i = 0; i < shares.length; i++) {
            int argument = i;
            shares[i] = joint(arguments.get(i), gradients -> {
                if (last.isEmpty() || last.get(0) != gradients) {
                    last.clear();
                    last.add(gradients);
                    last.add(product.apply(gradients));
                }
                return last.get(1).get(argument);
            });
        }
        return shares;
    }

    /** Like {@link #share(Array, UnaryOperator)} for an argument that may be missing. */
    static Share share(Optional<Array> argument, UnaryOperator<Array> product) {
        return share(argument.orElse(null), product);
    }

    /**
     * Tells an open tape that a result was computed from arguments by an operation without a gradient; returns the result. Gradients that
     * would have to pass here fail with this name.
     */
    public static Array obstacle(String operation, Array result, Array... arguments) {
        if (OPEN.get() == null) {
            return result;
        }
        return note(
                operation,
                result,
                Arrays.stream(arguments)
                        .map(argument -> new Share(argument, null))
                        .toArray(Share[]::new));
    }
}
