package org.netsplice.inside;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Remove;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NamePattern;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** The part of a document that computes what some layers give, so that nothing else is computed and kept. */
public final class Excerpt {
    private Excerpt() {}

    /**
     * The layers that names stand for, inputs left out, in the order of the names.
     *
     * @param names names of layers, groups or networks; {@code *} stands for any letters, {@code ?} for one
     * @throws ModelException.CannotPredict when a name stands for no layer
     */
    public static List<Node> layers(Graph graph, List<String> names) {
        Set<Node> layers = new LinkedHashSet<>();
        for (String name : names) {
            List<Node> meant = new NamePattern(name)
                    .nodes(graph).stream().filter(node -> !node.isInput()).toList();
            if (meant.isEmpty()) {
                throw new ModelException.CannotPredict(Problem.error(
                        Where.NOWHERE,
                        "no layer, group or network is called \"" + name + "\"",
                        "Name layers as the summary lists them; * stands for any letters."));
            }
            layers.addAll(meant);
        }
        return List.copyOf(layers);
    }

    /** The document whose outputs are all outputs of these layers, in order, without what they do not depend on. */
    public static Document of(Document document, List<NodeId> layers) {
        Report report = Report.of(document.graph());
        List<Output> outputs = new ArrayList<>();
        for (NodeId layer : layers) {
            for (int i = 0; i < Math.max(1, report.outputs(layer).size()); i++) {
                outputs.add(Output.of(new Port(layer, i)));
            }
        }
        Graph marked = document.graph().withOutputs(outputs);
        Set<NodeId> rest = new LinkedHashSet<>(marked.nodes().keySet());
        rest.removeAll(Topology.of(marked).needed());
        Document all = document.with(marked);
        return rest.isEmpty() ? all : new Remove(rest).apply(all);
    }
}
