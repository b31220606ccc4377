package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.edit.step.RenameDocument;
import org.netsplice.graph.Graph;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

class DocumentNamesTest {
    private static final Graph GRAPH = ((org.netsplice.format.Opened.Network) org.netsplice.app.Main.formats()
                    .open(Fixtures.ROOT.resolve("seed_merge/model_a/model.keras"), Optional.empty(), Progress.NONE))
            .graph();

    private static Document open(Document document, String name) {
        return DocumentNames.opening(document, new OpenNetwork(GRAPH, name, name + ".keras", ""))
                .apply(document);
    }

    @Test
    void aDocumentIsCalledAfterItsNetworks() {
        Document one = open(Document.EMPTY, "cnn");
        assertThat(one.name()).isEqualTo("cnn");
        Document two = open(one, "table");
        assertThat(two.name()).isEqualTo("cnn + table");
        Document five = open(open(open(two, "text"), "d"), "e");
        assertThat(five.name()).isEqualTo("cnn + table + text + 2 more");
        assertThat(open(one, "cnn").name()).as("numbered like the network").isEqualTo("cnn + cnn_2");
    }

    @Test
    void aNameOfTheUsersOwnStays() {
        Document named = new RenameDocument("late fusion").apply(open(Document.EMPTY, "cnn"));
        assertThat(open(named, "table").name()).isEqualTo("late fusion");
    }
}
