package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** A compiled document. One thread at a time may predict. */
public final class CompiledNetwork {
    private final Document document;
    private final Computation computation;
    private final Optional<ComputationGraph> network;
    private final Report report;
    private final List<Input> taken;
    private final List<String> outputNames;
    private final List<DType> outputTypes;
    /** The shapes of the data that was predicted last, batch left out, and the most rows of it together that have been found to fit. */
    private Map<String, Shape> allowedShapes = Map.of();

    private long allowed;

    private CompiledNetwork(
            Document document,
            Computation computation,
            Optional<ComputationGraph> network,
            List<Input> inputs,
            Report report) {
        this.document = document;
        this.computation = computation;
        this.network = network;
        this.report = report;
        this.taken = List.copyOf(inputs);
        this.outputNames = document.graph().outputs().stream()
                .map(document.graph()::outputName)
                .toList();
        this.outputTypes = types(document, report);
    }

    private static List<DType> types(Document document, Report report) {
        return document.graph().outputs().stream()
                .map(output -> report.spec(output.port()).map(TensorSpec::dtype).orElse(DType.FLOAT32))
                .toList();
    }

    /** A document that DL4J computes. */
    static CompiledNetwork of(Document document, ComputationGraph network, List<Node> inputs, Report report) {
        List<Input> taken = inputs.stream().map(Input::of).toList();
        List<DType> given = taken.stream().map(Input::dtype).toList();
        Computation computation = new GraphComputation(network, given, types(document, report));
        return new CompiledNetwork(document, computation, Optional.of(network), taken, report);
    }

    /**
     * A document that another engine computes.
     *
     * @throws ModelException.CannotCompile when the document has errors, or would not fit into memory
     */
    public static CompiledNetwork of(Document document, Computation computation) {
        Report report = Report.of(document.graph());
        Set<NodeId> needed = report.topology().needed();
        List<Problem> problems = new ArrayList<>(report.problems());
        problems.removeIf(problem -> problem.severity() != Problem.Severity.ERROR);
        if (problems.isEmpty()) {
            problems.addAll(PhysicalMemory.problems(
                    report,
                    report.order().stream()
                            .filter(node -> needed.contains(node.id()))
                            .toList()));
        }
        if (!problems.isEmpty()) {
            throw new ModelException.CannotCompile(problems);
        }
        List<Input> inputs = document.graph().inputs().stream()
                .filter(needed::contains)
                .map(document.graph()::node)
                .map(Input::of)
                .toList();
        return new CompiledNetwork(document, computation, Optional.empty(), inputs, report);
    }

    /** The same network, computed by another engine; {@link #graph} stays. */
    public CompiledNetwork computedBy(UnaryOperator<Computation> other) {
        return new CompiledNetwork(document, other.apply(computation), network, taken, report);
    }

    /** What computes rows together once they are known to fit. */
    public Computation computation() {
        return computation;
    }

    /** The document it was compiled from. */
    public Document document() {
        return document;
    }

    /** DL4J's own graph; empty where only another engine computes the document. */
    public Optional<ComputationGraph> graph() {
        return network;
    }

    /** The number of vertices of DL4J's graph, inputs included; 0 without one. */
    public int vertexCount() {
        return network.map(graph -> graph.getVertices().length).orElse(0);
    }

    /** An input: its name and the shape and type of its data, batch first. */
    public record Input(String name, Shape shape, DType dtype) {
        private static Input of(Node node) {
            InputLayer layer = (InputLayer) node.layer();
            return new Input(node.name(), layer.batchShape(), layer.dtype());
        }

        /**
         * The data as this input takes it, as Keras does it: any number of rows, whatever batch size the file names; a last axis of size 1 is
         * added or dropped where only that is missing or too much. Empty when the data does not fit.
         */
        public Optional<Tensor> fitted(Tensor data) {
            return fitted(data.shape()).map(data::reshaped);
        }

        /** The shape this input makes of a shape of data, as {@link #fitted(Tensor)} does. */
        public Optional<Shape> fitted(Shape data) {
            Shape given = data;
            Shape wanted = shape.rank() == 0 ? shape : shape.withBatch(Shape.UNKNOWN);
            if (given.rank() == wanted.rank() + 1 && given.last() == 1) {
                given = given.axes(0, given.rank() - 1);
            } else if (given.rank() == wanted.rank() - 1 && wanted.last() == 1) {
                given = given.plus(1);
            }
            boolean fits = given.rank() > 0 && wanted.accepts(given);
            return fits ? Optional.of(given) : Optional.empty();
        }
    }

    /** The inputs in the order of the document, those no output depends on left out. */
    public List<Input> inputs() {
        return taken;
    }

    /** The types of the outputs in the order of the document. */
    public List<DType> outputTypes() {
        return outputTypes;
    }

    /** The names of the outputs in the order of the document. */
    public List<String> outputNames() {
        return outputNames;
    }

    /**
     * Predicts in batches.
     *
     * @param data an array for every input by its name, all with the same number of rows
     * @param batch rows computed together, at least 1
     * @return an array for every output by its name, in order; with as many rows as the data, unless the network joins or cuts rows
     * @throws ModelException.CannotPredict when the data does not fit, or when batches of a network that joins rows give results that
     *     cannot be put together
     */
    public Map<String, Tensor> predict(Map<String, Tensor> data, int batch, Progress progress) {
        Map<String, Tensor> fitted = fitted(data);
        long rows = rows(fitted);
        requireMemory(fitted, Math.min(rows, batch));
        refuse(tooMany(rows));
        List<Map<String, Tensor>> parts = new ArrayList<>();
        for (long from = 0; from < rows; from += batch) {
            long end = Math.min(rows, from + batch);
            double done = (double) from / rows;
            String what = "Predicting row " + (from + 1) + " of " + rows;
            progress.at(done, what);
            parts.add(together(part(fitted, from, end), (fraction, vertex) -> progress.at(done, what)));
            requireSameShape(parts.get(0), parts.get(parts.size() - 1));
        }
        return parts.size() == 1 ? parts.get(0) : joined(parts);
    }

    /**
     * Predicts batch after batch, each when its result is asked for, so that no more than one is held here.
     *
     * @param batches for each batch an array for every input by its name, all with the same number of rows
     * @return for each batch an array for every output by its name, in order; those of one output have one shape beside the number of
     *     rows
     * @throws ModelException.CannotPredict by the result, when data does not fit or results cannot be put together
     */
    public Iterator<Map<String, Tensor>> predict(Iterator<Map<String, Tensor>> batches, Progress progress) {
        return new Iterator<>() {
            private Map<String, Tensor> first;

            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Map<String, Tensor> next() {
                Map<String, Tensor> fitted = fitted(batches.next());
                requireMemory(fitted, rows(fitted));
                Map<String, Tensor> results = together(fitted, progress);
                first = first == null ? results : first;
                requireSameShape(first, results);
                return results;
            }
        };
    }

    /** Refuses more rows together than fit into memory or can be computed in some hours; asks once for each larger number of rows. */
    private void requireMemory(Map<String, Tensor> data, long together) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        data.forEach((name, tensor) -> shapes.put(name, tensor.shape().withBatch(Shape.UNKNOWN)));
        if (together > allowed || !shapes.equals(allowedShapes)) {
            refuse(Effort.of(Effort.sized(report, shapes)).problems(together));
            allowed = together;
            allowedShapes = shapes;
        }
    }

    private static Map<String, Tensor> part(Map<String, Tensor> data, long from, long end) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        data.forEach((name, tensor) -> {
            boolean all = from == 0 && end == tensor.shape().size(0);
            part.put(name, all ? tensor : tensor.rows(from, end));
        });
        return part;
    }

    /** Computes rows together. */
    private Map<String, Tensor> together(Map<String, Tensor> data, Progress progress) {
        List<Tensor> results = computation.compute(
                taken.stream().map(input -> data.get(input.name())).toList(), progress);
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            outputs.put(outputNames.get(i), results.get(i));
        }
        return outputs;
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ModelException.CannotPredict(problems.get(0));
        }
    }

    /** What a Java array cannot hold is refused before anything is computed. */
    private List<Problem> tooMany(long rows) {
        for (Output output : document.graph().outputs()) {
            double numbers = report.spec(output.port())
                            .map(spec -> Math.max(1.0, (double) spec.shape().elementsPerRow()))
                            .orElse(1.0)
                    * rows;
            if (numbers > Integer.MAX_VALUE) {
                return List.of(Problem.error(
                        Where.NOWHERE,
                        String.format(
                                Locale.ROOT,
                                "the output %s would have %,.0f numbers, more than the %,d that can be held at once",
                                document.graph().outputName(output),
                                numbers,
                                Integer.MAX_VALUE),
                        "Predict fewer rows at a time."));
            }
        }
        return List.of();
    }

    private static Map<String, Tensor> joined(List<Map<String, Tensor>> parts) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (String name : parts.get(0).keySet()) {
            outputs.put(
                    name,
                    Tensor.joined(parts.stream().map(part -> part.get(name)).toList()));
        }
        return outputs;
    }

    /** Refuses results of two batches that cannot be put together. */
    private static void requireSameShape(Map<String, Tensor> one, Map<String, Tensor> other) {
        if (one == other) {
            return;
        }
        one.forEach((name, tensor) -> {
            Shape shape = tensor.shape();
            Shape second = other.get(name).shape();
            if (shape.rank() == 0
                    || shape.rank() != second.rank()
                    || !shape.withBatch(1).equals(second.withBatch(1))) {
                throw refused(
                        name,
                        "the output joins rows, so that its shape differs from batch to batch",
                        "Predict all rows in one batch.");
            }
        });
    }

    /**
     * The data of every input in its shape, as {@link Input#fitted(Tensor)} makes it.
     *
     * @throws ModelException.CannotPredict when the data of an input is missing or does not fit
     */
    public Map<String, Tensor> fitted(Map<String, Tensor> data) {
        Map<String, Tensor> fitted = new LinkedHashMap<>();
        for (Input input : inputs()) {
            Tensor tensor = data.get(input.name());
            if (tensor == null) {
                throw refused(input.name(), "no data is given for this input", "Choose a file for it.");
            }
            fitted.put(
                    input.name(),
                    input.fitted(tensor)
                            .orElseThrow(() -> refused(
                                    input.name(),
                                    "expects data of shape " + input.shape() + ", received " + tensor.shape(),
                                    "Choose a file with that shape; the first axis counts the rows.")));
        }
        return fitted;
    }

    private static long rows(Map<String, Tensor> fitted) {
        Map<String, Long> rows = new LinkedHashMap<>();
        fitted.forEach((name, tensor) -> rows.put(name, tensor.shape().size(0)));
        return requireSameRows(rows);
    }

    /**
     * The number of rows of all inputs; −1 for no input.
     *
     * @param rows how many rows there are for each input, in order
     * @throws ModelException.CannotPredict when one has none, or another number of rows than one before
     */
    public static long requireSameRows(Map<String, Long> rows) {
        long first = -1;
        for (Map.Entry<String, Long> entry : rows.entrySet()) {
            long own = entry.getValue();
            if (own == 0) {
                throw refused(entry.getKey(), "the data has no rows", "Choose a file with at least one row.");
            }
            if (first >= 0 && own != first) {
                throw refused(
                        entry.getKey(),
                        "has " + own + " rows, but the other input has " + first,
                        "Every input needs the same number of rows.");
            }
            first = own;
        }
        return first;
    }

    private static ModelException.CannotPredict refused(String input, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(new Where.AtOption("input " + input), what, remedy));
    }
}
