package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;

/** Makes a port an output of the document, the last one, or no longer one. */
public record MarkOutput(Port port, boolean marked) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Graphs.requirePort(graph, port);
        List<Output> outputs = new ArrayList<>(graph.outputs());
        boolean present = outputs.stream().anyMatch(output -> output.port().equals(port));
        if (marked && !present) {
            outputs.add(Output.of(port));
        } else if (!marked) {
            outputs.removeIf(output -> output.port().equals(port));
        }
        return document.with(graph.withOutputs(outputs));
    }

    @Override
    public String title() {
        return marked ? "mark output" : "unmark output";
    }
}
