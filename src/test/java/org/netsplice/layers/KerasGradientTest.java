package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.ops.Tape;
import org.netsplice.testing.Fixtures;

/** Small models in training have Keras' gradients and moving statistics; {@code src/test/python/gradients.py} wrote the cases. */
class KerasGradientTest {
    private static final double BOUND = 2e-4;
    private static final double LEAST = 2e-5;

    @TestFactory
    Stream<DynamicTest> modelsInTraining() {
        Engine.start();
        return Fixtures.json(Path.of("src/test/resources/gradients.json")).items().stream()
                .map(one -> DynamicTest.dynamicTest(one.get("name").text(), () -> check(one)));
    }

    private static void check(Json model) {
        List<Array> inputs = inputs(model);
        Submodel layers = layers(model, inputs.size());
        List<WeightSpec> specs = layers.weights(Shapes.of(inputs));
        List<Array> weights = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            long[] sizes = specs.get(i).shape().sizes();
            double[] values = numbers(size(sizes), 10 + i);
            boolean variance = specs.get(i).name().contains("variance");
            weights.add(single(
                    variance ? Arrays.stream(values).map(v -> Math.abs(v) + 0.5).toArray() : values, sizes));
        }
        List<Array> watched = new ArrayList<>(model.get("name").text().equals("embedding") ? List.of() : inputs);
        IntStream.range(0, specs.size())
                .filter(i -> specs.get(i).trainable())
                .mapToObj(weights::get)
                .forEach(watched::add);
        try (Tape tape = Tape.record(watched)) {
            TrainingPass pass = new TrainingPass(true, new SplittableRandom(1));
            Trained trained = layers.forwardTraining(
                    inputs,
                    inputs.stream().map(input -> Optional.<Array>empty()).toList(),
                    weights,
                    pass);
            Array output = trained.outputs().get(0);
            Array seed = single(numbers((int) output.length(), 99), output.sizes());
            assertClose(dot(output.doubles(), seed.doubles()), model.get("loss").number(), "loss");
            List<Array> gradients = tape.gradients(List.of(output), List.of(seed));
            List<Json> expected = model.get("gradients").items();
            int skipped = expected.size() - gradients.size();
            for (int i = 0; i < gradients.size(); i++) {
                assertSums(gradients.get(i), i + skipped, expected.get(i + skipped), "gradient " + i);
            }
            List<Json> renewed = model.get("renewed").items();
            int next = 0;
            for (int i = 0; i < specs.size(); i++) {
                if (!specs.get(i).trainable()) {
                    Array now = trained.renewed().getOrDefault(i, weights.get(i));
                    assertSums(now, i, renewed.get(next++), "weight " + i);
                }
            }
            assertThat(next).isEqualTo(renewed.size());
        }
    }

    /** The layers one after the other; the first one gets all inputs. */
    private static Submodel layers(Json model, int inputs) {
        List<Submodel.Step> steps = new ArrayList<>();
        for (Json layer : model.get("layers").items()) {
            Kind<?> kind = Layers.kind(layer.get("class_name").text()).orElseThrow();
            ComputedLayer read = kind.read(layer.get("config"));
            List<Submodel.Place> from = steps.isEmpty()
                    ? IntStream.range(0, inputs)
                            .mapToObj(i -> new Submodel.Place(-1, i))
                            .toList()
                    : List.of(new Submodel.Place(steps.size() - 1, 0));
            steps.add(new Submodel.Step(read, from, "layer" + steps.size()));
        }
        return new Submodel(steps, List.of(new Submodel.Place(steps.size() - 1, 0)), Json.of(Map.of()));
    }

    private static List<Array> inputs(Json model) {
        String name = model.get("name").text();
        List<Array> inputs = new ArrayList<>();
        for (Json shape : model.get("shapes").items()) {
            long[] sizes = Stream.concat(Stream.of(2L), shape.items().stream().map(Json::integer))
                    .mapToLong(Long::longValue)
                    .toArray();
            double[] values = numbers(size(sizes), inputs.size());
            if (name.equals("embedding")) {
                Arrays.setAll(values, i -> (i * 7 + 3) % 6);
            } else if (name.contains("mask")) {
                int row = values.length / 2;
                Arrays.fill(values, row - 2 * (int) sizes[2], row, 0);
            }
            inputs.add(single(values, sizes));
        }
        return inputs;
    }

    private static int size(long... sizes) {
        return (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    }

    private static Array single(double[] values, long... sizes) {
        return Array.of(values, sizes.length == 0 ? new long[] {1} : sizes).as(Array.Form.FLOAT);
    }

    /** The formula of the cases' numbers. */
    private static double[] numbers(int count, int salt) {
        return IntStream.range(0, count)
                .mapToDouble(i -> 0.8 * Math.sin(1 + 0.7 * i + 1.3 * salt))
                .toArray();
    }

    private static double dot(double[] one, double... other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    private static void assertSums(Array array, int salt, Json expected, String what) {
        double[] values = array.doubles();
        assertClose(
                dot(values, numbers(values.length, salt)),
                expected.items().get(0).number(),
                what);
        assertClose(
                dot(values, numbers(values.length, salt + 50)),
                expected.items().get(1).number(),
                what);
    }

    private static void assertClose(double found, double expected, String what) {
        assertThat(found).as(what).isCloseTo(expected, within(LEAST + BOUND * Math.abs(expected)));
    }
}
