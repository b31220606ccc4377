package org.netsplice.editor.gesture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.Move;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.editor.recipe.Folds;
import org.netsplice.editor.recipe.Overview;
import org.netsplice.format.Formats;
import org.netsplice.graph.Port;
import org.netsplice.splice.SpliceFile;
import org.netsplice.testing.DeepModels;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Groups that are drawn as one box. */
class FoldingTest extends TwoModels {

    private Scene.Box folded(String name) {
        Scene.Box box = session.scene().box(id(name)).orElseThrow();
        assertThat(box.folded()).isPresent();
        return box;
    }

    private void foldAll() {
        session.apply(Folds.below(session.document().graph(), 0));
        settle();
    }

    @Test
    void aDoubleClickOnATitleFoldsAndOneOnTheBoxUnfolds() {
        Rect frame = session.scene().frames().get(0).area();
        int boxes = session.scene().boxes().size();
        assertThat(gestures.toggleFold(frame.x() + 60, frame.y() + 10)).isTrue();
        settle();
        Scene.Box box = folded("a_layer_1");
        assertThat(session.scene().boxes()).hasSize(boxes - box.inside().size() + 1);
        assertThat(box.label().title()).isEqualTo("model_a");
        assertThat(box.label().badge()).isEqualTo(box.inside().size() + " layers");
        assertThat(box.outlets()).containsExactly(Port.of(id("a_output_layer")));
        assertThat(session.undoTitle()).contains("fold");
        gestures.toggleFold(box.area().centerX(), box.area().centerY());
        settle();
        assertThat(session.scene().boxes()).hasSize(boxes);
    }

    @Test
    void aClickOnTheTriangleTurnsToo() {
        Rect frame = session.scene().frames().get(0).area();
        gestures.press(frame.x() + 15, frame.y() + 14, Gestures.Held.NONE);
        settle();
        assertThat(folded("a_layer_1").area().width()).isPositive();
        assertThat(gestures.active()).isFalse();
    }

    @Test
    void aFoldedNetworkIsSelectedMovedAndMergedAsOne() {
        foldAll();
        Scene.Box box = folded("a_layer_1");
        gestures.press(box.area().centerX(), box.area().y() + 10, Gestures.Held.NONE);
        assertThat(session.selection()).isEqualTo(box.inside());
        gestures.drag(box.area().centerX() + 300, box.area().y() + 10, true);
        gestures.release(box.area().centerX() + 300, box.area().y() + 10);
        settle();
        assertThat(folded("a_layer_1").area().x()).isEqualTo(box.area().x() + 300);
        session.apply(Folds.none(session.document()));
        settle();
        assertThat(session.document().placement().spots()).isEmpty();
        foldAll();
        session.select(session.document().graph().nodes().keySet());
        assertThat(gestures.selectedOutputs())
                .containsExactly(Port.of(id("a_output_layer")), Port.of(id("b_output_layer")));
    }

    @Test
    void wiresOfAFoldedGroupKeepTheirEnds() {
        drop("Concatenate", output("a_output_layer"), output("b_output_layer"));
        foldAll();
        Scene.Wire wire = session.scene().wires().get(0);
        assertThat(session.exists(wire)).isTrue();
        assertThat(session.scene().wires()).hasSize(2);
        assertThat(wire.points().get(0).y())
                .isEqualTo(folded("a_layer_1").area().bottom());
    }

    @Test
    void foldingIsRememberedInTheFile(@TempDir Path folder) {
        foldAll();
        Document folded = new Move(Map.of(), Map.of(folded("a_layer_1").folded().orElseThrow(), new Spot(7, 8)), 0)
                .apply(session.document());
        Path file = folder.resolve("folded.splice");
        Formats formats = new Formats(List.of(new SpliceFile()), List.of(new SpliceFile()));
        formats.write(folded, file, Progress.NONE);
        Document back = formats.open(file, Optional.empty(), Progress.NONE).asDocument();
        assertThat(back.placement()).isEqualTo(folded.placement());
    }

    @Test
    void theGroupsAroundWhatIsSelectedAreTurned() {
        Document document = session.document();
        Document once =
                Folds.toggled(document, Set.of(id("a_layer_1"))).orElseThrow().apply(document);
        assertThat(once.placement().folded()).hasSize(1);
        Document back =
                Folds.toggled(once, Set.of(id("a_layer_2"))).orElseThrow().apply(once);
        assertThat(back.placement().folded()).isEmpty();
    }

    @Test
    void repeatedBlocksBecomeOneBoxWithTheirNumber() {
        Document deep = DeepModels.residual(6);
        Document folded = Overview.of(deep).orElseThrow().apply(deep);
        Scene scene =
                BlockingArranger.arrange(Report.of(folded.graph()), folded.placement(), Detail.WINDOW, Progress.NONE);
        assertThat(scene.boxes())
                .extracting(box -> box.label().title())
                .containsExactlyInAnyOrder("x", "stem", "block × 6", "head");
        assertThat(Report.of(folded.graph()).problems()).isEmpty();
    }

    @Test
    void blocksThatDifferAreNotTaken() {
        assertThat(Overview.of(Fixtures.open("seed_merge/model_a/model.keras"))).isEmpty();
    }
}
