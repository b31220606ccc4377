package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Dissolve;
import org.netsplice.edit.step.InsertLayer;
import org.netsplice.edit.step.Remove;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.Several;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.Layers;
import org.netsplice.testing.DeepModels;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

class DraftTest {
    private static final Layer DROPOUT = Layers.kind("Dropout").orElseThrow().standard();
    private final Document document = DeepModels.residual(60);
    private final Arranger arranger = new Arranger();
    private final List<Scene> drafts = new ArrayList<>();

    private Scene arrange(Document shown, Detail detail) {
        return arranger.arrange(Report.of(shown.graph()), shown.placement(), detail, Progress.NONE, drafts::add);
    }

    private Node layer(String name) {
        return document.graph().named(name).orElseThrow();
    }

    private Scene draft(Edit edit, Detail detail) {
        Document changed = edit.apply(document);
        Scene done = arrange(changed, detail);
        assertThat(drafts).hasSize(1);
        assertThat(drafts.get(0).boxes().stream().map(Scene.Box::id))
                .isEqualTo(done.boxes().stream().map(Scene.Box::id).toList());
        assertThat(drafts.get(0).boxes().stream().map(Scene.Box::label))
                .isEqualTo(done.boxes().stream().map(Scene.Box::label).toList());
        wired(drafts.get(0));
        return drafts.get(0);
    }

    /** Every wire begins and ends at its ports and has right angles. */
    private static void wired(Scene scene) {
        for (Scene.Wire wire : scene.wires()) {
            Scene.Box from = scene.box(wire.from()).orElseThrow();
            Scene.Box to = scene.box(wire.to()).orElseThrow();
            Point start = from.outlet(wire.port(), scene.detail().direction());
            Point end = Scene.inputAnchor(
                    to.area(), wire.input(), to.inputs(), scene.detail().direction());
            near(wire.points().get(0), start);
            near(wire.points().get(wire.points().size() - 1), end);
            for (int i = 1; i < wire.points().size(); i++) {
                Point a = wire.points().get(i - 1);
                Point b = wire.points().get(i);
                assertThat(Math.min(Math.abs(a.x() - b.x()), Math.abs(a.y() - b.y())))
                        .isLessThan(0.6);
            }
        }
    }

    private static void near(Point one, Point two) {
        assertThat(Math.hypot(one.x() - two.x(), one.y() - two.y())).isLessThan(0.02);
    }

    private static void apart(Scene scene) {
        for (Scene.Box one : scene.boxes()) {
            for (Scene.Box two : scene.boxes()) {
                assertThat(!one.equals(two) && one.area().meets(two.area()))
                        .as("%s on %s", one.label().title(), two.label().title())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Detail.Direction.class)
    void aLayerThatIsPutInIsSeenAtOnceAndWhatIsBehindItMovesOn(Detail.Direction direction) {
        Detail detail = Detail.WINDOW.with(direction);
        Scene before = arrange(document, detail);
        Scene seen = draft(new InsertLayer(DROPOUT, layer("block30_dense").id(), 0), detail);
        apart(seen);
        boolean forward = direction == Detail.Direction.TB || direction == Detail.Direction.LR;
        NodeId first = layer("stem").id();
        NodeId last = layer("block60_add").id();
        NodeId moved = forward ? last : first;
        NodeId kept = forward ? first : last;
        Rect there = seen.box(kept).orElseThrow().area();
        assertThat(there).isEqualTo(before.box(kept).orElseThrow().area());
        Rect on = seen.box(moved).orElseThrow().area();
        Rect was = before.box(moved).orElseThrow().area();
        assertThat(direction.vertical() ? on.y() - was.y() : on.x() - was.x()).isGreaterThan(60);
        assertThat(direction.vertical() ? on.x() : on.y()).isEqualTo(direction.vertical() ? was.x() : was.y());
        assertThat(seen.frames().get(0).area().grown(0.01).contains(on.right(), on.bottom()))
                .isTrue();
    }

    @Test
    void whatIsTakenAwayLeavesEverythingElseWhereItIs() {
        Scene before = arrange(document, Detail.WINDOW);
        NodeId gone = layer("block30_relu").id();
        Scene seen = draft(new Dissolve(Set.of(gone)), Detail.WINDOW);
        apart(seen);
        for (Scene.Box box : seen.boxes()) {
            assertThat(box.area()).isEqualTo(before.box(box.id()).orElseThrow().area());
        }
        drafts.clear();
        draft(new Remove(Set.of(gone, layer("block31_add").id())), Detail.WINDOW);
    }

    @Test
    void aBoxThatFindsNoRoomGrowsOverOthersMeanwhile() {
        arrange(document, Detail.WINDOW);
        NodeId longer = layer("block30_dense").id();
        Scene seen = draft(new Rename(longer, "a name that is much too long for this place"), Detail.WINDOW);
        assertThat(seen.box(longer).orElseThrow().label().title()).startsWith("a name that is");
    }

    @Test
    void theLayoutCanBeStoppedWhileTheDraftIsSeen() {
        arrange(document, Detail.WINDOW);
        Document changed = new InsertLayer(DROPOUT, layer("block30_dense").id(), 0).apply(document);
        Report report = Report.of(changed.graph());
        Progress stopping = (fraction, what) -> {
            if (!drafts.isEmpty() && fraction < 0) {
                throw new Stopped();
            }
        };
        assertThatThrownBy(() -> arranger.arrange(report, changed.placement(), Detail.WINDOW, stopping, drafts::add))
                .isInstanceOf(Stopped.class);
        Scene made = new Arranger().arrange(report, changed.placement(), Detail.WINDOW, Progress.NONE);
        assertThat(arrange(changed, Detail.WINDOW).boxes()).isEqualTo(made.boxes());
    }

    @Test
    void thereIsNoneForSmallNetworksForTheFirstPictureOrForTooManyNewLayers() {
        Document small = DeepModels.residual(20);
        arrange(small, Detail.WINDOW);
        arrange(
                new InsertLayer(
                                DROPOUT,
                                small.graph()
                                        .named("block3_dense")
                                        .orElseThrow()
                                        .id(),
                                0)
                        .apply(small),
                Detail.WINDOW);
        arrange(document, Detail.WINDOW);
        List<Edit> many = new ArrayList<>();
        for (int block = 1; block <= 20; block++) {
            many.add(new InsertLayer(DROPOUT, layer("block" + block + "_dense").id(), 0));
        }
        arrange(new Several(many, "many").apply(document), Detail.WINDOW);
        assertThat(drafts).isEmpty();
    }
}
