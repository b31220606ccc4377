package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Spot;
import org.netsplice.format.Opened;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Initial;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Weights;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Edits a user might make, sensible ones more often than foolish ones. */
public final class RandomEdits {
    private static final List<Opened.Network> NETWORKS = List.of(
            network("seed_merge/model_a/model.keras"),
            network("seed_merge/model_b/model.keras"),
            network("digits/cnn_a/model.keras"),
            network("layers/shared_layer_chained/model.keras"),
            network("layers/nested_functional_two_deep/model.keras"));
    private static final List<Kind<?>> KINDS = Layers.ALL.stream()
            .filter(kind -> kind.family() != Kind.Family.INTERNAL)
            .toList();

    private final Random random;
    private final List<Function<Document, Edit>> makers = new ArrayList<>();

    public RandomEdits(Random random) {
        this.random = random;
        makers.add(document -> pick(NETWORKS).edit(random.nextInt(4) == 0 ? "p_" : ""));
        makers.add(document -> new CloseNetwork(group(document)));
        makers.add(this::addLayer);
        makers.add(this::addLayer);
        makers.add(this::addLayer);
        makers.add(document -> new Remove(some(document)));
        makers.add(document -> new Dissolve(some(document)));
        makers.add(document -> new Dissolve(Set.of(node(document))));
        makers.add(document -> new DisconnectAll(Set.of(node(document))));
        makers.add(document -> new CutAfter(node(document)));
        makers.add(document -> new InsertLayer(pick(KINDS).standard(), node(document), random.nextInt(2)));
        makers.add(document -> new ReplaceLayer(node(document), pick(KINDS).standard()));
        makers.add(
                document -> new Paste(new Clip(document, some(document)), random.nextBoolean(), random.nextBoolean()));
        makers.add(document -> new Connect(port(document), node(document)));
        makers.add(document -> new Disconnect(node(document), random.nextInt(2)));
        makers.add(document -> new Reconnect(node(document), random.nextInt(2), port(document)));
        makers.add(this::configure);
        makers.add(document -> new Rename(node(document), name()));
        makers.add(document -> new RenameGroup(group(document), name()));
        makers.add(document -> new RenameDocument(name()));
        makers.add(document -> new Move(Map.of(node(document), spot()), Map.of(), random.nextInt(2)));
        makers.add(document -> new Move(Map.of(), Map.of(group(document), spot()), 0));
        makers.add(document -> new Fold(Set.of(group(document)), random.nextBoolean()));
        makers.add(document -> new PutIntoWire(node(document), node(document), random.nextInt(2)));
        makers.add(document -> new ChangeFigure(figure(document), "figure", random.nextInt(2)));
        makers.add(document -> new Prefix(group(document), name()));
        makers.add(document -> new SwapWeights(group(document), document.graph(), name()));
        makers.add(document -> new Arrange());
        makers.add(document -> new Freeze(some(document), random.nextBoolean()));
        makers.add(document -> new MakeGroup(some(document), name()));
        makers.add(document -> new Ungroup(group(document)));
        makers.add(document -> new ShareInputs(inputs(document)));
        makers.add(document -> new SeparateInputs(anyInput(document)));
        makers.add(document -> new Chain(port(document), anyInput(document)));
        makers.add(document -> new MarkOutput(port(document), random.nextBoolean()));
        makers.add(this::orderOutputs);
        makers.add(this::orderInputs);
        makers.add(document -> new RenameOutput(outputPort(document), random.nextBoolean() ? "" : name()));
        makers.add(this::loadWeights);
        makers.add(document -> new CopyWeights(node(document), node(document)));
        makers.add(document -> new ResetWeights(node(document)));
        makers.add(document ->
                new Several(List.of(new RenameDocument(name()), new Freeze(some(document), true)), "two at once"));
    }

    private static Opened.Network network(String path) {
        return (Opened.Network) Fixtures.FORMATS.open(Fixtures.path(path), Optional.empty(), Progress.NONE);
    }

    public Edit next(Document document) {
        if (document.graph().nodes().size() < 2) {
            return pick(NETWORKS).edit("");
        }
        if (document.graph().nodes().size() > 60) {
            return random.nextInt(3) > 0 ? new CloseNetwork(group(document)) : new Remove(some(document));
        }
        return pick(makers).apply(document);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private NodeId node(Document document) {
        return pick(List.copyOf(document.graph().nodes().keySet()));
    }

    private Port port(Document document) {
        return new Port(node(document), random.nextInt(20) == 0 ? 1 : 0);
    }

    private Set<NodeId> some(Document document) {
        Set<NodeId> nodes = new HashSet<>();
        NodeId first = node(document);
        nodes.add(first);
        if (random.nextBoolean()) {
            document.graph().groupOf(first).ifPresent(group -> nodes.add(pick(List.copyOf(group.members()))));
        } else if (random.nextInt(3) == 0) {
            nodes.add(node(document));
        }
        return nodes;
    }

    private GroupId group(Document document) {
        List<GroupId> groups = List.copyOf(document.graph().groups().keySet());
        return groups.isEmpty() ? new GroupId(-1) : pick(groups);
    }

    private Spot spot() {
        return new Spot(random.nextInt(1000), random.nextInt(1000));
    }

    private String name() {
        return pick(List.of(
                "merged model",
                "a",
                "b",
                "Größe 层",
                "x < y & \"z\"",
                "head",
                " padded",
                "with/slash",
                "",
                "n" + random.nextInt(1000)));
    }

    private Edit addLayer(Document document) {
        Optional<Spot> spot = random.nextBoolean() ? Optional.of(spot()) : Optional.empty();
        if (random.nextInt(8) == 0) {
            return new AddLayer(new InputLayer(Shape.of(Shape.UNKNOWN, 4), DType.FLOAT32), "", List.of(), spot);
        }
        List<Port> ports = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            ports.add(port(document));
        }
        Kind<?> kind = pick(KINDS);
        List<Port> fitting = ports.size() > 1 && kind.standard().arity().most() < 2 ? ports.subList(0, 1) : ports;
        return new AddLayer(kind.standard(), random.nextInt(4) == 0 ? name() : "", fitting, spot);
    }

    private Edit configure(Document document) {
        Node node = document.graph().node(node(document));
        return new Configure(
                node.id(),
                node.isInput()
                        ? new InputLayer(Shape.of(Shape.UNKNOWN, 1 + random.nextInt(9)), DType.FLOAT32)
                        : pick(KINDS).standard());
    }

    private List<NodeId> inputs(Document document) {
        List<NodeId> inputs = new ArrayList<>(document.graph().inputs());
        java.util.Collections.shuffle(inputs, random);
        return inputs.subList(0, Math.min(inputs.size(), 2 + random.nextInt(2)));
    }

    private NodeId anyInput(Document document) {
        List<NodeId> inputs = document.graph().inputs();
        return inputs.isEmpty() ? node(document) : pick(inputs);
    }

    private Port outputPort(Document document) {
        List<Output> outputs = document.graph().outputs();
        return outputs.isEmpty() ? port(document) : pick(outputs).port();
    }

    private Figure figure(Document document) {
        Figure present = document.placement().figure();
        return switch (random.nextInt(4)) {
            case 0 -> present.withLabel(node(document), random.nextBoolean() ? "" : name());
            case 1 -> present.withPlain(some(document), random.nextBoolean());
            case 2 -> present.withColor(group(document), random.nextInt(6));
            default ->
                present.withNote(
                        random.nextBoolean() ? present.nextNote() : 1,
                        new Figure.Note(random.nextInt(3) == 0 ? "" : name() + "\n" + name(), spot()));
        };
    }

    private Edit orderOutputs(Document document) {
        List<Port> ports = new ArrayList<>(
                document.graph().outputs().stream().map(Output::port).toList());
        java.util.Collections.shuffle(ports, random);
        return new OrderOutputs(random.nextInt(5) == 0 && !ports.isEmpty() ? ports.subList(1, ports.size()) : ports);
    }

    private Edit orderInputs(Document document) {
        List<NodeId> inputs = new ArrayList<>(document.graph().inputs());
        java.util.Collections.shuffle(inputs, random);
        return new OrderInputs(inputs);
    }

    private Edit loadWeights(Document document) {
        Graph graph = document.graph();
        Report report = Report.of(graph);
        List<Node> weighted = graph.nodes().values().stream()
                .filter(node -> !report.weights(node.id()).isEmpty())
                .filter(node -> report.weights(node.id()).stream()
                        .allMatch(spec -> spec.shape().elements() < 1_000_000))
                .toList();
        if (weighted.isEmpty() || random.nextInt(5) == 0) {
            return new LoadWeights(node(document), new Weights(List.of()));
        }
        Node node = pick(weighted);
        return new LoadWeights(node.id(), Initial.draw(random.nextLong(), node.weights(), report.weights(node.id())));
    }
}
