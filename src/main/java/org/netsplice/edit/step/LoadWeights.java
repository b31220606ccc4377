package org.netsplice.edit.step;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;

/** Gives a layer trained weights, in all its calls; their shapes must be the ones it needs. */
public record LoadWeights(NodeId node, Weights weights) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node present = Graphs.node(graph, node);
        List<WeightSpec> specs = Report.of(graph).weights(node);
        if (specs.isEmpty() || !weights.fit(specs)) {
            String needed = String.join(
                    ", ",
                    specs.stream()
                            .map(spec -> spec.title() + " " + spec.shape())
                            .toList());
            throw new ModelException.EditRefused(
                    Graphs.at(present),
                    "needs " + (needed.isEmpty() ? "no weights" : needed) + ", received "
                            + (weights.tensors().isEmpty() ? "none" : weights.shapes()),
                    "Choose weights of a layer with the same settings and inputs.");
        }
        Map<WeightsId, Weights> all = new TreeMap<>(graph.weights());
        all.put(present.weights(), weights);
        return document.with(graph.withWeights(all));
    }

    @Override
    public String title() {
        return "load weights";
    }
}
