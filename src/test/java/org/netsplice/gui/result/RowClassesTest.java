package org.netsplice.gui.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Classes that outputs name, and rows for which they differ. */
class RowClassesTest {
    private static Tensor rows(int width, float... values) {
        return Tensor.of(Shape.of(values.length / width, width), values);
    }

    private static RowClasses of(Tensor values, String... names) {
        return RowClasses.of(values, List.of(names)).orElseThrow();
    }

    @Test
    void probabilitiesOfSeveralClassesAreOrdered() {
        RowClasses classes = of(rows(3, 0.2f, 0.5f, 0.3f, 0.4f, 0.4f, 0.2f), "a", "b");
        assertThat(classes.rows()).isEqualTo(2);
        assertThat(classes.likeliest(0, 2)).containsExactly(1, 2);
        assertThat(classes.likeliest(0, 9)).containsExactly(1, 2, 0);
        assertThat(classes.best(1)).as("the first of equally likely ones").isZero();
        assertThat(classes.likeliest(1, 1)).containsExactly(0);
        assertThat(List.of(classes.name(1), classes.name(2))).containsExactly("b", "2");
    }

    @Test
    void oneProbabilityIsThatOfTheSecondOfTwoNames() {
        RowClasses classes = of(rows(1, 0.25f, 0.75f), "no", "yes");
        assertThat(classes.count()).isEqualTo(2);
        assertThat(classes.best(0)).isZero();
        assertThat(classes.probability(0, 0)).isEqualTo(0.75);
        assertThat(classes.likeliest(1, 2)).containsExactly(1, 0);
    }

    @Test
    void otherNumbersNameNoClasses() {
        assertThat(RowClasses.of(rows(2, 0.2f, 0.2f), List.of())).isEmpty();
        assertThat(RowClasses.of(rows(2, -0.5f, 1.5f), List.of())).isEmpty();
        assertThat(RowClasses.of(rows(2, Float.NaN, 1), List.of())).isEmpty();
        assertThat(RowClasses.of(rows(1, 0.5f), List.of("a"))).isEmpty();
        assertThat(RowClasses.of(Tensor.of(Shape.of(1, 2, 1), 0.5f, 0.5f), List.of()))
                .isEmpty();
        assertThat(RowClasses.of(Tensor.of(Shape.of(0, 2)), List.of())).isEmpty();
    }

    @Test
    void opinionsAreThoseAboutAsManyClassesAndRows() {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put("one", rows(2, 1, 0, 1, 0));
        outputs.put("features", rows(2, 3, 4, 5, 6));
        outputs.put("three classes", rows(3, 1, 0, 0, 0, 1, 0));
        outputs.put("other", rows(2, 1, 0, 0, 1));
        Opinions opinions = Opinions.like(of(outputs.get("one")), outputs, List.of());
        assertThat(opinions.said()).containsOnlyKeys("one", "other");
        assertThat(opinions.several()).isTrue();
        assertThat(opinions.differ(0)).isFalse();
        assertThat(opinions.differ(1)).isTrue();
    }
}
