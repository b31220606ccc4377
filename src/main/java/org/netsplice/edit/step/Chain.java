package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.problem.ModelException;

/**
 * Feeds an output of one network into an input of another: what read the input reads the output, and the input disappears. The output is
 * none of the document any more; other outputs stay.
 *
 * @param from the output, of the shape and type of the input
 * @param input an {@link InputLayer} that {@code from} does not depend on
 */
public record Chain(Port from, NodeId input) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Graphs.requirePort(graph, from);
        Node gone = Graphs.node(graph, input);
        obstacle(Report.of(graph), from, input).ifPresent(refusal -> {
            throw refusal;
        });
        Graphs.requireNoCycle(graph, from, gone);
        Port old = Port.of(input);
        List<Node> readers = new ArrayList<>();
        graph.readers(input).forEach(reader -> readers.add(reader.rewired(old, from)));
        return Graphs.without(
                document.with(graph.withNodes(readers).withOutputs(outputs(graph, old, !readers.isEmpty()))),
                Set.of(input));
    }

    /** The outputs after chaining: one that was the input itself becomes {@code from}; otherwise {@code from} stays one only while unread. */
    private List<Output> outputs(Graph graph, Port old, boolean read) {
        List<Output> outputs = new ArrayList<>();
        boolean passed =
                graph.outputs().stream().anyMatch(output -> output.port().equals(old));
        Set<Port> marked = new HashSet<>();
        for (Output output : graph.outputs()) {
            Output present = output.port().equals(old) ? new Output(from, output.name()) : output;
            boolean stays = passed || !read || !present.port().equals(from);
            if (stays && marked.add(present.port())) {
                outputs.add(present);
            }
        }
        return outputs.isEmpty() ? graph.outputs() : outputs;
    }

    /** Why an output cannot be fed into an input, whatever depends on what; empty when it can, or its shape is not known. */
    public static Optional<ModelException.EditRefused> obstacle(Report report, Port from, NodeId input) {
        Node node = Graphs.node(report.graph(), input);
        if (!(node.layer() instanceof InputLayer wanted)) {
            return Optional.of(new ModelException.EditRefused(
                    Graphs.at(node), "is not an input", "Choose the input of a network."));
        }
        Optional<TensorSpec> given = report.spec(from);
        if (given.isEmpty() || input.equals(from.node())) {
            return Optional.empty();
        }
        String gives = ", but " + name(report.graph(), from) + " gives ";
        Shape shape = given.get().shape();
        if (!withoutBatch(wanted.batchShape()).accepts(withoutBatch(shape))) {
            return Optional.of(new ModelException.EditRefused(
                    Graphs.at(node),
                    "needs " + wanted.batchShape() + gives + shape,
                    "Put a layer between them that changes the shape, such as Dense, Reshape or a pooling layer."));
        }
        if (!given.get().dtype().equals(wanted.dtype())) {
            return Optional.of(new ModelException.EditRefused(
                    Graphs.at(node),
                    "needs " + wanted.dtype().text() + gives
                            + given.get().dtype().text(),
                    "Put ops.Cast between them."));
        }
        return Optional.empty();
    }

    private static Shape withoutBatch(Shape shape) {
        return shape.rank() == 0 ? shape : shape.withBatch(Shape.UNKNOWN);
    }

    private static String name(Graph graph, Port port) {
        return graph.outputName(Output.of(port));
    }

    @Override
    public String title() {
        return "chain";
    }
}
