package org.netsplice.onnx.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.RunOrder;
import org.netsplice.layers.TravellingMasks;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxSink;
import org.netsplice.layers.kind.OnnxTensors;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Writes what the outputs of a document depend on as an ONNX graph, layer by layer in the order in which they run. */
final class NetworkWriter {
    private final Document document;
    private final Graph graph;
    private final Report report;
    private final Nodes nodes = new Nodes();
    private final OnnxBuilder onnx = new OnnxBuilder(nodes);
    private final Map<Port, OnnxValue> values = new HashMap<>();
    private final TravellingMasks<Port, Supplier<OnnxValue>> travelling = new TravellingMasks<>();
    private final List<OnnxSink.Named> inputs = new ArrayList<>();
    private final List<OnnxSink.Named> outputs = new ArrayList<>();
    private final List<Problem> missing = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private GraphProto written;

    private NetworkWriter(Document document) {
        this.document = document;
        this.graph = document.graph();
        this.report = Report.of(graph);
    }

    /**
     * Writes a document.
     *
     * @throws ModelException.CannotCompile when it cannot be computed, with every reason
     * @throws ModelException.CannotExport when a layer has no form in ONNX, with the first such layer and how many there are
     */
    static NetworkWriter of(Document document, Progress progress) {
        NetworkWriter writer = new NetworkWriter(document);
        List<Problem> errors = writer.report.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new ModelException.CannotCompile(errors);
        }
        writer.write(progress);
        return writer;
    }

    /** The graph. */
    GraphProto graph() {
        return written;
    }

    /** What the file says otherwise than the document. */
    List<Problem> notes() {
        return notes;
    }

    private void write(Progress progress) {
        Set<NodeId> used = Topology.of(graph).needed();
        List<Node> needed = RunOrder.of(
                graph,
                report.order().stream().filter(node -> used.contains(node.id())).toList());
        graph.inputs().stream().map(graph::node).filter(needed::contains).forEach(this::input);
        graph.outputs().forEach(output -> nodes.take(graph.outputName(output)));
        int done = 0;
        for (Node node : needed) {
            progress.at((double) done++ / needed.size(), "Writing layers");
            if (!node.isInput()) {
                nodes.enter(node.name());
                try {
                    layer(node, (ComputedLayer) node.layer());
                } catch (OnnxBuilder.Missing problem) {
                    missing(node, problem.getMessage());
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new ModelException.CannotExport(together());
        }
        Set<String> given = new HashSet<>();
        inputs.forEach(input -> given.add(input.name()));
        graph.outputs().forEach(output -> output(output, given));
        written = nodes.whole(document.name().isEmpty() ? "network" : document.name(), inputs, outputs);
    }

    /** The first reason, and which other layers have one. */
    private Problem together() {
        Problem first = missing.get(0);
        List<String> others = missing.stream()
                .map(problem -> problem.where().text())
                .filter(name -> !name.equals(first.where().text()))
                .distinct()
                .toList();
        if (others.isEmpty()) {
            return first;
        }
        int shown = Math.min(others.size(), 5);
        String more = others.size() > shown ? " and " + (others.size() - shown) + " more" : "";
        return Problem.error(
                first.where(),
                first.what() + "; neither can be written: " + String.join(", ", others.subList(0, shown)) + more,
                first.remedy());
    }

    private void missing(Node node, String what) {
        missing.add(Problem.error(
                new Where.AtNode(node.id().number(), node.name()),
                node.layer().className() + " " + what,
                "Cut the network before this layer, or write a .keras file."));
        List<TensorSpec> specs = report.outputs(node.id());
        for (int i = 0; i < specs.size(); i++) {
            DType type = OnnxTensors.computed(specs.get(i).dtype());
            values.put(
                    new Port(node.id(), i),
                    OnnxValue.named("missing", type, specs.get(i).shape()));
        }
    }

    private void input(Node node) {
        TensorSpec spec = report.outputs(node.id()).get(0);
        DType type = spec.dtype().half() ? DType.FLOAT32 : spec.dtype();
        if (type == DType.STRING) {
            missing(node, "takes texts, which have no form in ONNX here");
            return;
        }
        nodes.enter(node.name());
        nodes.take(node.name());
        inputs.add(new OnnxSink.Named(node.name(), type, spec.shape()));
        OnnxValue given = OnnxValue.named(node.name(), type, spec.shape());
        values.put(Port.of(node.id()), onnx.cast(given, OnnxTensors.computed(type)));
    }

    private void layer(Node node, ComputedLayer layer) {
        List<OnnxValue> from = new ArrayList<>();
        for (Port port : node.inputs()) {
            OnnxValue value = values.get(port);
            boolean cast = layer.casts() && value.type().floating();
            from.add(cast ? Types.as(onnx, value, node.policy().compute()) : value);
        }
        List<Optional<Supplier<OnnxValue>>> masks = travelling.of(node.inputs());
        List<Optional<OnnxValue>> read = new ArrayList<>();
        masks.forEach(mask -> read.add(layer.readsMasks() ? mask.map(Supplier::get) : Optional.empty()));
        List<OnnxValue> results = layer.write(onnx, from, read, weights(node, layer));
        List<TensorSpec> specs = report.outputs(node.id());
        for (int i = 0; i < results.size(); i++) {
            OnnxValue result = results.get(i);
            int place = from.indexOf(result);
            boolean same = place >= 0
                    && report.inputs(node.id()).get(place).dtype()
                            == specs.get(i).dtype();
            values.put(
                    new Port(node.id(), i),
                    same ? result : Types.as(onnx, result, specs.get(i).dtype()));
        }
        boolean masked =
                layer.masks().gives(masks.stream().map(Optional::isPresent).toList());
        travelling.after(
                layer,
                node.inputs(),
                Port.of(node.id()),
                masked && !layer.returnsInput() ? Optional.of(mask(node, layer, from, masks)) : Optional.empty());
    }

    /** The mask of a layer's result, written when it is read for the first time. */
    private Supplier<OnnxValue> mask(
            Node node, ComputedLayer layer, List<OnnxValue> from, List<Optional<Supplier<OnnxValue>>> masks) {
        List<OnnxValue> found = new ArrayList<>();
        return () -> {
            if (found.isEmpty()) {
                List<Optional<OnnxValue>> read =
                        masks.stream().map(mask -> mask.map(Supplier::get)).toList();
                try {
                    found.add(layer.masks().write(onnx, from, read));
                } catch (OnnxBuilder.Missing problem) {
                    missing.add(Problem.error(
                            new Where.AtNode(node.id().number(), node.name()),
                            layer.className() + " " + problem.getMessage(),
                            ""));
                    found.add(OnnxValue.named("missing", DType.BOOL, Shape.of(Shape.UNKNOWN, Shape.UNKNOWN)));
                }
            }
            return found.get(0);
        };
    }

    private List<OnnxValue> weights(Node node, ComputedLayer layer) {
        List<WeightSpec> specs = report.weights(node.id());
        if (specs.isEmpty()) {
            return List.of();
        }
        org.netsplice.graph.Weights known = graph.weights().get(node.weights());
        List<Tensor> tensors = (known != null ? known : Initial.draw(document.seed(), node.weights(), specs)).tensors();
        List<OnnxValue> weights = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
            String key = node.name() + "/" + specs.get(i).title() + "\nweights "
                    + node.weights().number() + " " + i;
            OnnxValue weight = onnx.constant(shared(key, node, i), tensors.get(i));
            weights.add(Types.weight(onnx, weight, layer.casts() ? node.policy().compute() : DType.FLOAT32));
        }
        return weights;
    }

    /** The key that the first call of a layer gave to a weight. */
    private String shared(String key, Node node, int index) {
        return keys.computeIfAbsent(node.weights().number() + " " + index, first -> key);
    }

    /** Marks an output; its last node gets the output's name, or an Identity node does where that is not to be renamed. */
    private void output(Output output, Set<String> given) {
        TensorSpec spec = report.spec(output.port()).orElseThrow();
        DType type = spec.dtype().half() ? DType.FLOAT32 : spec.dtype();
        String name = graph.outputName(output);
        if (!given.add(name)) {
            name = nodes.free(name + "_output");
            given.add(name);
            notes.add(Problem.warning(
                    Where.NOWHERE,
                    "the output \"" + graph.outputName(output) + "\" is named \"" + name + "\" in the file",
                    "In ONNX an output has another name than every input."));
        }
        nodes.enter(graph.node(output.port().node()).name());
        String source = onnx.name(onnx.cast(values.get(output.port()), type));
        nodes.finish(nodes.now(source), name);
        outputs.add(new OnnxSink.Named(name, type, spec.shape()));
    }
}
