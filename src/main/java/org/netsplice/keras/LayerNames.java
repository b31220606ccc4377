package org.netsplice.keras;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ComputedLayer;

/**
 * The names of layers and models in a file to be written. A layer that nobody has renamed keeps the name it has in its own file, where
 * layers of different nested models may have equal names; a renamed one has its name in the document.
 */
final class LayerNames {
    private static final String JOINS_MASKS = "concatenate";
    private final Graph graph;
    private final Kept kept;
    private final Optional<GroupId> network;
    private final Map<WeightsId, Optional<FileLayer>> layers = new HashMap<>();
    private final Map<GroupId, Optional<FileLayer>> models = new HashMap<>();
    private final Map<String, String> changed = new LinkedHashMap<>();
    private final boolean masks;

    LayerNames(Document document) {
        this.graph = document.graph();
        this.kept = document.kept();
        List<GroupId> networks = graph.groups().values().stream()
                .filter(group -> group.kind() == Group.Kind.NETWORK)
                .map(Group::id)
                .toList();
        this.masks = graph.nodes().values().stream().anyMatch(LayerNames::makesMask);
        this.network = networks.size() == 1 ? Optional.of(networks.get(0)) : Optional.empty();
    }

    /** Whether a layer makes masks. */
    boolean masks() {
        return masks;
    }

    private static boolean makesMask(Node node) {
        return node.layer() instanceof ComputedLayer layer
                && layer.masks().gives(Collections.nCopies(node.inputs().size(), false));
    }

    /** The opened network that is the document; empty when there are several, or none. */
    Optional<GroupId> network() {
        return network;
    }

    /** What the file of a layer says of it. */
    Optional<FileLayer> file(WeightsId layer) {
        return layers.computeIfAbsent(
                layer,
                id -> Optional.ofNullable(kept.layers().get(id))
                        .map(Kept.Said::text)
                        .flatMap(FileLayer::of));
    }

    /** What the file of a network or nested model says of it. */
    Optional<FileLayer> file(GroupId model) {
        return models.computeIfAbsent(
                model, id -> Optional.ofNullable(kept.models().get(id)).flatMap(FileLayer::of));
    }

    /** Names of the document that cannot be written, with the names written instead. */
    Map<String, String> changed() {
        return changed;
    }

    /** The name of the whole model. */
    String model(String name) {
        Optional<FileLayer> file = network.flatMap(this::file);
        boolean own = file.filter(one -> one.config().isObject()
                        && one.config()
                                .find("name")
                                .filter(text -> text.isText() && text.text().equals(name))
                                .isPresent())
                .isPresent();
        return noted(name, own ? ScopeNames.without(name) : ScopeNames.model(name));
    }

    /** The names of the layers of one model, each of which is given by its first call. */
    Map<Object, String> of(Map<Object, Unit> first) {
        Map<Object, String> wanted = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        first.forEach((key, unit) -> {
            String name = unit.node().map(this::inFile).orElseGet(() -> own(unit));
            wanted.put(key, name);
            counts.merge(name, 1, Integer::sum);
        });
        Map<Object, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        wanted.forEach((key, name) -> {
            Unit unit = first.get(key);
            String present = counts.get(name) > 1 ? own(unit) : name;
            boolean kept =
                    network.isPresent() && unit.node().map(this::unchanged).orElse(true);
            String possible = kept ? ScopeNames.without(present) : ScopeNames.layer(present);
            names.put(key, free(noted(present, besideMasks(unit, possible)), taken));
        });
        return names;
    }

    /**
     * A name other than {@code concatenate}: Keras 3 gives that name to the operation that joins masks, and then refuses the second layer
     * of this name. Files that Keras 3 wrote name that operation themselves.
     */
    private String besideMasks(Unit unit, String name) {
        boolean written = unit.node()
                .flatMap(node -> file(node.weights()))
                .flatMap(file -> file.value("inbound_nodes"))
                .isPresent();
        return masks && !written && name.equals(JOINS_MASKS) ? name + "_layers" : name;
    }

    private String own(Unit unit) {
        return unit.node()
                .map(Node::name)
                .orElseGet(() -> graph.groups().get(unit.group().orElseThrow()).definition());
    }

    private String inFile(Node node) {
        return unchanged(node) ? file(node.weights()).map(FileLayer::name).orElse(node.name()) : node.name();
    }

    /** Whether a layer has this name in its file. */
    boolean is(Node node, String name) {
        return file(node.weights()).filter(one -> one.name().equals(name)).isPresent();
    }

    /** The inputs of a model in the order its file has, as long as they are those of the file. */
    List<Node> inOrder(List<Node> inputs, Optional<FileLayer> model) {
        if (inputs.size() < 2) {
            return inputs;
        }
        List<Node> named = model.map(FileLayer::inputs).orElse(List.of()).stream()
                .flatMap(input -> inputs.stream().filter(node -> is(node, input.layer())))
                .toList();
        return named.size() == inputs.size() && Set.copyOf(named).equals(Set.copyOf(inputs)) ? named : inputs;
    }

    /** Whether nobody has renamed a layer since it was opened. */
    private boolean unchanged(Node node) {
        Kept.Said said = kept.layers().get(node.weights());
        return said != null && said.name().equals(node.name());
    }

    private String noted(String name, String written) {
        if (!name.equals(written)) {
            changed.put(name, written);
        }
        return written;
    }

    private static String free(String name, Set<String> names) {
        String candidate = name;
        for (int number = 2; !names.add(candidate); number++) {
            candidate = name + "_" + number;
        }
        return candidate;
    }
}
