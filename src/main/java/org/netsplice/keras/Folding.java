package org.netsplice.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.keras.Folded.Call;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.keras.Folded.Place;
import org.netsplice.keras.ModelConfig.Reference;
import org.netsplice.layers.NestedInput;

/** Makes a {@link Folded} model of the nodes that the outputs of a graph depend on. All calls of one layer, or of one nested model, become one entry. */
final class Folding {
    private final Graph graph;
    private final Report report;
    private final Nesting nesting;
    private final Set<NodeId> needed;
    private final LayerNames names;
    /** For each level the needed nodes that are at or below it, each after those it reads. */
    private final Map<Optional<GroupId>, List<Node>> below = new HashMap<>();
    /** The ports of each folded group that nodes outside of it, or outputs of the graph, read. */
    private final Map<GroupId, Set<Port>> left = new HashMap<>();
    /** The outputs that the file of each folded group names and that are still there. */
    private final Map<GroupId, List<Port>> said = new HashMap<>();
    /** The calls of each nested model, which stand at one level and have one signature. */
    private final Map<List<Object>, List<GroupId>> calls = new HashMap<>();
    /** The outputs of each nested model as places of its nodes and numbers of their outputs. */
    private final Map<List<Object>, Map<Integer, Set<Integer>>> read = new HashMap<>();

    private final Map<List<Object>, Optional<FileLayer>> files = new HashMap<>();

    private Folding(Graph graph, Nesting nesting, LayerNames names) {
        this.graph = graph;
        this.names = names;
        this.report = Report.of(graph);
        this.nesting = nesting;
        this.needed = new HashSet<>(Topology.of(graph).needed());
        needed.addAll(graph.inputs());
        addSaid();
        addEntries();
        sort();
    }

    private void sort() {
        for (Node node : report.order()) {
            if (needed.contains(node.id())) {
                List<GroupId> around = nesting.groups(node.id());
                node.inputs().forEach(port -> leave(resolved(port), around));
                if (!(node.layer() instanceof NestedInput) || entry(node.id())) {
                    around.forEach(group -> put(Optional.of(group), node));
                    put(Optional.empty(), node);
                }
            }
        }
        graph.outputs().forEach(output -> leave(resolved(output.port()), List.of()));
        nesting.folded()
                .forEach(group -> calls.computeIfAbsent(model(group), any -> new ArrayList<>())
                        .add(group));
    }

    private void put(Optional<GroupId> level, Node node) {
        below.computeIfAbsent(level, any -> new ArrayList<>()).add(node);
    }

    /** Notes that a port is read in these groups: it leaves every other folded group around it. */
    private void leave(Port port, List<GroupId> reader) {
        for (GroupId group : nesting.groups(port.node())) {
            if (!reader.contains(group)) {
                left.computeIfAbsent(group, any -> new HashSet<>()).add(port);
            }
        }
    }

    /** What is the same for all calls of one nested model. */
    private List<Object> model(GroupId call) {
        return List.of(nesting.parent(call), nesting.signature(call));
    }

    /** What its file says of a nested model: the same for all its calls. */
    private Optional<FileLayer> file(GroupId call) {
        return files.computeIfAbsent(
                model(call),
                model -> nesting.folded().stream()
                        .sorted(Comparator.comparing(GroupId::number))
                        .filter(group -> model(group).equals(model))
                        .flatMap(group -> names.file(group).stream())
                        .findFirst());
    }

    /** Adds the outputs that files of nested models name, also those that nothing reads: other programs may ask for them. */
    private void addSaid() {
        for (GroupId group : nesting.folded()) {
            List<Port> outputs = new ArrayList<>();
            for (Reference output : file(group).map(FileLayer::outputs).orElse(List.of())) {
                List<Node> calls = graph.groups().get(group).members().stream()
                        .map(graph::node)
                        .filter(node -> !(node.layer() instanceof NestedInput) && names.is(node, output.layer()))
                        .toList();
                if (output.call() < calls.size()
                        && output.tensor() < calls.get(output.call()).layer().outputCount()) {
                    outputs.add(new Port(calls.get(output.call()).id(), output.tensor()));
                }
            }
            outputs.forEach(port -> require(port.node(), new ArrayDeque<>()));
            said.put(group, outputs);
        }
    }

    /** Adds the inputs of nested models that no output depends on, because a model is called with all its inputs. */
    private void addEntries() {
        Deque<NodeId> waiting = new ArrayDeque<>(needed);
        Set<GroupId> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            Optional<GroupId> around = nesting.around(waiting.pop());
            for (; around.isPresent() && seen.add(around.get()); around = nesting.parent(around.get())) {
                entering(around).forEach(entry -> require(entry.id(), waiting));
            }
        }
    }

    private void require(NodeId start, Deque<NodeId> found) {
        Deque<NodeId> walk = new ArrayDeque<>(List.of(start));
        while (!walk.isEmpty()) {
            NodeId node = walk.pop();
            if (needed.add(node)) {
                found.add(node);
                graph.node(node).inputs().forEach(port -> walk.push(port.node()));
            }
        }
    }

    /** Thrown when the units of a level read each other in a circle although their nodes do not, so that the group cannot be folded. */
    private static final class Tangled extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient GroupId group;

        Tangled(GroupId group) {
            super("", null, false, false);
            this.group = group;
        }
    }

    /** Folds a graph into a model of this name. */
    static Folded fold(Graph graph, String name, LayerNames names) {
        Nesting nesting = Nesting.of(graph);
        while (true) {
            try {
                Folding folding = new Folding(graph, nesting, names);
                return folding.model(name, Optional.empty(), List.of());
            } catch (Tangled tangled) {
                nesting.open(tangled.group);
            }
        }
    }

    private Folded model(String name, Optional<GroupId> level, List<Port> wanted) {
        List<Unit> units = ordered(level);
        Map<Object, Entry> entries = new LinkedHashMap<>();
        Map<Port, Place> places = new HashMap<>();
        Map<Object, Unit> first = new LinkedHashMap<>();
        units.forEach(unit -> first.putIfAbsent(key(unit), unit));
        Map<Object, String> called = names.of(first);
        for (Unit unit : units) {
            Object key = key(unit);
            Entry entry = entries.get(key);
            if (entry == null) {
                entry = entry(unit, called.get(key));
                entries.put(key, entry);
            }
            Node node = unit.node().orElse(entry.first());
            boolean input = unit.node().filter(one -> entersAt(one, level)).isPresent();
            if (!input) {
                List<Place> read = new ArrayList<>();
                for (Port port : sources(unit)) {
                    read.add(places.get(resolved(port)));
                }
                entry.calls().add(new Call(node, read));
            }
            int call = input ? 0 : entry.calls().size() - 1;
            List<Port> ports = outputs(unit);
            for (int i = 0; i < ports.size(); i++) {
                places.put(
                        ports.get(i),
                        new Place(entry, call, i, report.spec(ports.get(i)).orElseThrow()));
            }
        }
        List<Place> outputs = (level.isEmpty()
                        ? graph.outputs().stream().map(Output::port).toList()
                        : wanted)
                .stream().map(port -> places.get(resolved(port))).toList();
        List<Place> inputs = entering(level).stream()
                .map(node -> places.get(Port.of(node.id())))
                .toList();
        Optional<FileLayer> file = level.or(names::network).flatMap(names::file);
        boolean sequential = level.map(id -> graph.groups().get(id).kind() == Group.Kind.NESTED_SEQUENTIAL)
                        .orElse(file.filter(one -> one.className().equals("Sequential"))
                                .isPresent())
                && chained(entries, inputs, outputs);
        return new Folded(name, sequential, KerasOrder.of(entries.values(), inputs, outputs), inputs, outputs, file);
    }

    /** The key that all calls of one layer, or of one nested model, share. */
    private Object key(Unit unit) {
        return unit.group()
                .<Object>map(nesting::signature)
                .orElseGet(() -> unit.node().orElseThrow().weights());
    }

    private Entry entry(Unit unit, String name) {
        if (unit.node().isPresent()) {
            Node node = unit.node().get();
            return new Entry(
                    name,
                    node,
                    Optional.empty(),
                    names.file(node.weights()),
                    report.outputs(node.id()).get(0));
        }
        GroupId id = unit.group().orElseThrow();
        Folded nested = model(name, Optional.of(id), outputs(unit));
        Node any = graph.nodesIn(id).get(0);
        return new Entry(
                name,
                any,
                Optional.of(nested),
                file(id),
                report.outputs(any.id()).get(0));
    }

    /** Whether every layer but the input is called once and reads the one before. */
    private static boolean chained(Map<Object, Entry> entries, List<Place> inputs, List<Place> outputs) {
        Entry before = null;
        for (Entry entry : entries.values()) {
            if (before != null) {
                boolean next = entry.calls().size() == 1
                        && entry.calls().get(0).inputs().size() == 1
                        && entry.calls().get(0).inputs().get(0).layer() == before;
                if (!next) {
                    return false;
                }
            }
            before = entry;
        }
        return inputs.size() == 1 && outputs.size() == 1 && outputs.get(0).layer() == before;
    }

    private boolean entersAt(Node node, Optional<GroupId> level) {
        return level.isEmpty() ? node.isInput() : isEntry(node, level.get());
    }

    /** The input nodes of a level, in the order of arguments: that of its file, as long as it has the same inputs. */
    private List<Node> entering(Optional<GroupId> level) {
        if (level.isEmpty()) {
            return graph.inputs().stream().map(graph::node).toList();
        }
        List<Node> entries = graph.nodesIn(level.get()).stream()
                .filter(node -> isEntry(node, level.get()))
                .toList();
        return names.inOrder(entries, file(level.get()));
    }

    private boolean isEntry(Node node, GroupId group) {
        return node.layer() instanceof NestedInput
                && graph.groups().get(group).members().contains(node.id());
    }

    /** The ports that a unit reads, in order. */
    private List<Port> sources(Unit unit) {
        return unit.node().isPresent()
                ? unit.node().get().inputs()
                : entering(unit.group()).stream()
                        .map(node -> node.inputs().get(0))
                        .toList();
    }

    /** The source of a port: steps over the inputs of nested models that are not folded. */
    private Port resolved(Port port) {
        Port present = port;
        while (graph.node(present.node()).layer() instanceof NestedInput && !entry(present.node())) {
            present = graph.node(present.node()).inputs().get(0);
        }
        return present;
    }

    private boolean entry(NodeId node) {
        return nesting.around(node)
                .filter(group -> graph.groups().get(group).members().contains(node))
                .isPresent();
    }

    /** The ports of a unit that others may read, which are the same for every call of a nested model. */
    private List<Port> outputs(Unit unit) {
        if (unit.node().isPresent()) {
            Node node = unit.node().get();
            List<Port> ports = new ArrayList<>();
            for (int i = 0; i < node.layer().outputCount(); i++) {
                ports.add(new Port(node.id(), i));
            }
            return ports;
        }
        GroupId id = unit.group().orElseThrow();
        List<Node> inside = graph.nodesIn(id);
        Set<Port> ports = new LinkedHashSet<>(said.getOrDefault(id, List.of()));
        read.computeIfAbsent(model(id), this::readOf)
                .forEach((node, indices) -> indices.forEach(
                        index -> ports.add(new Port(inside.get(node).id(), index))));
        return List.copyOf(ports);
    }

    private Map<Integer, Set<Integer>> readOf(List<Object> model) {
        Map<Integer, Set<Integer>> found = new TreeMap<>();
        for (GroupId call : calls.get(model)) {
            Map<NodeId, Integer> places = new HashMap<>();
            graph.nodesIn(call).forEach(node -> places.put(node.id(), places.size()));
            left.getOrDefault(call, Set.of())
                    .forEach(port -> found.computeIfAbsent(places.get(port.node()), any -> new TreeSet<>())
                            .add(port.index()));
        }
        return found;
    }

    /** The units of a level, each after those it reads. */
    private List<Unit> ordered(Optional<GroupId> level) {
        Map<NodeId, Unit> unitOf = new HashMap<>();
        Set<Unit> all = new LinkedHashSet<>();
        for (Node node : below.getOrDefault(level, List.of())) {
            Optional<Unit> unit = Unit.of(node, level, nesting);
            unit.ifPresent(one -> {
                unitOf.put(node.id(), one);
                all.add(one);
            });
        }
        List<Unit> ordered = new ArrayList<>();
        Set<Unit> done = new HashSet<>();
        Set<Unit> open = new HashSet<>();
        Deque<Unit> stack = new ArrayDeque<>();
        for (Unit start : all) {
            stack.push(start);
            while (!stack.isEmpty()) {
                Unit unit = stack.peek();
                if (done.contains(unit)) {
                    stack.pop();
                    continue;
                }
                List<Unit> waiting = enters(unit, level)
                        ? List.of()
                        : sources(unit).stream()
                                .map(port -> unitOf.get(resolved(port).node()))
                                .filter(source -> !done.contains(source))
                                .toList();
                if (waiting.isEmpty()) {
                    done.add(unit);
                    ordered.add(unit);
                    stack.pop();
                } else if (!open.add(unit)) {
                    throw new Tangled(tangled(unit, waiting));
                } else {
                    waiting.forEach(stack::push);
                }
            }
        }
        return ordered;
    }

    private static GroupId tangled(Unit unit, List<Unit> waiting) {
        return unit.group()
                .or(() -> waiting.stream().flatMap(one -> one.group().stream()).findFirst())
                .orElseThrow(() -> new IllegalStateException("the graph has a cycle"));
    }

    private boolean enters(Unit unit, Optional<GroupId> level) {
        return unit.node().filter(node -> entersAt(node, level)).isPresent();
    }
}
