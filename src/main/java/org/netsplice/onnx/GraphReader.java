package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.container.Guard;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.onnx.proto.ElementType;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.onnx.proto.ValueInfoProto;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Makes a graph of layers of the graph in a file. */
final class GraphReader {
    private final OnnxFile file;
    private final GraphProto graph;
    private final Progress progress;
    private final Translation translation = new Translation();
    private final Rows rows;
    private final List<NodeId> inputs = new ArrayList<>();

    GraphReader(OnnxFile file, Progress progress) {
        this.file = file;
        this.graph = file.graph();
        this.progress = progress;
        this.rows = new Rows(graph);
    }

    Graph read() {
        Map<String, TensorProto> stored = new LinkedHashMap<>();
        for (TensorProto tensor : graph.initializers()) {
            if (stored.put(tensor.name(), tensor) != null) {
                throw Guard.invalid(file.name(), tensor.name(), "is the name of two tensors");
            }
        }
        Scope scope = new Scope(stored, file);
        for (ValueInfoProto input : graph.inputs()) {
            if (!stored.containsKey(input.name())) {
                scope.put(input.name(), input(input));
            }
        }
        new Calls(file, translation, declared(), progress).run(graph.nodes(), scope);
        List<Output> outputs = outputs(scope);
        return pruned(outputs);
    }

    private ModelException.Unsupported unsupported(String inside, String what, String remedy) {
        return new ModelException.Unsupported(Problem.error(new Where.InFile(file.name(), inside), what, remedy));
    }

    private Value input(ValueInfoProto input) {
        if (!input.form().equals(ValueInfoProto.TENSOR)) {
            throw unsupported(
                    input.name(),
                    "is an input that is "
                            + (input.form().isEmpty()
                                    ? "of a type the file does not tell"
                                    : "no tensor but a " + input.form()),
                    "Export the model with tensors as inputs.");
        }
        List<ValueInfoProto.Axis> axes = input.axes().orElse(List.of());
        if (axes.isEmpty()) {
            throw unsupported(
                    input.name(),
                    input.axes().isEmpty()
                            ? "is an input whose shape the file does not tell"
                            : "is an input of a single number, and inputs have an axis for the rows",
                    "Export the model with the shapes of its inputs.");
        }
        DType dtype = dtype(input);
        int row = rows.axis(input);
        long[] sizes = new long[axes.size()];
        for (int axis = 0; axis < sizes.length; axis++) {
            ValueInfoProto.Axis one = axes.get(axis);
            if (axis == row) {
                sizes[axis] = Sizes.BATCH;
                translation.rows(one.size());
                if (!one.symbol().isEmpty()) {
                    translation.sizes().batch(one.symbol());
                }
            } else {
                sizes[axis] = size(input.name(), one);
            }
        }
        return placed(input.name(), dtype, row, sizes);
    }

    private DType dtype(ValueInfoProto input) {
        return ElementType.numbered(input.element())
                .flatMap(ElementType::dtype)
                .filter(type -> type != DType.STRING)
                .map(type -> type.half() ? DType.FLOAT32 : type)
                .orElseThrow(() -> unsupported(
                        input.name(),
                        "is an input of type "
                                + ElementType.numbered(input.element())
                                        .map(ElementType::text)
                                        .orElse(String.valueOf(input.element()))
                                + ", which cannot be computed",
                        "Export the model with numbers as inputs."));
    }

    private long size(String name, ValueInfoProto.Axis axis) {
        try {
            return translation.sizes().of(axis);
        } catch (Untranslatable reason) {
            throw unsupported(name, reason.getMessage(), "Export the model with the shapes of its inputs.");
        }
    }

    /** The input with its rows on axis 0, and the order that the file has as a view of it. */
    private Value placed(String name, DType dtype, int rows, long... sizes) {
        long[] first = sizes.clone();
        int[] order = new int[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            order[axis] = axis == rows ? 0 : axis < rows ? axis + 1 : axis;
            first[order[axis]] = sizes[axis];
        }
        Value.Computed value = translation.input(Naming.of(name, "input"), dtype, first);
        inputs.add(value.port().node());
        return rows == 0 ? value : new Value.View(value, order);
    }

    /** What the file says of values in between. */
    private Map<String, ValueInfoProto> declared() {
        Map<String, ValueInfoProto> declared = new HashMap<>();
        graph.values().forEach(value -> declared.put(value.name(), value));
        graph.outputs().forEach(value -> declared.put(value.name(), value));
        return declared;
    }

    private List<Output> outputs(Scope scope) {
        List<Output> outputs = new ArrayList<>();
        Set<Port> taken = new HashSet<>();
        for (ValueInfoProto output : graph.outputs()) {
            Value value = scope.get(output.name())
                    .orElseThrow(() -> Guard.invalid(file.name(), output.name(), "is an output that no call gives"));
            Port port = port(output.name(), value);
            if (inputs.contains(port.node()) || !taken.add(port)) {
                Value copy = translation
                        .layer(Kinds.named("Identity"), Map.of(), List.of(), List.of(value))
                        .get(0);
                translation.keep(Naming.of(output.name(), "output"));
                port = ((Value.Computed) copy).port();
                taken.add(port);
            }
            String name = Naming.of(output.name(), "output");
            outputs.add(
                    new Output(port, translation.nodes().get(port.node()).name().equals(name) ? "" : name));
        }
        if (outputs.isEmpty()) {
            throw Guard.invalid(file.name(), "", "has no outputs");
        }
        return outputs;
    }

    private Port port(String name, Value value) {
        try {
            boolean fixed = value instanceof Value.Known
                    && value.rank() > 1
                    && value.dtype().floating();
            Value given = fixed ? IndexOperators.perRow(translation, value, value.rank()) : value;
            Port port = translation
                    .settled(translation.hasOpaque() ? given : Rows.first(given))
                    .port();
            translation.keep(Naming.of(name, "output"));
            return port;
        } catch (Untranslatable reason) {
            throw unsupported(
                    name,
                    "is an output that is no prediction of a row: " + reason.getMessage(),
                    "Export the model with a batch axis in all outputs.");
        }
    }

    /** The graph without what no output depends on; inputs stay. */
    private Graph pruned(List<Output> outputs) {
        Map<NodeId, Node> nodes = translation.nodes();
        Set<NodeId> used = new HashSet<>(inputs);
        List<NodeId> open = new ArrayList<>(
                outputs.stream().map(output -> output.port().node()).toList());
        while (!open.isEmpty()) {
            NodeId id = open.remove(open.size() - 1);
            if (used.add(id)) {
                nodes.get(id).inputs().forEach(port -> open.add(port.node()));
            }
        }
        Map<NodeId, Node> kept = new LinkedHashMap<>();
        Map<WeightsId, Weights> weights = new HashMap<>();
        nodes.forEach((id, node) -> {
            if (used.contains(id)) {
                kept.put(id, node);
                Optional.ofNullable(translation.weights().get(node.weights()))
                        .ifPresent(known -> weights.put(node.weights(), known));
            }
        });
        return new Graph(kept, Map.of(), weights, inputs, outputs);
    }
}
