package org.netsplice.splice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Kept;
import org.netsplice.edit.Placement;
import org.netsplice.edit.Spot;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Policy;
import org.netsplice.graph.Port;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;

/** Writes a document without its weights as JSON and reads it; {@code docs/splice-format.md} describes the format. */
final class SpliceText {
    static final int VERSION = 1;

    /** The largest number that every reader of JSON keeps exactly. */
    private static final long LARGEST_ID = 1L << 53;

    private SpliceText() {}

    static Map<String, Object> write(Document document) {
        Graph graph = document.graph();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("name", document.name());
        json.put("seed", document.seed());
        json.put("next_id", document.nextId());
        json.put("nodes", graph.nodes().values().stream().map(SpliceText::node).toList());
        json.put(
                "groups",
                graph.groups().values().stream()
                        .map(group -> group(document, group))
                        .toList());
        json.put("weights", weights(graph));
        json.put("inputs", graph.inputs().stream().map(NodeId::number).toList());
        json.put("outputs", graph.outputs().stream().map(SpliceText::output).toList());
        List<Object> spots = new ArrayList<>();
        document.placement().spots().forEach((id, spot) -> spots.add(List.of(id.number(), spot.x(), spot.y())));
        json.put("placement", spots);
        json.put("figure", figure(document.placement().figure()));
        KeptText.write(document, json);
        return json;
    }

    private static Map<String, Object> node(Node node) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", node.id().number());
        json.put("name", node.name());
        json.putAll(LayerText.write(node.layer()));
        json.put("reads", node.inputs().stream().map(SpliceText::port).toList());
        json.put("weights", node.weights().number());
        json.put("trainable", node.trainable());
        if (!node.policy().equals(Policy.FLOAT32)) {
            json.put("policy", node.policy().name());
        }
        return json;
    }

    private static List<Object> port(Port port) {
        return List.of(port.node().number(), port.index());
    }

    private static Map<String, Object> output(Output output) {
        return Map.of("port", port(output.port()), "name", output.name());
    }

    private static Map<String, Object> group(Document document, Group group) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", group.id().number());
        json.put("name", group.name());
        json.put("kind", group.kind().name());
        json.put("parent", group.parent().map(GroupId::number).orElse(null));
        json.put("definition", group.definition());
        json.put("members", group.members().stream().map(NodeId::number).toList());
        json.put("origin", document.origins().get(group.id()));
        json.put("folded", document.placement().folded().contains(group.id()));
        Spot box = document.placement().boxes().get(group.id());
        json.put("box", box == null ? null : List.of(box.x(), box.y()));
        json.put("color", document.placement().figure().colors().get(group.id()));
        return json;
    }

    /** The numbers of known weights and how many tensors each has. */
    private static List<Object> weights(Graph graph) {
        List<Object> counts = new ArrayList<>();
        graph.weights()
                .forEach((id, value) ->
                        counts.add(List.of(id.number(), value.tensors().size())));
        return counts;
    }

    static Document read(Json json, Map<WeightsId, Weights> weights, Kept kept) {
        Map<NodeId, Node> nodes = new LinkedHashMap<>();
        json.get("nodes").items().forEach(item -> {
            Node node = node(item);
            if (nodes.put(node.id(), node) != null) {
                throw item.wrong("the number " + node.id().number() + " stands twice");
            }
        });
        Map<GroupId, Group> groups = new TreeMap<>();
        Map<GroupId, String> origins = new TreeMap<>();
        json.get("groups").items().forEach(item -> {
            Group group = group(item);
            if (groups.put(group.id(), group) != null) {
                throw item.wrong("the number " + group.id().number() + " stands twice");
            }
            item.find("origin").ifPresent(origin -> origins.put(group.id(), origin.text()));
        });
        List<NodeId> inputs =
                json.get("inputs").items().stream().map(SpliceText::nodeId).toList();
        List<Output> outputs = json.get("outputs").items().stream()
                .map(item -> new Output(port(item.get("port")), item.get("name").text()))
                .toList();
        Graph graph = new Graph(nodes, groups, weights, inputs, outputs);
        long nextId = json.get("next_id").integer(1, LARGEST_ID + 1);
        SpliceRules.check(graph, nextId, json);
        return new Document(
                json.get("name").text(),
                graph,
                placement(json, graph),
                json.get("seed").integer(),
                nextId,
                origins,
                kept);
    }

    private static Node node(Json json) {
        return new Node(
                nodeId(json.get("id")),
                json.get("name").text(),
                LayerText.read(json),
                json.get("reads").items().stream().map(SpliceText::port).toList(),
                new WeightsId(identity(json.get("weights"))),
                json.get("trainable").flag(),
                json.find("policy").map(Json::text).map(Policy::named).orElse(Policy.FLOAT32));
    }

    private static Port port(Json json) {
        List<Json> items = json.items(2, "[node, output]");
        return new Port(nodeId(items.get(0)), (int) items.get(1).integer(0, Integer.MAX_VALUE));
    }

    /** The number of a node, a group or weights. */
    static long identity(Json json) {
        return json.integer(1, LARGEST_ID);
    }

    private static NodeId nodeId(Json json) {
        return new NodeId(identity(json));
    }

    private static GroupId groupId(Json json) {
        return new GroupId(identity(json));
    }

    private static Group group(Json json) {
        TreeSet<NodeId> members = new TreeSet<>();
        json.get("members").items().forEach(item -> members.add(nodeId(item)));
        Json kind = json.get("kind");
        Group.Kind known = Optional.of(kind.text())
                .flatMap(text -> java.util.Arrays.stream(Group.Kind.values())
                        .filter(value -> value.name().equals(text))
                        .findFirst())
                .orElseThrow(() -> kind.wrong("there is no kind of group " + kind.text()));
        return new Group(
                groupId(json.get("id")),
                json.get("name").text(),
                known,
                json.find("parent").map(SpliceText::groupId),
                json.get("definition").text(),
                members);
    }

    private static Placement placement(Json json, Graph graph) {
        Map<NodeId, Spot> spots = new TreeMap<>();
        for (Json item : json.get("placement").items()) {
            List<Json> parts = item.items(3, "[node, x, y]");
            NodeId node = nodeId(parts.get(0));
            Spot spot = new Spot(place(parts.get(1)), place(parts.get(2)));
            if (graph.nodes().containsKey(node)) {
                spots.put(node, spot);
            }
        }
        Set<GroupId> folded = new TreeSet<>();
        Map<GroupId, Spot> boxes = new TreeMap<>();
        for (Json item : json.get("groups").items()) {
            GroupId id = groupId(item.get("id"));
            if (item.find("folded").map(Json::flag).orElse(false)) {
                folded.add(id);
            }
            item.find("box").ifPresent(box -> boxes.put(id, spot(box)));
        }
        return new Placement(spots, folded, boxes, figure(json));
    }

    /** A colour's number is taken modulo this. */
    private static final long COLORS = 1000;

    private static final double FURTHEST = 1e7;

    private static Figure figure(Json json) {
        Map<GroupId, Integer> colors = new TreeMap<>();
        for (Json group : json.get("groups").items()) {
            group.find("color")
                    .ifPresent(color ->
                            colors.put(groupId(group.get("id")), (int) Math.floorMod(color.integer(), COLORS)));
        }
        Map<NodeId, String> labels = new TreeMap<>();
        Set<NodeId> plain = new TreeSet<>();
        Map<Long, Figure.Note> notes = new TreeMap<>();
        json.find("figure").ifPresent(figure -> {
            figure.get("labels")
                    .items()
                    .forEach(label -> labels.put(
                            nodeId(label.get("node")), label.get("text").text()));
            figure.get("plain").items().forEach(node -> plain.add(nodeId(node)));
            figure.get("notes")
                    .items()
                    .forEach(note -> notes.put(
                            identity(note.get("number")),
                            new Figure.Note(note.get("text").text(), spot(note.get("place")))));
        });
        return new Figure(labels, plain, colors, notes);
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "labels",
                figure.labels().entrySet().stream()
                        .map(label -> Map.of("node", label.getKey().number(), "text", label.getValue()))
                        .toList());
        json.put("plain", figure.plain().stream().map(NodeId::number).toList());
        json.put(
                "notes",
                figure.notes().entrySet().stream()
                        .map(note -> Map.of(
                                "number", note.getKey(),
                                "text", note.getValue().text(),
                                "place",
                                        List.of(
                                                note.getValue().place().x(),
                                                note.getValue().place().y())))
                        .toList());
        return json;
    }

    private static Spot spot(Json json) {
        List<Json> items = json.items(2, "[x, y]");
        return new Spot(place(items.get(0)), place(items.get(1)));
    }

    /** Reads a coordinate, within the limits of a picture. */
    private static double place(Json json) {
        double value = json.number();
        if (!(Math.abs(value) <= FURTHEST)) {
            throw json.wrong("expected a number from -10000000 to 10000000");
        }
        return value;
    }
}
