package org.netsplice.edit.step;

import java.util.HashSet;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Puts the document's inputs in another order; every input is named once. */
public record OrderInputs(List<NodeId> order) implements Edit {

    public OrderInputs {
        order = List.copyOf(order);
    }

    @Override
    public Document apply(Document document) {
        List<NodeId> present = document.graph().inputs();
        if (order.size() != present.size() || !new HashSet<>(order).equals(new HashSet<>(present))) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE, "the order does not name every input once", "Name all inputs.");
        }
        return document.with(document.graph().withInputs(order));
    }

    @Override
    public String title() {
        return "order inputs";
    }
}
