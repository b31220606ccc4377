package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** What is written is what the classes of Keras 3 take. */
class ConstructorsTest {

    private static Set<String> known(Kind<?> kind) {
        return Constructors.of(kind.className(), kind.isOperation())
                .or(() -> Constructors.of(kind.storedAs(), kind.isOperation()))
                .orElseThrow(() -> new AssertionError("Keras has no class " + kind.id()));
    }

    @TestFactory
    Stream<DynamicTest> everySettingOfTheCatalogueIsOneOfKeras() {
        return Layers.ALL.stream()
                .filter(Kind::inKeras)
                .filter(kind -> !GONE.contains(kind.id()))
                .filter(kind -> !kind.module().startsWith("keras.src.applications"))
                .map(kind -> DynamicTest.dynamicTest(kind.id(), () -> {
                    Set<String> names = new TreeSet<>(known(kind));
                    assertThat(names).contains("name");
                    kind.settings().forEach(setting -> assertThat(names).contains(setting.name()));
                }));
    }

    /** Kinds of an older Keras that are written as something else, or not at all. */
    private static final Set<String> GONE = Set.of("LocallyConnected1D", "LocallyConnected2D", "RandomCrop");

    @Test
    void whatAnOlderKerasSaidIsLeftOutAlsoInside() {
        Kind<?> kind = Layers.kind("Bidirectional").orElseThrow();
        Map<String, Object> inner =
                Map.of("class_name", "LSTM", "config", Map.of("units", 3, "time_major", false, "implementation", 2));
        Map<String, Object> config = Map.of("layer", inner, "merge_mode", "sum", "lr", 0.1);
        assertThat(Json.of(Constructors.accepted(kind, config)))
                .isEqualTo(Json.of(Map.of(
                        "layer", Map.of("class_name", "LSTM", "config", Map.of("units", 3)), "merge_mode", "sum")));
    }

    @Test
    void listsAreKept() {
        Kind<?> kind = Layers.kind("StackedRNNCells").orElseThrow();
        Map<String, Object> cell = Map.of("class_name", "GRUCell", "config", Map.of("units", 3, "rng_type", "a"));
        assertThat(Json.of(Constructors.accepted(kind, Map.of("cells", List.of(cell, cell))))
                        .toString())
                .doesNotContain("rng_type")
                .contains("[{");
    }
}
