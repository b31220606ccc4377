package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.Origin;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;

/** Masks of attention follow the rules of Keras 2 and 3, and blocked scores are as in plain loops. */
class MaskPolicyTest {
    private static final Origin SECOND = Origin.of("2.15.0", "tensorflow");

    @BeforeAll
    @BeforeContainer
    static void start() {
        Engine.start();
    }

    private static ComputedLayer read(String text, Origin origin) {
        ComputedLayer layer =
                LayerNotation.parse(text, org.netsplice.problem.Where.NOWHERE).layer();
        Kind<?> kind = layer.kind();
        return kind.read(Layers.modern(kind.className(), Json.of(kind.config(layer)), origin)
                .config());
    }

    @Test
    void aLayerOfAnOldFileKeepsItsRulesAndOthersHaveNone() {
        for (String text : List.of(
                "Add",
                "Multiply",
                "Concatenate",
                "Softmax",
                "MultiHeadAttention",
                "LSTM",
                "Rescaling(scale=2)",
                "TimeDistributed")) {
            ComputedLayer old = read(text, SECOND);
            Kind<?> kind = old.kind();
            assertThat(kind.config(old)).as(text).containsEntry("mask_policy", "keras_2");
            assertThat(kind.read(Json.of(kind.config(old)))).as(text).isEqualTo(old);
            ComputedLayer present = read(text, Origin.KERAS_3);
            assertThat(kind.config(present)).as(text).doesNotContainKey("mask_policy");
            assertThat(present).as(text).isNotEqualTo(old);
            assertThat(kind.settings()).extracting(Setting::name).doesNotContain("mask_policy", "time_major");
        }
        Kind<?> softmax = Layers.kind("Softmax").orElseThrow();
        ComputedLayer changed = softmax.change(read("Softmax", SECOND), "axis", Json.of(1));
        assertThat(((Softmax) changed).maskPolicy()).isEqualTo(MaskPolicy.KERAS_2);
        Json inner = Json.of(Map.of("class_name", "LSTM", "config", Map.of("units", 4)));
        Kind<?> both = Layers.kind("Bidirectional").orElseThrow();
        Bidirectional read =
                (Bidirectional) both.read(Layers.modern("Bidirectional", Json.of(Map.of("layer", inner)), SECOND)
                        .config());
        assertThat(read.layer().run().maskPolicy()).isEqualTo(MaskPolicy.KERAS_2);
    }

    private static float[] bits(Random random, int count) {
        float[] bits = new float[count];
        for (int i = 0; i < count; i++) {
            bits[i] = random.nextInt(3) == 0 ? 0 : 1;
        }
        return bits;
    }

    private static float[] numbers(Random random, int count, double wide) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() * wide);
        }
        return numbers;
    }

    @Property(tries = 100)
    void inKeras2AStepCountsWhereItDoesInEveryInputThatHasAMask(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(3);
        int steps = 1 + random.nextInt(4);
        List<Array> inputs = new ArrayList<>();
        List<Optional<Array>> masks = new ArrayList<>();
        List<float[]> present = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(Array.of(numbers(random, 2 * steps * 3, 1), 2, steps, 3));
            float[] bits = bits(random, 2 * steps);
            boolean masked = random.nextBoolean();
            masks.add(masked ? Optional.of(Array.of(bits, 2, steps)) : Optional.empty());
            if (masked) {
                present.add(bits);
            }
        }
        for (String kind : List.of("Add", "Average", "Multiply", "Maximum", "Minimum", "Concatenate")) {
            ComputedLayer layer = read(kind, SECOND);
            List<Boolean> masked = masks.stream().map(Optional::isPresent).toList();
            assertThat(layer.masks().gives(masked)).isEqualTo(!present.isEmpty());
            assertThat(layer.forward(inputs, masks, List.of()).get(0).values())
                    .isEqualTo(layer.forward(inputs, List.of()).get(0).values());
            if (!present.isEmpty()) {
                float[] mask = layer.masks().mask(inputs, masks).values();
                for (int i = 0; i < mask.length; i++) {
                    int step = i;
                    assertThat(mask[i]).isEqualTo(present.stream().allMatch(bits -> bits[step] == 1) ? 1 : 0);
                }
            }
        }
    }

    @Property(tries = 100)
    void sharesOfScores(@ForAll long seed) {
        Random random = new Random(seed);
        int heads = 1 + random.nextInt(2);
        int targets = 1 + random.nextInt(3);
        int sources = 1 + random.nextInt(4);
        float[] scores = numbers(random, 2 * heads * targets * sources, 5);
        long[][] shapes = {
            {2, targets, sources},
            {2, 1, sources},
            {1, targets, sources},
            {2, heads, targets, sources},
            {2, 1, targets, sources},
            {1, heads, 1, sources}
        };
        long[] shape = shapes[random.nextInt(shapes.length)];
        float[] bits = bits(random, (int) Shape.of(shape).elements());
        AttentionMask mask = AttentionMask.NONE
                .also(Optional.of(Array.of(bits, shape)), false)
                .spread(4, 1);
        for (AttentionMask.Blocking blocking : AttentionMask.Blocking.values()) {
            float[] shares = mask.shares(Array.of(scores, 2, heads, targets, sources), blocking)
                    .values();
            for (int row = 0; row < shares.length / sources; row++) {
                int target = row % targets;
                int head = row / targets % heads;
                int batch = row / targets / heads;
                boolean[] seen = new boolean[sources];
                for (int source = 0; source < sources; source++) {
                    seen[source] = at(bits, shape, batch, head, target, source) == 1;
                }
                double[] wanted = shares(scores, row * sources, seen, blocking);
                for (int source = 0; source < sources; source++) {
                    assertThat((double) shares[row * sources + source]).isCloseTo(wanted[source], within(1e-5));
                }
            }
        }
    }

    private static float at(float[] bits, long[] shape, int batch, int head, int target, int source) {
        int[] place = shape.length == 3 ? new int[] {batch, target, source} : new int[] {batch, head, target, source};
        int index = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            index = index * (int) shape[axis] + (shape[axis] == 1 ? 0 : place[axis]);
        }
        return bits[index];
    }

    private static double[] shares(float[] scores, int from, boolean[] seen, AttentionMask.Blocking blocking) {
        double[] lowered = new double[seen.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < seen.length; i++) {
            lowered[i] = seen[i]
                    ? scores[from + i]
                    : blocking == AttentionMask.Blocking.LOWERED ? scores[from + i] + -1e9f : -1e9f;
            most = Math.max(most, lowered[i]);
        }
        double sum = 0;
        for (double one : lowered) {
            sum += Math.exp(one - most);
        }
        double[] shares = new double[seen.length];
        for (int i = 0; i < seen.length; i++) {
            boolean zero = blocking == AttentionMask.Blocking.ZEROED && !seen[i];
            shares[i] = zero ? 0 : Math.exp(lowered[i] - most) / sum;
        }
        return shares;
    }

    /** A sequence whose mask is taken by an attention layer is unmasked for layers after it, not for those before it. */
    @Test
    void attentionTakesMasksAway() {
        Array sequence = Array.of(new float[] {1, 2, 0, 0, 3, 4}, 1, 3, 2);
        Array factors = Array.of(new float[] {5, 6, 7, 8, 9, 10}, 1, 3, 2);
        for (String text : List.of("MultiHeadAttention(num_heads=1, key_dim=2)", "GroupQueryAttention(head_dim=2)")) {
            ComputedLayer attention = read(text, Origin.KERAS_3);
            float[] before = product(attention, false, sequence, factors);
            float[] after = product(attention, true, sequence, factors);
            assertThat(before).containsExactly(5, 12, 7, 8, 27, 40);
            boolean takes = text.startsWith("Multi");
            assertThat(after).containsExactly(5, 12, takes ? 0 : 7, takes ? 0 : 8, 27, 40);
        }
        float[] old = product(read("MultiHeadAttention(num_heads=1, key_dim=2)", SECOND), true, sequence, factors);
        assertThat(old).containsExactly(5, 12, 7, 8, 27, 40);
    }

    private static float[] product(ComputedLayer attention, boolean first, Array sequence, Array factors) {
        Submodel.Place masked = new Submodel.Place(1, 0);
        Submodel.Step attend = new Submodel.Step(attention, List.of(masked, masked), "a");
        Submodel.Step multiply =
                new Submodel.Step(read("Multiply", Origin.KERAS_3), List.of(masked, new Submodel.Place(-1, 1)), "m");
        List<Submodel.Step> steps = List.of(
                new Submodel.Step(read("Masking", Origin.KERAS_3), List.of(new Submodel.Place(-1, 0)), "s"),
                new Submodel.Step(read("Dropout", Origin.KERAS_3), List.of(new Submodel.Place(0, 0)), "d"),
                first ? attend : multiply,
                first ? multiply : attend);
        Submodel model = new Submodel(steps, List.of(new Submodel.Place(first ? 3 : 2, 0)), Json.of(Map.of()));
        List<TensorSpec> specs = Shapes.of(List.of(sequence, factors));
        List<Array> weights = model.weights(specs).stream()
                .map(spec -> Array.zeros(spec.shape().sizes()))
                .toList();
        return model.forward(List.of(sequence, factors), List.of(Optional.empty(), Optional.empty()), weights)
                .get(0)
                .values();
    }

    @Test
    void keras3HasNoStepsOnTheFirstAxis() {
        ComputedLayer layer = Layers.kind("LSTM").orElseThrow().read(Json.of(Map.of("units", 2, "time_major", true)));
        assertThat(FormerSettings.of(layer)).contains("time_major=true");
        ComputedLayer around = Layers.kind("Bidirectional")
                .orElseThrow()
                .read(Json.of(Map.of(
                        "layer", Map.of("class_name", "LSTM", "config", Map.of("units", 2, "time_major", true)))));
        assertThat(FormerSettings.of(around)).contains("time_major=true");
        assertThat(FormerSettings.of(read("LSTM", SECOND))).isEmpty();
    }
}
