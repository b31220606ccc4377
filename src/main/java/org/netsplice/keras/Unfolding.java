package org.netsplice.keras;

import java.util.Locale;
import org.netsplice.config.Json;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/** The number of nodes of a model with all its nested models unfolded, counted before any node is made. */
final class Unfolding {
    /** The most nodes a network may have: more than real ones have, and few enough to open. */
    private static final long MAX_LAYERS = 100_000;

    private static final int DEEPEST = 64;

    private Unfolding() {}

    /** Refuses a model with too many nodes, or with models nested too deeply. */
    static void check(ModelConfig model, Json at) {
        long nodes = nodes(model, at, 0);
        if (nodes > MAX_LAYERS) {
            String number = nodes == Long.MAX_VALUE ? "more than 10^18" : grouped(nodes);
            throw new ModelException.Unsupported(Problem.error(
                    at.where(),
                    "has " + number + " layers when every call of the models inside it is counted; at most "
                            + grouped(MAX_LAYERS) + " can be opened",
                    "Open one of the models inside it by itself."));
        }
    }

    private static long nodes(ModelConfig model, Json at, int depth) {
        if (depth > DEEPEST) {
            throw at.wrong("models are nested more than " + DEEPEST + " levels deep");
        }
        long sum = 0;
        for (LayerConfig layer : model.layers()) {
            long each = layer.nested()
                    .map(inner -> nodes(inner, layer.object(), depth + 1))
                    .orElse(1L);
            sum = plus(sum, times(Math.max(1, layer.calls().size()), each));
        }
        return sum;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private static long times(long a, long b) {
        return b > 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }
}
