package org.netsplice.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.check.Report;
import org.netsplice.diagram.arrange.Arranger;
import org.netsplice.edit.Document;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.MakeGroup;
import org.netsplice.edit.step.Move;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.ShareInputs;
import org.netsplice.edit.step.Ungroup;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.export.FigureFormat;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.Picture;
import org.netsplice.export.Pictures;
import org.netsplice.format.Opened;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.testing.Fixtures;
import org.netsplice.testing.Transcript;
import org.netsplice.work.Progress;

class DiagramTest {

    private static Scene arrange(Document document, Detail detail) {
        return BlockingArranger.arrange(Report.of(document.graph()), document.placement(), detail, Progress.NONE);
    }

    private static Document two() {
        Document document = Document.EMPTY;
        for (String name : List.of("seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras")) {
            Opened.Network network = (Opened.Network)
                    Fixtures.FORMATS.open(Fixtures.path(name), java.util.Optional.empty(), Progress.NONE);
            document = network.edit("").apply(document);
        }
        return document;
    }

    private static Document merged() {
        Document document = two();
        List<Port> ports =
                document.graph().outputs().stream().map(output -> output.port()).toList();
        return new AddLayer(
                        LayerNotation.parse("Concatenate", Where.NOWHERE).layer(),
                        "",
                        ports,
                        java.util.Optional.empty())
                .apply(document);
    }

    @TestFactory
    Stream<DynamicTest> boxesNeverOverlapAndWiresPointForward() {
        return Stream.of(
                        "seed_merge/merged_submodels/model.keras",
                        "seed_ensemble/combined_average/model.keras",
                        "tabular/cancer_merged/model.keras",
                        "layers/residual_block/model.keras",
                        "layers/nested_multi_io_called_twice/model.keras")
                .flatMap(name -> Stream.of(Detail.Direction.values())
                        .map(direction -> DynamicTest.dynamicTest(name + " " + direction, () -> {
                            Detail detail =
                                    new Detail(true, true, true, true, true, true, direction, Detail.Splines.ORTHO);
                            Scene scene = arrange(Fixtures.open(name), detail);
                            for (Scene.Box one : scene.boxes()) {
                                for (Scene.Box two : scene.boxes()) {
                                    assertThat(one.id().equals(two.id())
                                                    || !one.area().meets(two.area()))
                                            .as(one.label().title() + " and "
                                                    + two.label().title())
                                            .isTrue();
                                }
                            }
                            scene.wires().forEach(wire -> forward(wire, direction));
                        })));
    }

    private static void forward(Scene.Wire wire, Detail.Direction direction) {
        Scene.Point from = wire.points().get(0);
        Scene.Point to = wire.points().get(wire.points().size() - 1);
        switch (direction) {
            case TB -> assertThat(to.y()).isGreaterThan(from.y());
            case BT -> assertThat(to.y()).isLessThan(from.y());
            case LR -> assertThat(to.x()).isGreaterThan(from.x());
            case RL -> assertThat(to.x()).isLessThan(from.x());
        }
    }

    @Test
    void wiresEndAtTheirBoxes() {
        Scene scene = arrange(merged(), Detail.WINDOW);
        for (Scene.Wire wire : scene.wires()) {
            Rect from = scene.box(wire.from()).orElseThrow().area();
            Rect to = scene.box(wire.to()).orElseThrow().area();
            Scene.Point first = wire.points().get(0);
            Scene.Point last = wire.points().get(wire.points().size() - 1);
            assertThat(from.grown(0.01).contains(first.x(), first.y())).isTrue();
            assertThat(to.grown(0.01).contains(last.x(), last.y())).isTrue();
        }
    }

    @Test
    void aMergeStandsInTheMiddleOfWhatItJoinsAndASharedInputOfWhatItFeeds() {
        Document document = merged();
        Scene scene = arrange(document, Detail.WINDOW);
        Rect merge = named(scene, document, "concatenate");
        double left = named(scene, document, "a_output_layer").centerX();
        double right = named(scene, document, "b_output_layer").centerX();
        assertThat(merge.centerX()).isCloseTo((left + right) / 2, within(0.5));
        List<NodeId> inputs = document.graph().inputs();
        Document shared = new ShareInputs(inputs.subList(0, 2)).apply(document);
        Scene joined = arrange(shared, Detail.WINDOW);
        Scene.Box input = joined.boxes().stream()
                .filter(box -> box.inputs() == 0)
                .findFirst()
                .orElseThrow();
        double middle = joined.wires().stream()
                .filter(wire -> wire.from().equals(input.id()))
                .mapToDouble(wire -> wire.points().get(wire.points().size() - 1).x())
                .average()
                .orElseThrow();
        assertThat(input.area().centerX()).isCloseTo(middle, within(0.5));
    }

    private static Rect named(Scene scene, Document document, String name) {
        return scene.box(document.graph().named(name).orElseThrow().id())
                .orElseThrow()
                .area();
    }

    @Test
    void addingAMergeMovesNoNetwork() {
        Scene before = arrange(two(), Detail.WINDOW);
        Scene after = arrange(merged(), Detail.WINDOW);
        for (Scene.Box box : before.boxes()) {
            assertThat(after.box(box.id()).orElseThrow().area()).isEqualTo(box.area());
        }
    }

    @Test
    void whatTheUserMovesStaysThereAndTheMergeFollows() {
        Document document = merged();
        Scene before = arrange(document, Detail.WINDOW);
        NodeId moved = document.graph().named("b_output_layer").orElseThrow().id();
        NodeId merge = document.graph().named("concatenate").orElseThrow().id();
        Document after = new Move(Map.of(moved, new Spot(900, 500)), 0).apply(document);
        Scene scene = arrange(after, Detail.WINDOW);
        assertThat(scene.box(moved).orElseThrow().area().x()).isEqualTo(900);
        assertThat(scene.box(moved).orElseThrow().area().y()).isEqualTo(500);
        assertThat(scene.box(merge).orElseThrow().area().x())
                .isGreaterThan(before.box(merge).orElseThrow().area().x());
        Rect frame = scene.frames().get(1).area();
        assertThat(frame.contains(900, 500)).isTrue();
    }

    @Test
    void aNetworkThatDidNotChangeIsNotLaidOutAgain() {
        Arranger arranger = new Arranger();
        Document document = two();
        Scene first = arranger.arrange(Report.of(document.graph()), document.placement(), Detail.WINDOW, Progress.NONE);
        Scene second =
                arranger.arrange(Report.of(document.graph()), document.placement(), Detail.WINDOW, Progress.NONE);
        assertThat(second.boxes()).isEqualTo(first.boxes());
        assertThat(second.wires()).isEqualTo(first.wires());
        assertThat(second.frames()).isEqualTo(first.frames());
    }

    @Test
    void aGroupAroundNothingButAnotherGroupCanBeTakenAway() {
        Arranger arranger = new Arranger();
        Document document = two();
        Set<NodeId> pair = document.graph().nodes().keySet().stream().limit(2).collect(Collectors.toSet());
        Document outer = new MakeGroup(pair, "outer").apply(document);
        Document nested = new MakeGroup(pair, "inner").apply(outer);
        GroupId around = nested.graph().groups().values().stream()
                .filter(group -> group.name().equals("outer"))
                .findFirst()
                .orElseThrow()
                .id();
        arranger.arrange(Report.of(nested.graph()), nested.placement(), Detail.WINDOW, Progress.NONE);
        Document left = new Ungroup(around).apply(nested);
        Scene scene = arranger.arrange(Report.of(left.graph()), left.placement(), Detail.WINDOW, Progress.NONE);
        assertThat(scene.frames().stream().map(Scene.Frame::title))
                .contains("inner")
                .doesNotContain("outer");
        assertThat(scene.boxes()).isEqualTo(arrange(left, Detail.WINDOW).boxes());
    }

    @Test
    void foldedModelsAreOneBox() {
        Detail folded = new Detail(true, false, true, false, false, false, Detail.Direction.TB, Detail.Splines.ORTHO);
        Scene scene = arrange(Fixtures.open("seed_ensemble/combined_average/model.keras"), folded);
        assertThat(scene.boxes().stream().map(box -> box.label().title()))
                .containsExactlyInAnyOrder("shared_image", "model1", "model2", "combine");
        assertThat(scene.wires()).hasSize(4);
    }

    @Test
    void namesAreEscapedInSvg() {
        Document document = Fixtures.open("seed_merge/model_b/model.keras");
        Node node = document.graph().named("b_layer_1").orElseThrow();
        String hostile = "<script>&\"']]>\u202E \u0007 層";
        Document renamed = new Rename(node.id(), hostile).apply(document);
        String svg = Pictures.text(
                new Picture(arrange(renamed, Detail.WINDOW), renamed.graph(), FigureOptions.WINDOW), FigureFormat.SVG);
        assertThat(svg)
                .contains("&lt;script&gt;&amp;&quot;&#39;]]&gt;")
                .doesNotContain("<script>")
                .doesNotContain("\u0007");
        assertThat(parsed(svg)).isEqualTo("svg");
    }

    private static String parsed(String svg) {
        try {
            return javax.xml.parsers.DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new java.io.ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .getDocumentElement()
                    .getTagName();
        } catch (Exception problem) {
            throw new AssertionError(problem);
        }
    }

    @Test
    void everySurfaceIsToldTheSame() {
        Scene scene = arrange(merged(), Detail.WINDOW);
        Transcript one = new Transcript();
        Transcript two = new Transcript();
        new Painter(Theme.LIGHT, one, 1).paint(scene, scene.bounds());
        new Painter(Theme.DARK, two, 1).paint(scene, scene.bounds());
        assertThat(one.lines()).isEqualTo(two.lines());
        Transcript far = new Transcript();
        new Painter(Theme.LIGHT, far, 0.2).paint(scene, scene.bounds());
        assertThat(far.lines()).noneMatch(line -> line.startsWith("text")).anyMatch(line -> line.startsWith("line"));
        Transcript outside = new Transcript();
        new Painter(Theme.LIGHT, outside, 1).paint(scene, new Rect(-9000, -9000, 10, 10));
        assertThat(outside.lines()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> arrowheadsPointTheWayOfTheWireAtEveryZoom() {
        return Stream.of(Detail.Splines.values())
                .flatMap(splines -> Stream.of(Detail.Direction.values())
                        .map(direction -> DynamicTest.dynamicTest(splines + " " + direction, () -> {
                            Detail detail = Detail.WINDOW.with(splines).with(direction);
                            Scene scene = arrange(mergedOfThree(), detail);
                            for (double scale : List.of(0.1, 0.25, 0.5, 1.0, 4.0)) {
                                Transcript seen = new Transcript();
                                new Painter(Theme.LIGHT, seen, scale).paint(scene, scene.bounds());
                                List<List<Scene.Point>> arrows = seen.arrows();
                                assertThat(arrows).hasSameSizeAs(scene.wires());
                                if (splines != Detail.Splines.LINE && splines != Detail.Splines.POLYLINE) {
                                    assertThat(arrows).allMatch(arrow -> points(arrow, direction));
                                }
                            }
                        })));
    }

    private static boolean points(List<Scene.Point> arrow, Detail.Direction direction) {
        double x = arrow.get(0).x() - (arrow.get(1).x() + arrow.get(2).x()) / 2;
        double y = arrow.get(0).y() - (arrow.get(1).y() + arrow.get(2).y()) / 2;
        double along = switch (direction) {
            case TB -> y;
            case BT -> -y;
            case LR -> x;
            case RL -> -x;
        };
        return along >= 0.95 * Math.hypot(x, y) && along >= 7;
    }

    private static Document mergedOfThree() {
        Document document = merged();
        List<Port> ports = document.graph().nodes().keySet().stream()
                .limit(3)
                .map(Port::of)
                .toList();
        return new AddLayer(
                        LayerNotation.parse("Concatenate", Where.NOWHERE).layer(),
                        "three",
                        ports,
                        java.util.Optional.empty())
                .apply(document);
    }

    @Test
    void boxesSayOnlyWhatCanBeRead() {
        Scene scene = arrange(merged(), Detail.WINDOW);
        for (double scale : List.of(0.3, 0.45, 0.59)) {
            Transcript seen = new Transcript();
            new Painter(Theme.LIGHT, seen, scale).paint(scene, scene.bounds());
            assertThat(seen.texts().stream().filter(text -> !text.bold())).isEmpty();
            assertThat(seen.texts().stream().filter(text -> text.size() * scale < 7.9 && text.size() != Labels.SIZE))
                    .isEmpty();
            assertThat(seen.texts()).hasSizeGreaterThanOrEqualTo(scene.boxes().size());
        }
        Transcript far = new Transcript();
        new Painter(Theme.LIGHT, far, 0.29).paint(scene, scene.bounds());
        assertThat(far.texts()).isEmpty();
    }

    @Test
    void cardsTellTheSettingsThatMatterMost() {
        Scene scene = arrange(Fixtures.open("digits/cnn_a/model.keras"), Detail.WINDOW);
        assertThat(scene.boxes().stream()
                        .filter(box -> Set.of("conv_1", "pool_1", "hidden")
                                .contains(box.label().title()))
                        .map(box -> box.label().rows().get(0).value()))
                .containsExactly("3×3, 12 filters, stride 1", "2×2, stride 2", "32 units");
    }

    @Test
    void aLegendTellsEveryColourOfAPicture() {
        Scene scene = arrange(Fixtures.open("digits/cnn_a/model.keras"), Detail.WINDOW);
        Legend legend = Legend.of(scene);
        Transcript seen = new Transcript();
        legend.paint(seen, Theme.LIGHT, 0, 0);
        assertThat(seen.texts().stream().map(Surface.Text::text))
                .containsExactly("Input", "Convolution", "Pooling", "Core", "Other layer");
        assertThat(seen.texts())
                .allMatch(text -> text.x() + Type.width(text.text(), text.bold(), text.size()) <= legend.width())
                .allMatch(text -> text.y() <= legend.height());
    }

    @Test
    void headersOfAllFamiliesCanBeReadAndTold() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK, Theme.CONTRAST)) {
            for (Label.Tint tint : Label.Tint.values()) {
                assertThat(contrast(theme.tint(tint)))
                        .as(tint + " " + Integer.toHexString(theme.tint(tint)))
                        .isGreaterThanOrEqualTo(4.5);
            }
            assertThat(Stream.of(Label.Tint.values())
                            .filter(tint -> tint.compareTo(Label.Tint.CONVOLUTION) >= 0
                                    && tint.compareTo(Label.Tint.MERGE) <= 0)
                            .map(theme::tint))
                    .doesNotHaveDuplicates();
        }
    }

    /** The contrast of the text on a ground, by WCAG 2.1. */
    private static double contrast(int ground) {
        double one = luminance(Theme.on(ground)) + 0.05;
        double two = luminance(ground) + 0.05;
        return Math.max(one, two) / Math.min(one, two);
    }

    private static double luminance(int color) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double value = (color >> (16 - 8 * i) & 255) / 255.0;
            sum += weights[i] * (value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void longNamesAreShortenedToFit() {
        assertThat(Type.fitted("short", false, 12, 100)).isEqualTo("short");
        String fitted = Type.fitted("x".repeat(1000), true, 12, 100);
        assertThat(fitted).endsWith("…");
        assertThat(Type.width(fitted, true, 12)).isLessThanOrEqualTo(100);
    }
}
