package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Gives an output the name its predictions carry; an empty name means the layer's own. */
public record RenameOutput(Port port, String name) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        if (!name.isEmpty()) {
            Rename.requireName(Where.NOWHERE, name);
        }
        List<Output> outputs = new ArrayList<>(graph.outputs());
        boolean found = outputs.stream().anyMatch(output -> output.port().equals(port));
        if (!found) {
            throw new ModelException.EditRefused(Where.NOWHERE, "this is not an output", "Mark it as an output first.");
        }
        outputs.replaceAll(output -> output.port().equals(port) ? new Output(port, name) : output);
        return document.with(graph.withOutputs(outputs));
    }

    @Override
    public String title() {
        return "rename output";
    }
}
