package org.netsplice.editor.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Freeze;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.testing.Fixtures;

/** Layers found by name, class, shape, settings and facts. */
class QueryTest {
    private final Document document = Fixtures.open("digits/cnn_a/model.keras");

    private List<String> find(Document in, String text) {
        return Query.find(Report.of(in.graph()), text).stream()
                .map(id -> in.graph().node(id).layer().className())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conv2d | Conv2D Conv2D",
                "CONV filters>=16 | Conv2D",
                "activation=softmax | Dense",
                "activation!=softmax dense | Dense",
                "kernel_size=3 | Conv2D Conv2D",
                "kernel_size=3,3 | Conv2D Conv2D",
                "rank=2 | Flatten Dropout Dense Dense",
                "class=dense units=32 | Dense",
                "params>1e3 | Conv2D Dense",
                "params>=1k params<100m dense | Dense",
                "input | InputLayer",
                "output | Dense",
                "dtype=float32 rank=2 units<=10 | Dense",
                "nothing=1 | ''",
                "frozen | ''",
                "units>=abc | ''",
                "'' | ''",
            })
    void wordsAllHold(String text, String classes) {
        List<String> wanted = classes.isEmpty() ? List.of() : List.of(classes.split(" "));
        assertThat(find(document, text)).containsExactlyElementsOf(wanted);
    }

    @Test
    void frozenLayersAreThoseWithWeights() {
        Set<NodeId> all = document.graph().nodes().keySet();
        Document frozen = new Freeze(all, true).apply(document);
        assertThat(find(frozen, "frozen")).containsExactly("Conv2D", "Conv2D", "Dense", "Dense");
        assertThat(find(frozen, "trainable")).isEmpty();
    }

    @Test
    void searchingGoesAroundAndSelects() {
        Session session = new Session(Runnable::run);
        session.replace(document, java.util.Optional.empty());
        List<NodeId> convolutions = document.graph().nodes().values().stream()
                .filter(node -> node.layer().className().equals("Conv2D"))
                .map(Node::id)
                .toList();
        session.search().look("conv2d");
        assertThat(session.search().found()).isEqualTo(convolutions);
        assertThat(session.selection()).containsExactly(convolutions.get(0));
        session.search().next(1);
        assertThat(session.selection()).containsExactly(convolutions.get(1));
        session.search().next(1);
        assertThat(session.selection()).containsExactly(convolutions.get(0));
        session.search().next(-1);
        assertThat(session.search().place()).contains(1);
        session.search().look("");
        assertThat(session.search().active()).isFalse();
        assertThat(session.search().found()).isEmpty();
    }
}
