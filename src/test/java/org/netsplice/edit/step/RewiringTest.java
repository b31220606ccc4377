package org.netsplice.edit.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.editor.recipe.Reach;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.Layers;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;

/** Edits that take layers out, put layers in, and copy them, on trained networks. */
class RewiringTest {
    private final Document document = Fixtures.open("seed_merge/model_a/model.keras");

    private static NodeId id(Document document, String name) {
        return document.graph().named(name).orElseThrow().id();
    }

    private static List<String> outputs(Document document) {
        return document.graph().outputs().stream()
                .map(output -> document.graph().node(output.port().node()).name())
                .toList();
    }

    private static List<String> reads(Document document, String name) {
        Graph graph = document.graph();
        return graph.node(id(document, name)).inputs().stream()
                .map(port -> graph.node(port.node()).name())
                .toList();
    }

    private List<Node> chain() {
        return document.graph().nodes().values().stream().toList();
    }

    @Test
    void aDissolvedLayerLeavesItsReadersConnected() {
        Node middle = chain().get(1);
        Node reader = chain().get(2);
        String before = document.graph().node(middle.inputs().get(0).node()).name();
        Document dissolved = new Dissolve(Set.of(middle.id())).apply(document);
        assertThat(reads(dissolved, reader.name())).containsExactly(before);
        assertThat(outputs(dissolved)).isEqualTo(outputs(document));
    }

    @Test
    void aDissolvedOutputHandsItsMarkOn() {
        NodeId last = document.graph().outputs().get(0).port().node();
        String before = reads(document, document.graph().node(last).name()).get(0);
        assertThat(outputs(new Dissolve(Set.of(last)).apply(document))).containsExactly(before);
    }

    @Test
    void anInputOrAMergeIsNotDissolved() {
        assertThatThrownBy(() -> new Dissolve(Set.of(document.graph().inputs().get(0))).apply(document))
                .isInstanceOf(ModelException.EditRefused.class)
                .hasMessageContaining("has no input, so what reads it cannot read past it");
    }

    @Test
    void everyWireOfALayerIsRemoved() {
        Node middle = chain().get(1);
        Document loose = new DisconnectAll(Set.of(middle.id())).apply(document);
        assertThat(reads(loose, middle.name())).isEmpty();
        assertThat(reads(loose, chain().get(2).name())).isEmpty();
    }

    @Test
    void whatComesAfterACutGoes() {
        Node middle = chain().get(1);
        Document cut = new CutAfter(middle.id()).apply(document);
        assertThat(cut.graph().nodes()).hasSize(2);
        assertThat(outputs(cut)).containsExactly(middle.name());
        assertThat(Report.of(cut.graph()).runnable()).isTrue();
        assertThatThrownBy(() -> new CutAfter(middle.id()).apply(cut))
                .hasMessageContaining("is the end of its network already");
    }

    @Test
    void aLayerIsInsertedIntoAWire() {
        Node reader = chain().get(2);
        String before = reads(document, reader.name()).get(0);
        Document inserted =
                new InsertLayer(Layers.kind("Dropout").orElseThrow().standard(), reader.id(), 0).apply(document);
        assertThat(reads(inserted, reader.name())).containsExactly("dropout");
        assertThat(reads(inserted, "dropout")).containsExactly(before);
        assertThat(outputs(inserted)).isEqualTo(outputs(document));
        assertThat(Report.of(inserted.graph()).runnable()).isTrue();
        assertThatThrownBy(() -> new InsertLayer(
                                Layers.kind("Average").orElseThrow().standard(), reader.id(), 0)
                        .apply(document))
                .hasMessageContaining("a wire gives one");
    }

    @Test
    void aReplacedLayerKeepsNameAndWires() {
        Node middle = chain().get(1);
        Document replaced = new ReplaceLayer(
                        middle.id(), Layers.kind("Flatten").orElseThrow().standard())
                .apply(document);
        Node now = replaced.graph().node(middle.id());
        assertThat(now.name()).isEqualTo(middle.name());
        assertThat(now.inputs()).isEqualTo(middle.inputs());
        assertThat(now.weights()).isNotEqualTo(middle.weights());
        assertThat(replaced.graph().weights()).doesNotContainKey(middle.weights());
    }

    @Test
    void copiesHaveTheirOwnWeightsOrShareThem() {
        Set<NodeId> all = document.graph().nodes().keySet();
        Document copied = new Paste(new Clip(document, all), false, false).apply(document);
        Document shared = new Paste(new Clip(document, all), true, false).apply(document);
        assertThat(copied.graph().nodes()).hasSize(2 * all.size());
        assertThat(copied.graph().outputs())
                .hasSize(2 * document.graph().outputs().size());
        assertThat(copied.graph().weights())
                .hasSize(2 * document.graph().weights().size());
        assertThat(shared.graph().weights()).isEqualTo(document.graph().weights());
        assertThat(Report.of(copied.graph()).runnable()).isTrue();
        assertThat(Report.of(shared.graph()).runnable()).isTrue();
        assertThat(copied.graph().groups())
                .hasSize(2 * document.graph().groups().size());
    }

    @Test
    void aCopyMayReadWhatItsOriginalReads() {
        Node middle = chain().get(1);
        Clip clip = new Clip(document, Set.of(middle.id()));
        Paste apart = new Paste(clip, false, false);
        NodeId copy = apart.added(document).iterator().next();
        assertThat(apart.apply(document).graph().node(copy).inputs()).isEmpty();
        Document connected = new Paste(clip, false, true).apply(document);
        assertThat(connected.graph().node(copy).inputs()).isEqualTo(middle.inputs());
        assertThat(connected.graph().outputs())
                .hasSize(document.graph().outputs().size() + 1);
        Document elsewhere = new Paste(clip, true, true).apply(Document.EMPTY);
        assertThat(elsewhere.graph().nodes().values().iterator().next().inputs())
                .isEmpty();
        assertThat(elsewhere.graph().weights()).hasSize(1);
    }

    @Test
    void anExtractedPartIsANetworkOfItsOwn() {
        Node middle = chain().get(1);
        Report report = Report.of(document.graph());
        var extracted =
                Reach.extracted(report, Set.of(middle.id(), chain().get(2).id()));
        Document with = extracted.orElseThrow().apply(document);
        assertThat(Report.of(with.graph()).runnable()).isTrue();
        assertThat(with.graph().inputs()).hasSize(2);
        assertThat(with.graph().outputs()).hasSize(2);
        assertThat(Reach.extracted(report, Set.of(document.graph().inputs().get(0))))
                .isEqualTo(Optional.empty());
    }
}
