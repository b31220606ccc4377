package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.edit.step.Remove;
import org.netsplice.edit.step.RenameDocument;
import org.netsplice.format.StoredWeights;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.graph.Weights;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/**
 * Joins networks by one layer and appends others: the edits a user would make by hand.
 *
 * @param networks the networks in the order of their inputs
 * @param shared whether they read one input
 * @param outputs names of outputs; a network that has one of them is joined by these only, others by all of theirs
 * @param merge the layer that joins their outputs
 * @param head layers appended after it, in order, with the names wished for
 * @param headWeights weights of a file, from which the untrained layers of the head take theirs
 * @param name the name of the merged model
 * @param seed new weights are drawn from it
 */
public record MergePlan(
        List<OpenNetwork> networks,
        boolean shared,
        Set<String> outputs,
        ComputedLayer merge,
        List<LayerNotation.Named> head,
        Optional<StoredWeights> headWeights,
        String name,
        long seed) {

    /** Carries the plan out; throws {@link ModelException.EditRefused} when an edit is refused. */
    public Document carryOut() {
        Document document = new RenameDocument(name).apply(Document.EMPTY.withSeed(seed));
        for (OpenNetwork network : networks) {
            document = network.apply(document);
        }
        if (shared) {
            document = share(document);
        }
        if (!outputs.isEmpty()) {
            document = chosen(document);
        }
        List<Port> ports = document.graph().outputs().stream().map(Output::port).toList();
        Port last = Port.of(AddLayer.added(document));
        document = new AddLayer(merge, "", ports, Optional.empty()).apply(document);
        for (LayerNotation.Named layer : head) {
            Port next = Port.of(AddLayer.added(document));
            document = new AddLayer(layer.layer(), layer.name(), List.of(last), Optional.empty()).apply(document);
            last = next;
        }
        return headWeights.isPresent() ? withWeights(document, headWeights.get()) : document;
    }

    /** Only the outputs to join are outputs; layers and inputs that none of them depends on are left out. */
    private Document chosen(Document document) {
        Document present = document;
        int at = 0;
        for (OpenNetwork network : networks) {
            Graph own = network.network();
            List<Output> all =
                    document.graph().outputs().subList(at, at + own.outputs().size());
            boolean named = own.outputs().stream().anyMatch(output -> outputs.contains(own.outputName(output)));
            for (int i = 0; i < all.size(); i++) {
                if (named && !outputs.contains(own.outputName(own.outputs().get(i)))) {
                    present = new MarkOutput(all.get(i).port(), false).apply(present);
                }
            }
            at += all.size();
        }
        Set<NodeId> unneeded =
                Topology.of(present.graph()).unneeded().stream().map(Node::id).collect(Collectors.toSet());
        return unneeded.isEmpty() ? present : new Remove(unneeded).apply(present);
    }

    /** The first inputs of all networks become one, then the second, and so on. */
    private Document share(Document document) {
        Document present = document;
        List<List<NodeId>> inputs = new ArrayList<>();
        int at = 0;
        for (OpenNetwork network : networks) {
            int count = network.network().inputs().size();
            inputs.add(document.graph().inputs().subList(at, at + count));
            at += count;
        }
        int first = inputs.get(0).size();
        if (inputs.stream().anyMatch(own -> own.size() != first)) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE,
                    "the networks have different numbers of inputs, so they cannot share them",
                    "Keep separate inputs.");
        }
        for (int i = 0; i < first; i++) {
            int index = i;
            present = new ShareImages(inputs.stream().map(own -> own.get(index)).toList()).apply(present);
        }
        return present;
    }

    private static Document withWeights(Document document, StoredWeights stored) {
        Document present = document;
        for (Node node : document.graph().inOrder()) {
            Report report = Report.of(present.graph());
            if (report.untrained(node.id())) {
                Weights weights = stored.choose(node.name(), report.weights(node.id()));
                present = new LoadWeights(node.id(), weights).apply(present);
            }
        }
        return present;
    }
}
