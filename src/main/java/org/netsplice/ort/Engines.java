package org.netsplice.ort;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.dl4j.Computation;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** The engines that can compute a document. */
public enum Engines {
    /** DL4J's graph. */
    DL4J,
    /** ONNX Runtime; what has no form in ONNX is refused. */
    ONNX,
    /** DL4J's graph for the first batch, and ONNX Runtime for the others where it gives the same for the first. */
    AUTO;

    /** How far the results of two engines may be apart, as a share of the largest number, at least of 1. */
    private static final double TOLERANCE = 1e-5;

    /** Its name in options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Prepares a document for predicting.
     *
     * @throws ModelException.CannotCompile with every reason at once
     * @throws ModelException.CannotExport by {@link #ONNX}, when a layer has no form there
     */
    public CompiledNetwork compile(Document document, Progress progress) {
        return switch (this) {
            case DL4J -> Compiler.compile(document, progress);
            case ONNX -> CompiledNetwork.of(document, OrtComputation.of(document, progress));
            case AUTO ->
                Compiler.compile(document, progress)
                        .computedBy(first -> new Checked(first, () -> OrtComputation.of(document, Progress.NONE)));
        };
    }

    /** How another engine is prepared. */
    @FunctionalInterface
    interface Preparation {
        Computation get();
    }

    /**
     * Computes by one engine first, and by another as soon as it has given the same for the batch before. The other is prepared when a
     * second batch comes, so that it costs nothing where there is only one; where it fails, the first computes again. For one thread.
     */
    static final class Checked implements Computation {
        private final Computation first;
        private final Preparation preparation;
        private Optional<Batch> before = Optional.empty();
        private Optional<Computation> second = Optional.empty();
        private boolean decided;
        private String why = "DL4J; ONNX Runtime would compute from the second batch on";

        private record Batch(List<Tensor> inputs, List<Tensor> outputs) {}

        Checked(Computation first, Preparation preparation) {
            this.first = first;
            this.preparation = preparation;
        }

        /** Whether the other engine computes from now on. */
        boolean switched() {
            return second.isPresent();
        }

        @Override
        public List<Tensor> compute(List<Tensor> inputs, Progress progress) {
            if (!decided && before.isPresent()) {
                second = checked(before.get(), progress);
                decided = true;
                before = Optional.empty();
            }
            if (second.isPresent()) {
                try {
                    return second.get().compute(inputs, progress);
                } catch (ModelException.CannotPredict failed) {
                    log(failed);
                    why = because(failed);
                    second = Optional.empty();
                }
            }
            List<Tensor> outputs = first.compute(inputs, progress);
            if (!decided) {
                before = Optional.of(new Batch(inputs, outputs));
            }
            return outputs;
        }

        /** The other engine, when it is there and gives for a batch what the first gave. */
        private Optional<Computation> checked(Batch batch, Progress progress) {
            try {
                Computation other = preparation.get();
                List<Tensor> given = other.compute(batch.inputs(), progress);
                boolean same = same(batch.outputs(), given);
                why = same
                        ? "ONNX Runtime, which gave for the first batch what DL4J gave"
                        : "DL4J, because ONNX Runtime gave other numbers for the first batch";
                return same ? Optional.of(other) : Optional.empty();
            } catch (ModelException | IllegalArgumentException | OutOfMemoryError impossible) {
                log(impossible);
                why = because(impossible);
                return Optional.empty();
            }
        }

        private static String because(Throwable why) {
            return "DL4J, because ONNX Runtime cannot compute this: "
                    + (why instanceof ModelException known ? known.problem().line() : "it found no room");
        }

        @Override
        public String engine() {
            return why;
        }

        private static void log(Throwable why) {
            System.getLogger(Engines.class.getName())
                    .log(System.Logger.Level.DEBUG, "the second engine cannot compute this", why);
        }

        private static boolean same(List<Tensor> expected, List<Tensor> given) {
            if (expected.size() != given.size()) {
                return false;
            }
            for (int i = 0; i < expected.size(); i++) {
                if (!same(expected.get(i), given.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean same(Tensor expected, Tensor given) {
            if (!expected.shape().equals(given.shape()) || expected.dtype() != given.dtype()) {
                return false;
            }
            double scale = 1;
            for (int i = 0; i < expected.length(); i++) {
                double size = Math.abs(expected.numberAt(i));
                scale = Double.isFinite(size) ? Math.max(scale, size) : scale;
            }
            for (int i = 0; i < expected.length(); i++) {
                double one = expected.numberAt(i);
                double other = given.numberAt(i);
                if (Double.compare(one, other) != 0 && !(Math.abs(one - other) <= TOLERANCE * scale)) {
                    return false;
                }
            }
            return true;
        }
    }
}
