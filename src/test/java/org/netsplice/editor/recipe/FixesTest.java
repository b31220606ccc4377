package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.History;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.layers.Layers;

/** A merge whose inputs do not fit is offered ways that work. */
class FixesTest {
    private NodeId merge;

    private Document joined(String kind, String... shapes) {
        return joined(kind, DType.FLOAT32, shapes);
    }

    private Document joined(String kind, DType type, String... shapes) {
        Document document = Document.EMPTY;
        List<Port> ports = new ArrayList<>();
        for (String shape : shapes) {
            ports.add(Port.of(AddLayer.added(document)));
            InputLayer input = new InputLayer(shape(shape), type);
            document = new AddLayer(input, "", List.of(), Optional.empty()).apply(document);
        }
        merge = AddLayer.added(document);
        return new AddLayer(Layers.kind(kind).orElseThrow().standard(), "", ports, Optional.empty()).apply(document);
    }

    private static Shape shape(String sizes) {
        Shape shape = Shape.of(Shape.UNKNOWN);
        for (String size : sizes.split("x")) {
            shape = shape.plus(Long.parseLong(size));
        }
        return shape;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Average | 32 | 10 | Insert Dense (32, untrained)",
                "Average | 8x8x3 | 10 | Insert global average pooling and Dense (3, untrained), Insert flattening and Dense (192, untrained)",
                "Concatenate | 8x8x3 | 10 | Insert global average pooling, Insert flattening",
                "Concatenate | 8x3 | 8x5 | ''",
                "Concatenate | 4x3 | 8x3 | Use axis 1, Insert global average pooling, Insert flattening",
                "Add | 28x28x1 | 24x26x1 | Crop to 24 × 26, Pad to 28 × 28, Insert global average pooling",
                "Add | 4x6 | 24 | Reshape to (None, 4, 6), Insert flattening",
                "Multiply | 7 | 7 | ''",
            })
    void waysThatWork(String kind, String one, String other, String titles) {
        Document document = joined(kind, one, other);
        List<Fixes.Fix> fixes = Fixes.of(document, Report.of(document.graph()), merge);
        List<String> wanted = titles.isEmpty() ? List.of() : List.of(titles.split(", (?=[A-Z])"));
        assertThat(fixes.stream().map(Fixes.Fix::title)).containsAll(wanted);
        assertThat(fixes.isEmpty()).isEqualTo(wanted.isEmpty());
        for (Fixes.Fix fix : fixes) {
            History after = History.of(document).apply(fix.edit());
            assertThat(Report.of(after.present().graph()).problems())
                    .as(fix.title())
                    .isEmpty();
            assertThat(after.undo().present()).isSameAs(document);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Average", "Add", "Subtract", "Multiply", "Maximum", "Minimum"})
    void truthValuesAreCastBeforeTheyAreComputedWith(String kind) {
        Document document = joined(kind, DType.BOOL, "5", "5");
        Report report = Report.of(document.graph());
        assertThat(report.problems(merge))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("Keras cannot do so with two bool inputs"));
        Fixes.Fix fix = Fixes.of(document, report, merge).get(0);
        assertThat(fix.title()).isEqualTo("Cast to float32");
        History after = History.of(document).apply(fix.edit());
        assertThat(Report.of(after.present().graph()).problems()).isEmpty();
        assertThat(after.present().graph().nodes().values())
                .filteredOn(node -> node.layer().className().equals("Cast"))
                .hasSize(2);
        assertThat(after.undoTitle()).contains("cast to float32");
    }

    @Test
    void picturesOfWholeNumbersAreCastForALayerThatNeedsOthers() {
        Document document = joined("ContrastLimitedAdaptiveHistogramEqualization", DType.UINT8, "64x64x3");
        assertThat(Fixes.of(document, Report.of(document.graph()), merge).stream()
                        .map(Fixes.Fix::title))
                .containsExactly("Cast to float32");
    }

    @Test
    void aLayerThatIsGoneHasNone() {
        Document document = joined("Average", "32", "10");
        assertThat(Fixes.of(document, Report.of(document.graph()), new NodeId(99)))
                .isEmpty();
    }
}
