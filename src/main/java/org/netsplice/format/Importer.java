package org.netsplice.format;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.Comparison;
import org.netsplice.work.Progress;

/** Reads one family of files. */
public interface Importer {

    /** What the family is called, for people. */
    String description();

    /** The usual endings of such files, without the dot; what a file is, is told by its content. */
    List<String> extensions();

    /** Whether the file is of this family, by its content. */
    boolean recognises(Head head);

    /**
     * Reads the file.
     *
     * @param weights another file that holds the weights
     * @throws org.netsplice.problem.ModelException when it cannot be opened; nothing is ever half open
     */
    Opened read(Head head, Optional<Path> weights, Progress progress);

    /** A comparison of what the layers of an architecture need with what another file holds; empty when this family has no separate weights. */
    default Optional<Comparison> compare(Head head, Path weights) {
        return Optional.empty();
    }

    /** The weights in the file, layer by layer; those of a network by the names of its layers. */
    default StoredWeights weights(Head head, Progress progress) {
        Graph graph = read(head, Optional.empty(), progress).asDocument().graph();
        Report report = Report.of(graph);
        Map<WeightsId, StoredLayer> layers = new LinkedHashMap<>();
        for (Node node : report.order()) {
            Weights weights = graph.weights().get(node.weights());
            if (weights != null && !layers.containsKey(node.weights())) {
                List<WeightSpec> specs = report.weights(node.id());
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                for (int i = 0; i < weights.tensors().size(); i++) {
                    String title = i < specs.size() ? specs.get(i).title() : "weights " + (i + 1);
                    tensors.put(title, weights.tensors().get(i));
                }
                layers.put(node.weights(), new StoredLayer(node.name(), tensors));
            }
        }
        return new StoredWeights(head.file(), List.copyOf(layers.values()));
    }

    /** What the file is and holds. */
    Contents contents(Head head);

    /** The parts of the file that are not read, each with the reason. */
    default List<String> unread(Head head) {
        return List.of();
    }
}
