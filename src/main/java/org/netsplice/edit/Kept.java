package org.netsplice.edit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightsId;

/**
 * What model files say beyond the graph, in their own words, so that a model can be written as it was read. It changes nothing that is
 * computed or drawn. Edits do not touch it; a writer uses the parts that still agree with the graph. Only the state of an optimizer is
 * dropped when weights change.
 *
 * @param layers what the file said of each layer
 * @param models what it said of whole networks, and of nested models by the group of a call
 * @param trainings how whole networks were trained
 */
public record Kept(Map<WeightsId, Said> layers, Map<GroupId, String> models, Map<GroupId, Training> trainings) {
    /** Nothing kept. */
    public static final Kept NOTHING = new Kept(Map.of(), Map.of(), Map.of());

    /** The number of the whole network in what a file is opened as; in a document it is the number of the network's group. */
    public static final GroupId NETWORK = new GroupId(0);

    public Kept {
        layers = Map.copyOf(layers);
        models = Map.copyOf(models);
        trainings = Map.copyOf(trainings);
    }

    /**
     * The words for one layer.
     *
     * @param name what the layer was called in the document when it was opened
     * @param text JSON
     */
    public record Said(String name, String text) {}

    /**
     * Loss, metrics and optimizer.
     *
     * @param config JSON, in the format of the file
     * @param outputs the names of the outputs they were given for
     * @param layers the layers that were trained, in the order of the file
     * @param state the numbers of the optimizer in its order; empty when there are none
     * @param missing why the optimizer's state was dropped; empty when the file had none or it is here
     */
    public record Training(
            String config, List<String> outputs, List<WeightsId> layers, List<Tensor> state, String missing) {
        public Training {
            outputs = List.copyOf(outputs);
            layers = List.copyOf(layers);
            state = List.copyOf(state);
        }

        /** The same without the numbers, for a reason. */
        Training without(String reason) {
            return new Training(config, outputs, layers, List.of(), reason);
        }
    }

    /** The same after a change of the graph: an optimizer loses its state when weights it trained have changed. */
    Kept following(Graph before, Graph after) {
        boolean some = trainings.values().stream().anyMatch(one -> !one.state().isEmpty());
        if (!some || before.weights() == after.weights()) {
            return this;
        }
        Set<WeightsId> other = after.reweighed(before);
        Map<GroupId, Training> next = new HashMap<>(trainings);
        next.replaceAll((network, training) ->
                training.state().isEmpty() || training.layers().stream().noneMatch(other::contains)
                        ? training
                        : training.without("layers have other weights than it was trained with"));
        return next.equals(trainings) ? this : new Kept(layers, models, next);
    }

    /** This and what came with a network whose numbers are shifted by {@code shift}. */
    public Kept with(Kept network, long shift) {
        if (network.equals(NOTHING)) {
            return this;
        }
        Map<WeightsId, Said> allLayers = new HashMap<>(layers);
        network.layers.forEach((id, said) -> allLayers.put(new WeightsId(id.number() + shift), said));
        Map<GroupId, String> allModels = new HashMap<>(models);
        network.models.forEach((id, text) -> allModels.put(new GroupId(id.number() + shift), text));
        Map<GroupId, Training> allTrainings = new HashMap<>(trainings);
        network.trainings.forEach((id, one) -> {
            List<WeightsId> trained = one.layers().stream()
                    .map(layer -> new WeightsId(layer.number() + shift))
                    .toList();
            allTrainings.put(
                    new GroupId(id.number() + shift),
                    new Training(one.config(), one.outputs(), trained, one.state(), one.missing()));
        });
        return new Kept(allLayers, allModels, allTrainings);
    }

    /** The same for a document that is opened as one network; training is kept only when the network is {@code alone} in the document. */
    public Kept asNetwork(Optional<GroupId> alone) {
        Map<GroupId, String> allModels = new HashMap<>(models);
        Map<GroupId, Training> how = new HashMap<>();
        alone.ifPresent(id -> {
            Optional.ofNullable(allModels.remove(id)).ifPresent(text -> allModels.put(NETWORK, text));
            Optional.ofNullable(trainings.get(id)).ifPresent(training -> how.put(NETWORK, training));
        });
        return new Kept(layers, allModels, how);
    }

    /** The part about layers and groups of a graph, in the order of their numbers. */
    public Kept in(Graph graph) {
        Set<WeightsId> present = new HashSet<>();
        graph.nodes().values().forEach(node -> present.add(node.weights()));
        Map<WeightsId, Said> ownLayers = new TreeMap<>(layers);
        ownLayers.keySet().retainAll(present);
        Map<GroupId, String> ownModels = new TreeMap<>(models);
        ownModels.keySet().retainAll(graph.groups().keySet());
        Map<GroupId, Training> ownTrainings = new TreeMap<>(trainings);
        ownTrainings.keySet().retainAll(graph.groups().keySet());
        return new Kept(ownLayers, ownModels, ownTrainings);
    }
}
