package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.ops.Array;
import org.netsplice.problem.Where;

/** What a layer says of its axes holds: entries in another order along a bond give the same results in that order. */
class AxesContractTest {
    /** Settings beside those of the examples, with the shapes of their inputs. */
    private static final List<Kind.Example> MORE = List.of(
            new Kind.Example("Dense(units=4, activation=softmax, use_bias=false)", "(None, 5)"),
            new Kind.Example("Dense(units=4, activation=glu)", "(None, 5)"),
            new Kind.Example("Conv2D(filters=4, kernel_size=2, groups=2)", "(None, 3, 3, 4)"),
            new Kind.Example("Conv2D(filters=4, kernel_size=2, data_format=channels_first)", "(None, 3, 4, 4)"),
            new Kind.Example("DepthwiseConv2D(kernel_size=2, depth_multiplier=2)", "(None, 3, 3, 3)"),
            new Kind.Example("SeparableConv2D(filters=3, kernel_size=2, depth_multiplier=2)", "(None, 3, 3, 4)"),
            new Kind.Example("BatchNormalization(axis=1, scale=false)", "(None, 3, 4)"),
            new Kind.Example("LayerNormalization(axis=1)", "(None, 3, 4)"),
            new Kind.Example("LayerNormalization(axis=-1, rms_scaling=true)", "(None, 3, 4)"),
            new Kind.Example("PReLU()", "(None, 3, 4)"),
            new Kind.Example("LSTM(units=3, return_sequences=true)", "(None, 4, 3)"),
            new Kind.Example("GRU(units=3, reset_after=false)", "(None, 4, 3)"),
            new Kind.Example("GRU(units=3, return_state=true)", "(None, 4, 3)"),
            new Kind.Example("SimpleRNN(units=3, use_bias=false, return_state=true)", "(None, 4, 3)"),
            new Kind.Example(
                    "Bidirectional(layer={\"class_name\": \"LSTM\", \"config\": {\"units\": 3, \"return_sequences\": true}})",
                    "(None, 4, 3)"),
            new Kind.Example("MultiHeadAttention(num_heads=3, key_dim=2, value_dim=4)", "(None, 4, 3)", "(None, 5, 2)"),
            new Kind.Example("Flatten(data_format=channels_first)", "(None, 3, 4, 2)"),
            new Kind.Example("Reshape(target_shape=[1, 1, 6])", "(None, 6)"),
            new Kind.Example("Reshape(target_shape=[6, 4])", "(None, 2, 3, 4)"),
            new Kind.Example("Reshape(target_shape=[4, 6])", "(None, 2, 3, 4)"),
            new Kind.Example("Reshape(target_shape=[24])", "(None, 2, 3, 4)"),
            new Kind.Example("Concatenate()", "(None, 3, 4)", "(None, 3, 2)"),
            new Kind.Example("Multiply()", "(None, 3, 3, 4)", "(None, 1, 1, 4)"),
            new Kind.Example("GlobalAveragePooling2D(data_format=channels_first)", "(None, 3, 4, 2)"));

    @TestFactory
    Stream<DynamicTest> everyKindKeepsWhatItSaysOfItsAxes() {
        Engine.start();
        Stream<DynamicTest> examples = Layers.ALL.stream()
                .map(kind -> DynamicTest.dynamicTest(
                        kind.id(),
                        () -> check(
                                kind.id() + "(" + kind.example().settings() + ")",
                                kind.example().inputs())));
        Stream<DynamicTest> more = MORE.stream()
                .map(example ->
                        DynamicTest.dynamicTest(example.settings(), () -> check(example.settings(), example.inputs())));
        return Stream.concat(examples, more);
    }

    private static void check(String text, String... shapes) {
        ComputedLayer layer = LayerNotation.parse(text, Where.NOWHERE).layer();
        List<TensorSpec> specs =
                Arrays.stream(shapes).map(AxesContractTest::spec).toList();
        List<Axes.Bond> bonds = layer.axes(specs).bonds();
        Random random = new Random(5);
        List<Array> inputs = specs.stream()
                .map(spec -> numbers(random, spec.shape().withBatch(2)))
                .toList();
        List<Array> weights = layer.weights(specs).stream()
                .map(spec -> numbers(random, spec.shape().rank() == 0 ? Shape.of(1) : spec.shape()))
                .toList();
        Set<Integer> done = new HashSet<>();
        for (int first = 0; first < bonds.size(); first++) {
            List<Axes.Place> together = new ArrayList<>();
            for (int i = first; i < bonds.size(); i++) {
                boolean shared = i == first
                        || bonds.get(i).places().stream()
                                .anyMatch(place -> place.of() == Axes.Of.INPUT && together.contains(place));
                if (shared && done.add(i)) {
                    together.addAll(bonds.get(i).places());
                }
            }
            int size = bonds.get(first).size();
            int[] order = order(random, size);
            List<Array> expected = new ArrayList<>();
            List<Array> plain = layer.forward(inputs, weights);
            for (int i = 0; i < plain.size(); i++) {
                expected.add(ordered(plain.get(i), Axes.Of.OUTPUT, i, together, size, order));
            }
            List<Array> moved = layer.forward(
                    all(inputs, Axes.Of.INPUT, together, size, order),
                    all(weights, Axes.Of.WEIGHT, together, size, order));
            for (int i = 0; i < moved.size(); i++) {
                float[] right = expected.get(i).values();
                float[] found = moved.get(i).values();
                assertThat(found).hasSameSizeAs(right);
                for (int k = 0; k < right.length; k++) {
                    assertThat(Math.abs(found[k] - right[k]))
                            .as(text + ", output " + i + ", " + together)
                            .isLessThanOrEqualTo(1e-5f * Math.max(1, Math.abs(right[k])));
                }
            }
        }
    }

    private static TensorSpec spec(String text) {
        String[] parts = text.replaceAll("[() ]", "").split(",");
        long[] sizes = new long[parts.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = parts[i].equals("None") ? Shape.UNKNOWN : Long.parseLong(parts[i]);
        }
        return TensorSpec.of(Shape.of(sizes));
    }

    /** Positive numbers, so that they are variances too. */
    private static Array numbers(Random random, Shape shape) {
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.1f + random.nextFloat();
        }
        return Array.of(values, shape.sizes());
    }

    /** An order other than the present one. */
    private static int[] order(Random random, int size) {
        int[] order = new int[size];
        int shift = 1 + random.nextInt(size - 1);
        Arrays.setAll(order, i -> (i + shift) % size);
        return order;
    }

    private static List<Array> all(List<Array> arrays, Axes.Of of, List<Axes.Place> places, int size, int... order) {
        List<Array> moved = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            moved.add(ordered(arrays.get(i), of, i, places, size, order));
        }
        return moved;
    }

    private static Array ordered(Array array, Axes.Of of, int index, List<Axes.Place> places, int size, int... order) {
        float[] values = array.values();
        for (Axes.Place place : Set.copyOf(places)) {
            if (place.of() == of && place.index() == index) {
                values = along(values, array.sizes(), place, size, order);
            }
        }
        return Array.of(values, array.sizes());
    }

    private static float[] along(float[] values, long[] sizes, Axes.Place place, int size, int... order) {
        int inner = 1;
        for (int axis = place.axis() + 1; axis < sizes.length; axis++) {
            inner *= (int) sizes[axis];
        }
        int length = (int) sizes[place.axis()];
        float[] moved = values.clone();
        for (int i = 0; i < values.length; i++) {
            int position = i / inner % length;
            for (int repeat = 0; repeat < place.repeats(); repeat++) {
                for (int entry = 0; entry < size; entry++) {
                    for (int neighbour = 0; neighbour < place.stride(); neighbour++) {
                        if (place.position(size, repeat, entry, neighbour) == position) {
                            int from = place.position(size, repeat, order[entry], neighbour);
                            moved[i] = values[i + (from - position) * inner];
                        }
                    }
                }
            }
        }
        return moved;
    }
}
