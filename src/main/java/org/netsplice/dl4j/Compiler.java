package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.netsplice.check.Report;
import org.netsplice.dl4j.Wiring.Source;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.RunOrder;
import org.netsplice.layers.TravellingMasks;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.ops.Array;
import org.netsplice.passes.Pass;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.work.Progress;

/**
 * Makes a runnable {@link ComputationGraph} of a document. Only what the outputs depend on is compiled; every node becomes a
 * {@link LayerVertex} named after it, an output that is an input gets an identity vertex.
 */
public final class Compiler {
    private final Document document;
    private final Graph graph;
    /** What is known about the document as it is drawn. */
    private final Report whole;

    private final Report report;
    private final List<Node> needed;
    private final Map<Port, Source> sources = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Map<String, Masked> masks = new HashMap<>();
    private final TravellingMasks<Port, String> travelling = new TravellingMasks<>();
    private final Map<String, Weights> parameters = new LinkedHashMap<>();

    /** A mask nobody has read yet: the layer whose result it belongs to, and what that reads. */
    private record Masked(ComputedLayer layer, List<Source> inputs) {}

    private Compiler(Document document, boolean optimized) {
        this.document = document;
        this.whole = Report.of(document.graph());
        refuse(whole.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList());
        this.graph = optimized ? Pass.all(document.graph()) : document.graph();
        this.report = Report.of(graph, whole);
        Set<NodeId> used = Topology.of(graph).needed();
        this.needed = RunOrder.of(
                graph,
                report.order().stream().filter(node -> used.contains(node.id())).toList());
        refuse(PhysicalMemory.problems(report, needed));
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ModelException.CannotCompile(problems);
        }
    }

    /**
     * Compiles a document for predicting: layers may be folded into others where that gives the same values.
     *
     * @throws ModelException.CannotCompile with every reason at once
     */
    public static CompiledNetwork compile(Document document, Progress progress) {
        return compile(document, true, progress);
    }

    /** Compiles a document as it is drawn, a vertex for every layer. */
    static CompiledNetwork compileAsDrawn(Document document, Progress progress) {
        return compile(document, false, progress);
    }

    private static CompiledNetwork compile(Document document, boolean optimized, Progress progress) {
        Compiler compiler = new Compiler(document, optimized);
        progress.at(0, "Starting the engine");
        Engine.start();
        return compiler.build(progress);
    }

    private CompiledNetwork build(Progress progress) {
        Set<NodeId> computed = needed.stream().map(Node::id).collect(Collectors.toSet());
        List<Node> inputs = graph.inputs().stream()
                .filter(computed::contains)
                .map(graph::node)
                .toList();
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .updater(new NoOp())
                .dataType(wide() ? DataType.DOUBLE : DataType.FLOAT)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                .graphBuilder();
        builder.validateOutputLayerConfig(false);
        for (Node input : inputs) {
            sources.put(Port.of(input.id()), new Source(input.name(), -1, ""));
            taken.add(input.name());
            builder.addInputs(input.name());
        }
        for (Node node : needed) {
            if (!node.isInput()) {
                add(builder, node);
            }
        }
        List<String> outputs = outputs(builder);
        builder.setOutputs(outputs.toArray(String[]::new));
        progress.at(0.3, "Building the graph");
        ComputationGraph network = new ComputationGraph(builder.build());
        network.init();
        copyParameters(network, progress.part(0.4, 1));
        return CompiledNetwork.of(document, network, inputs, whole);
    }

    /** Whether parameters are kept in double precision, because a layer computes in it. */
    private boolean wide() {
        return needed.stream()
                .anyMatch(node ->
                        node.layer().casts() && ElementTypes.form(node.policy().compute()) == Array.Form.DOUBLE);
    }

    private void add(GraphBuilder builder, Node node) {
        ComputedLayer layer = (ComputedLayer) node.layer();
        List<Source> from = node.inputs().stream().map(this::source).toList();
        if (layer instanceof NestedInput) {
            sources.put(Port.of(node.id()), from.get(0));
            travelling.after(layer, node.inputs(), Port.of(node.id()), Optional.empty());
            return;
        }
        List<long[]> shapes = new ArrayList<>();
        for (WeightSpec spec : report.weights(node.id())) {
            shapes.add(spec.shape().rank() == 0 ? new long[] {1} : spec.shape().sizes());
        }
        boolean trainable = node.trainable() && !shapes.isEmpty();
        if (layer.readsMasks()) {
            from.forEach(source -> addMask(builder, source.mask()));
        }
        Wiring wiring = Wiring.of(from, layer.readsMasks(), false);
        LayerVertex vertex = new LayerVertex(layer, wiring, shapes, !trainable);
        add(builder, node.name(), vertex.typed(node, report.outputs(node.id())), wiring);
        List<Boolean> masked =
                from.stream().map(source -> !source.mask().isEmpty()).toList();
        Optional<String> mask = Optional.empty();
        if (layer.masks().gives(masked) && !layer.returnsInput()) {
            mask = Optional.of(free(node.name() + " (mask)"));
            taken.add(mask.get());
            masks.put(mask.get(), new Masked(layer, from));
        }
        travelling.after(layer, node.inputs(), Port.of(node.id()), mask);
        for (int index = 0; index < layer.outputCount(); index++) {
            int pick = layer.outputCount() == 1 ? -1 : index;
            sources.put(new Port(node.id(), index), new Source(node.name(), pick, ""));
        }
        if (!shapes.isEmpty()) {
            parameters.put(node.name(), weights(node));
        }
    }

    /** Where a port is read, with the mask it has now. */
    private Source source(Port port) {
        Source source = sources.get(port);
        return new Source(source.vertex(), source.pick(), travelling.of(port).orElse(""));
    }

    /** Adds the vertex of a mask, and of the masks it is made of, when it is read for the first time. */
    private void addMask(GraphBuilder builder, String name) {
        Masked masked = masks.remove(name);
        if (masked != null) {
            masked.inputs().forEach(source -> addMask(builder, source.mask()));
            pass(builder, name, masked.layer(), Wiring.of(masked.inputs(), true, true));
        }
    }

    /** Adds a vertex without weights. */
    private void pass(GraphBuilder builder, String name, ComputedLayer layer, Wiring wiring) {
        add(builder, name, new LayerVertex(layer, wiring, List.of(), true), wiring);
    }

    private void add(GraphBuilder builder, String name, LayerVertex vertex, Wiring wiring) {
        taken.add(name);
        read.addAll(wiring.vertices());
        builder.addVertex(name, vertex, wiring.vertices().toArray(String[]::new));
    }

    private Weights weights(Node node) {
        Weights known = graph.weights().get(node.weights());
        return known != null ? known : Initial.draw(document.seed(), node.weights(), report.weights(node.id()));
    }

    /**
     * The names of the output vertices. Each is read by no other vertex and stands for one output only, because DL4J mixes up its
     * workspaces where a vertex gives its result to the caller and to vertices behind it; where that is not so of itself, the output
     * gets a vertex of its own.
     */
    private List<String> outputs(GraphBuilder builder) {
        Set<String> bound = new HashSet<>(read);
        graph.inputs().forEach(input -> bound.add(graph.node(input).name()));
        List<String> names = new ArrayList<>();
        for (Output output : graph.outputs()) {
            Source source = sources.get(output.port());
            if (source.pick() < 0 && bound.add(source.vertex())) {
                names.add(source.vertex());
            } else {
                String own = free(graph.outputName(output) + " (output)");
                pass(builder, own, new NestedInput(), Wiring.of(List.of(source), false, false));
                names.add(own);
            }
        }
        return names;
    }

    private String free(String name) {
        String candidate = name;
        while (graph.named(candidate).isPresent() || taken.contains(candidate)) {
            candidate += "'";
        }
        return candidate;
    }

    private void copyParameters(ComputationGraph network, Progress progress) {
        int done = 0;
        for (Map.Entry<String, Weights> entry : parameters.entrySet()) {
            progress.at((double) done++ / parameters.size(), "Copying weights");
            Map<String, INDArray> table = network.getVertex(entry.getKey()).paramTable(false);
            List<Tensor> tensors = entry.getValue().tensors();
            for (int i = 0; i < tensors.size(); i++) {
                INDArray target = table == null ? null : table.get("w" + i);
                if (target == null) {
                    continue;
                }
                Numbers.copy(tensors.get(i), target);
            }
        }
    }
}
