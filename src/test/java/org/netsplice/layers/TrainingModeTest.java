package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.problem.Where;

/** Which layers compute otherwise in training, and which cannot. */
class TrainingModeTest {
    private static final Array X = Array.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    private static final List<Array> WEIGHTS = List.of(vector(2, 3), vector(1, -1), vector(0, 1), vector(1, 4));

    private static final Offset<Double> LEAST = within(1e-6);

    @BeforeAll
    static void start() {
        Engine.start();
    }

    private static Array vector(float... values) {
        return Array.of(values, values.length);
    }

    private static ComputedLayer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private static Trained train(ComputedLayer layer, boolean trainable) {
        TrainingPass pass = new TrainingPass(trainable, new SplittableRandom(1));
        return layer.forwardTraining(List.of(X), List.of(Optional.empty()), WEIGHTS, pass);
    }

    @Test
    void aFrozenBatchNormalizationKeepsToItsMovingStatistics() {
        ComputedLayer layer = layer("BatchNormalization(momentum=0.75)");
        Trained frozen = train(layer, false);
        assertThat(frozen.renewed()).isEmpty();
        assertThat(frozen.outputs().get(0).values())
                .isEqualTo(layer.forward(List.of(X), WEIGHTS).get(0).values());
        Trained trained = train(layer, true);
        assertThat(trained.renewed().get(2).values()).containsExactly(0.75f, 1.75f);
        assertThat(trained.renewed().get(3).doubles()[0]).isEqualTo(0.75 + 0.25 * 8 / 3, LEAST);
        assertThat(trained.renewed().get(3).doubles()[1]).isEqualTo(3 + 0.25 * 8 / 3, LEAST);
    }

    @Test
    void aCallMayRefuseTraining() {
        for (String name : List.of("BatchNormalization", "Dropout", "GaussianNoise")) {
            Kind<?> kind = Layers.kind(name).orElseThrow();
            Map<String, Object> config = new LinkedHashMap<>(kind.config(kind.standard()));
            config.put("call", Map.of("inputs", Map.of("input", 0), "training", false));
            ComputedLayer refusing = kind.read(Json.of(config));
            assertThat(kind.standard().differsInTraining(true)).as(name).isTrue();
            assertThat(refusing.differsInTraining(true)).as(name).isFalse();
            assertThat(train(refusing, true).outputs().get(0).values())
                    .as(name)
                    .isEqualTo(refusing.forward(List.of(X), WEIGHTS).get(0).values());
        }
    }

    @Test
    void everyLayerThatDiffersInTrainingIsKnown() {
        Set<String> differing = Stream.of(
                        "Dropout AlphaDropout GaussianDropout SpatialDropout1D SpatialDropout2D SpatialDropout3D"
                                .split(" "),
                        "GaussianNoise BatchNormalization SpectralNormalization RandomCrop".split(" "))
                .flatMap(Stream::of)
                .collect(Collectors.toSet());
        Augmentation.KINDS.forEach(kind -> differing.add(kind.id()));
        assertThat(Layers.ALL.stream()
                        .filter(kind -> kind.standard().differsInTraining(true))
                        .map(Kind::id))
                .containsExactlyInAnyOrderElementsOf(differing);
        assertThat(layer("MultiHeadAttention(num_heads=2, key_dim=2, dropout=0.1)")
                        .differsInTraining(false))
                .isTrue();
        assertThat(layer("StochasticDepth(drop_path_rate=0.1)").differsInTraining(false))
                .isTrue();
    }

    @Test
    void whatTrainingCannotComputeIsSaid() {
        assertThat(Layers.kind("RandomFlip").orElseThrow().standard().untrainable())
                .contains("changes images at random in training, which is not computed here");
        assertThat(layer(
                                "TimeDistributed(layer={\"class_name\": \"BatchNormalization\", \"config\": {\"epsilon\": 0.001}})")
                        .untrainable())
                .isPresent();
        assertThat(layer("TimeDistributed(layer={\"class_name\": \"Dropout\", \"config\": {\"rate\": 0.5}})")
                        .untrainable())
                .isEmpty();
        assertThat(layer("BatchNormalization(renorm=true)").untrainable()).isPresent();
        assertThat(layer("Dense(units=2)").untrainable()).isEmpty();
    }
}
