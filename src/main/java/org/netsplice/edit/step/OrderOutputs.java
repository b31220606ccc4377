package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Puts the document's outputs in another order; every output is named once. */
public record OrderOutputs(List<Port> order) implements Edit {

    public OrderOutputs {
        order = List.copyOf(order);
    }

    @Override
    public Document apply(Document document) {
        List<Output> outputs = new ArrayList<>(document.graph().outputs());
        List<Port> present = outputs.stream().map(Output::port).toList();
        if (order.size() != present.size() || !new HashSet<>(order).equals(new HashSet<>(present))) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE, "the order does not name every output once", "Name all outputs.");
        }
        outputs.sort(java.util.Comparator.comparingInt(output -> order.indexOf(output.port())));
        return document.with(document.graph().withOutputs(outputs));
    }

    @Override
    public String title() {
        return "order outputs";
    }
}
