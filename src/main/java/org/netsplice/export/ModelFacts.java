package org.netsplice.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;

/** What the file of a model says that its graph does not show, as far as it is still true. */
final class ModelFacts {
    private final Kept kept;
    private final Optional<GroupId> network;

    ModelFacts(Document document) {
        kept = document.kept();
        Graph graph = document.graph();
        List<Group> networks = graph.groups().values().stream()
                .filter(group -> group.kind() == Group.Kind.NETWORK)
                .toList();
        boolean alone = networks.size() == 1
                && graph.nodesIn(networks.get(0).id()).size() == graph.nodes().size();
        network = alone ? Optional.of(networks.get(0).id()) : Optional.empty();
    }

    /** Whether the document is nothing but one network. */
    boolean alone() {
        return network.isPresent();
    }

    /** Whether the document is nothing but one network that was opened as a Sequential. */
    boolean sequential() {
        return network.map(kept.models()::get)
                .flatMap(text -> value(text, "class_name"))
                .filter(name -> name.isText() && name.text().equals("Sequential"))
                .isPresent();
    }

    /** What the file calls a layer, where names of nested models are their own. */
    String name(Node node) {
        return said(node)
                .flatMap(text -> value(text, "config"))
                .flatMap(config -> config.find("name"))
                .filter(Json::isText)
                .map(Json::text)
                .orElse(node.name());
    }

    /** What the file calls a nested model. */
    String name(Group group) {
        return Optional.ofNullable(kept.models().get(group.id()))
                .flatMap(text -> value(text, "config"))
                .flatMap(config -> config.find("name"))
                .filter(Json::isText)
                .map(Json::text)
                .orElse(group.name());
    }

    /** Whether a node is an operation and no layer, so that Keras lists it in the outermost model only. */
    boolean operation(Node node) {
        return said(node)
                .flatMap(text -> value(text, "module"))
                .filter(module -> module.isText() && module.text().startsWith("keras.src.ops"))
                .isPresent();
    }

    private Optional<String> said(Node node) {
        return Optional.ofNullable(kept.layers().get(node.weights()))
                .filter(said -> said.name().equals(node.name()))
                .map(Kept.Said::text);
    }

    /** The numbers of the optimizer the network was trained with; none when they are not known, or other networks are there. */
    List<Tensor> optimizer() {
        return network.map(kept.trainings()::get).map(Kept.Training::state).orElse(List.of());
    }

    private static Optional<Json> value(String text, String key) {
        try {
            return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), "", "")
                    .find(key);
        } catch (ModelException changed) {
            return Optional.empty();
        }
    }
}
