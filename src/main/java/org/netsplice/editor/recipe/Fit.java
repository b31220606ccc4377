package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Chain;
import org.netsplice.edit.step.Connect;
import org.netsplice.edit.step.Reconnect;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.problem.ModelException;

/** Says before a wire or a layer is dropped whether it fits, what would come out, and else why not. */
public final class Fit {
    private final Report report;
    private final Topology topology;
    private final Map<NodeId, Set<NodeId>> before = new HashMap<>();

    public Fit(Report report) {
        this.report = report;
        this.topology = Topology.of(report.graph());
    }

    /**
     * An answer.
     *
     * @param fits whether shapes fit
     * @param text the outcome's shape, or the reason, in words
     */
    public record Answer(boolean fits, String text) {}

    /** A wire from a port to a node. */
    public Answer wire(Port from, NodeId to) {
        Node node = report.graph().node(to);
        if (before.computeIfAbsent(from.node(), topology::upstream).contains(to)) {
            return new Answer(false, "the network would feed itself");
        }
        if (node.isInput()) {
            return Chain.obstacle(report, from, to)
                    .map(refusal -> new Answer(
                            false,
                            refusal.problem().line() + ". " + refusal.problem().remedy()))
                    .orElse(new Answer(true, "feeds what reads " + node.name() + ", which goes away"));
        }
        List<Port> ports = new ArrayList<>(node.inputs());
        if (ports.size() >= node.layer().arity().most()) {
            ports.remove(ports.size() - 1);
        }
        ports.add(from);
        return layer(node.layer(), ports);
    }

    /** The edit that draws a wire: an input dissolves, and a layer that is full lets go of its last input. */
    public Edit wireEdit(Port from, NodeId to) {
        Node node = report.graph().node(to);
        if (node.isInput()) {
            return new Chain(from, to);
        }
        int inputs = node.inputs().size();
        boolean full = inputs >= node.layer().arity().most();
        return full && inputs > 0 ? new Reconnect(to, inputs - 1, from) : new Connect(from, to);
    }

    /** The layer that a wire dropped on a box means: the box's own, or the only input inside a folded group. */
    public Optional<NodeId> target(Scene.Box box) {
        if (box.folded().isEmpty()) {
            return Optional.of(box.id());
        }
        List<NodeId> inputs =
                report.graph().inputs().stream().filter(box.inside()::contains).toList();
        return inputs.size() == 1 ? Optional.of(inputs.get(0)) : Optional.empty();
    }

    /** Whether a new layer fits after ports, and what would come out. */
    public Answer layer(Layer layer, List<Port> ports) {
        List<TensorSpec> specs = new ArrayList<>();
        for (Port port : ports) {
            Optional<TensorSpec> spec = report.spec(port);
            if (spec.isEmpty()) {
                return new Answer(true, "the shape is not known yet");
            }
            specs.add(spec.get());
        }
        if (!layer.arity().allows(ports.size())) {
            boolean more = ports.size() < layer.arity().least();
            return new Answer(
                    more, layer.className() + " takes " + layer.arity().text());
        }
        try {
            return new Answer(
                    true,
                    layer.className() + " → " + layer.outputs(specs).get(0).shape());
        } catch (Layer.Misfit misfit) {
            String remedy = misfit.remedy().isEmpty() ? "" : ". " + misfit.remedy();
            return new Answer(false, layer.className() + " " + misfit.getMessage() + remedy);
        } catch (ModelException | IllegalArgumentException problem) {
            return new Answer(false, layer.className() + " does not fit: " + problem.getMessage());
        }
    }
}
