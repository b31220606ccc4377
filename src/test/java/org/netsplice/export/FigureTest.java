package org.netsplice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Legend;
import org.netsplice.diagram.Surface;
import org.netsplice.edit.Document;
import org.netsplice.editor.figure.FigureDrawing;
import org.netsplice.graph.NodeId;
import org.netsplice.testing.Fixtures;
import org.netsplice.testing.Transcript;
import org.netsplice.work.Progress;

/** What each choice about a picture does to it. */
class FigureTest {
    private static final String CNN = "digits/cnn_a/model.keras";
    private static final String NESTED = "seed_ensemble/combined_average/model.keras";

    private static Picture picture(String file, FigureOptions options) {
        return FigureDrawing.draw(Fixtures.open(file), Set.of(), options, Progress.NONE);
    }

    private static Transcript drawn(String file, FigureSwitch... shown) {
        return drawn(picture(file, FigureOptions.PLOT.withShown(Set.of(shown))));
    }

    private static Transcript drawn(Picture picture) {
        Transcript transcript = new Transcript();
        picture.paint(transcript, picture.page());
        return transcript;
    }

    private static List<String> texts(Transcript transcript) {
        return transcript.texts().stream().map(Surface.Text::text).toList();
    }

    @Test
    void withoutSwitchesOnlyClassesAreShownAsPlotModelDoes() {
        assertThat(texts(drawn(CNN)))
                .containsExactlyInAnyOrder(
                        "cnn_a",
                        "InputLayer",
                        "Conv2D",
                        "MaxPooling2D",
                        "Conv2D",
                        "Flatten",
                        "Dropout",
                        "Dense",
                        "Dense");
    }

    @Test
    void namesStandBesideClasses() {
        assertThat(texts(drawn(CNN, FigureSwitch.NAMES))).contains("conv_1", "Conv2D", "probabilities", "Dense");
    }

    @Test
    void anInputHasOneShapeAndEveryOtherLayerTwo() {
        List<String> texts = texts(drawn(CNN, FigureSwitch.SHAPES));
        assertThat(texts.stream().filter("in"::equals)).hasSize(7);
        assertThat(texts.stream().filter("out"::equals)).hasSize(8);
        assertThat(texts).contains("(None, 8, 8, 1)", "(None, 10)");
    }

    @Test
    void typesAreThoseOfTheOutputs() {
        List<String> texts = texts(drawn(CNN, FigureSwitch.DTYPE));
        assertThat(texts.stream().filter("float32"::equals)).hasSize(8);
    }

    @Test
    void everyActivationIsToldAlsoALinearOne() {
        assertThat(texts(drawn(CNN, FigureSwitch.ACTIVATIONS))).contains("relu", "softmax");
        assertThat(texts(drawn("layers/dense_no_bias/model.keras", FigureSwitch.ACTIVATIONS)))
                .contains("linear");
    }

    @Test
    void everyLayerWithWeightsSaysWhetherItIsTrainable() {
        List<String> texts = texts(drawn(CNN, FigureSwitch.TRAINABLE));
        assertThat(texts.stream().filter("Trainable"::equals)).hasSize(4);
        assertThat(texts).doesNotContain("Non-trainable", "    frozen");
    }

    @Test
    void settingsTellKernelsAndUnits() {
        assertThat(texts(drawn(CNN, FigureSwitch.SETTINGS))).contains("3×3, 12 filters, stride 1", "32 units");
    }

    @Test
    void nestedModelsAreOneBoxUntilTheyAreExpanded() {
        assertThat(texts(drawn(NESTED))).contains("Functional").doesNotContain("Conv2D");
        assertThat(texts(drawn(NESTED, FigureSwitch.NESTED))).contains("Conv2D");
    }

    @Test
    void theDirectionIsThatOfTheWires() {
        for (Detail.Direction direction : Detail.Direction.values()) {
            FigureOptions turned = FigureOptions.PLOT.with(direction, Detail.Splines.ORTHO, FigureOptions.Look.LIGHT);
            Picture picture = picture(CNN, turned);
            assertThat(picture.page().height() > picture.page().width()).isEqualTo(direction.vertical());
        }
    }

    @Test
    void portsTrianglesAndMarksAreDrawnOnlyWhenAsked() {
        Transcript plain = drawn(NESTED, FigureSwitch.NAMES);
        assertThat(plain.lines()).noneMatch(line -> line.startsWith("circle"));
        assertThat(plain.lines().stream().filter(line -> line.startsWith("polygon")))
                .hasSameSizeAs(plain.arrows());
        assertThat(texts(plain)).doesNotContain("output");
        Transcript marked = drawn(NESTED, FigureSwitch.NAMES, FigureSwitch.MARKS);
        assertThat(marked.lines()).anyMatch(line -> line.startsWith("circle"));
        assertThat(marked.lines().stream().filter(line -> line.startsWith("polygon")))
                .hasSizeGreaterThan(marked.arrows().size());
        assertThat(texts(marked)).contains("output");
    }

    @Test
    void aLegendTellsTheColours() {
        assertThat(texts(drawn(CNN))).doesNotContain("Convolution");
        assertThat(texts(drawn(CNN, FigureSwitch.LEGEND))).contains("Convolution", "Pooling", "Core");
    }

    @Test
    void theLegendOfAFigureTellsItsNetworksAndTheLayersInNone() {
        FigureOptions options =
                FigureOptions.PLOT.withShown(Set.of(FigureSwitch.LEGEND)).with(FigureOptions.Look.FIGURE);
        Picture picture = picture("digits/ensemble_average/model.keras", options);
        assertThat(Legend.of(picture.scene()).entries().stream().map(Legend.Entry::word))
                .isEqualTo(Legend.of(picture.scene()).entries().stream()
                        .map(Legend.Entry::word)
                        .distinct()
                        .toList())
                .startsWith(picture.scene().frames().get(0).title())
                .doesNotContain("Convolution");
        assertThat(Legend.of(picture.scene()).entries().get(0).color(picture.theme()))
                .isEqualTo(picture.theme().frame(0));
    }

    @Test
    void aFoldedModelTellsTheTypeOfItsOutputs() {
        List<String> texts = texts(drawn(NESTED, FigureSwitch.DTYPE));
        assertThat(texts.stream().filter("type"::equals)).hasSize(4);
    }

    @Test
    void theFigureHasTheLabelsOfTheDocument() {
        Document document = Fixtures.open(CNN);
        NodeId id = document.graph().named("hidden").orElseThrow().id();
        Document labelled = new org.netsplice.edit.step.ChangeFigure(
                        document.placement().figure().withLabel(id, "Features"), "label")
                .apply(document);
        FigureOptions named = FigureOptions.PLOT.withShown(Set.of(FigureSwitch.NAMES));
        assertThat(texts(drawn(FigureDrawing.draw(labelled, Set.of(), named, Progress.NONE))))
                .contains("hidden")
                .doesNotContain("Features");
        Picture figure = FigureDrawing.draw(labelled, Set.of(), named.with(FigureOptions.Look.FIGURE), Progress.NONE);
        assertThat(texts(drawn(figure))).contains("Features").doesNotContain("hidden");
    }

    @Test
    void onlyWhatIsSelectedIsDrawnWithTheWiresBetweenIt() {
        Document document = Fixtures.open(CNN);
        Set<NodeId> two = Set.of("conv_1", "pool_1").stream()
                .map(name -> document.graph().named(name).orElseThrow().id())
                .collect(Collectors.toSet());
        FigureOptions all = FigureOptions.PLOT.withShown(Set.of(FigureSwitch.NAMES));
        FigureOptions part =
                FigureOptions.remembered(all.text().replace("selection=false", "selection=true"), FigureOptions.PLOT);
        Transcript drawn = drawn(FigureDrawing.draw(document, two, part, Progress.NONE));
        assertThat(texts(drawn)).containsExactlyInAnyOrder("conv_1", "Conv2D", "pool_1", "MaxPooling2D");
        assertThat(drawn.arrows()).hasSize(1);
        assertThat(drawn(FigureDrawing.draw(document, Set.of(), part, Progress.NONE))
                        .arrows())
                .hasSize(7);
    }

    @Test
    void theMarginIsAroundTheDrawing() {
        FigureOptions wide = FigureOptions.remembered(
                FigureOptions.PLOT.text().replace("margin=16.0", "margin=50"), FigureOptions.PLOT);
        assertThat(wide.margin()).isEqualTo(50);
        assertThat(picture(CNN, wide).page().width())
                .isEqualTo(picture(CNN, FigureOptions.PLOT).page().width() + 68);
    }

    @Property(tries = 100)
    void optionsAreRememberedAsTheyAre(
            @ForAll Set<FigureSwitch> shown,
            @ForAll Detail.Direction direction,
            @ForAll Detail.Splines splines,
            @ForAll FigureOptions.Look look,
            @ForAll @DoubleRange(min = 10, max = 1200) double dpi) {
        FigureOptions options = FigureOptions.PLOT
                .with(direction, splines, look)
                .withShown(shown)
                .withDpi(dpi);
        assertThat(FigureOptions.remembered(options.text(), FigureOptions.PLOT)).isEqualTo(options);
    }

    @Property(tries = 100)
    void theSizeAndPageAreRememberedAsTheyAre(
            @ForAll FigureFormat format,
            @ForAll @IntRange(max = 200_000) int width,
            @ForAll @DoubleRange(max = 1000) double margin,
            @ForAll FigureOptions.Page page,
            @ForAll boolean selection) {
        FigureOptions usual = FigureOptions.PLOT;
        FigureOptions options = new FigureOptions(
                format,
                usual.shown(),
                usual.direction(),
                usual.splines(),
                usual.look(),
                usual.dpi(),
                width,
                margin,
                page,
                selection);
        assertThat(FigureOptions.remembered(options.text(), usual)).isEqualTo(options);
    }

    @Test
    void whatCannotBeReadIsForgotten() {
        for (String line : List.of(
                "", "format=PNG", FigureOptions.PLOT.text().replace("dpi=200.0", "dpi=NaN"), "rankdir==", "a = b")) {
            assertThat(FigureOptions.remembered(line, FigureOptions.WINDOW)).isEqualTo(FigureOptions.WINDOW);
        }
        assertThat(EnumSet.allOf(FigureSwitch.class).stream().map(FigureSwitch::word))
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[a-z-]+"));
        assertThat(Arrays.stream(FigureSwitch.values()).map(FigureSwitch::help)).allMatch(help -> help.endsWith("."));
    }

    @Test
    void numbersOutOfTheirRangeAreRefused() {
        assertThatThrownBy(() -> FigureOptions.PLOT.withDpi(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--dpi must be between 10 and 1200");
    }
}
