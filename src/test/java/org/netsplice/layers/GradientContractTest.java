package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.ops.Differences;
import org.netsplice.ops.NoGradientException;
import org.netsplice.ops.Tape;
import org.netsplice.problem.Where;

/**
 * Gradients of every kind of the catalogue, by inputs and weights, against central differences in float64, and those in float32 against
 * those in float64.
 */
class GradientContractTest {
    private static final double BOUND = 1e-6;
    /** The largest error in float32, as a share of the largest gradient of the same array. */
    private static final double SINGLE = 1e-4;

    /** Inputs that are whole numbers, for which no gradient is asked. */
    private static final Map<String, Integer> WHOLE_INPUTS =
            Map.of("Embedding", 0, "ReversibleEmbedding", 0, "ops.SegmentSum", 1);

    /** So that the inverse of the hyperbolic cosine exists. */
    private static final double LEAST_POSITIVE = 1;

    /** Kinds that take numbers above 0 only, or above 1. */
    private static final Set<String> POSITIVE =
            Set.of("ops.Arccosh", "ops.Log", "ops.Log10", "ops.Log2", "ops.Power", "ops.Rsqrt", "ops.Sqrt");

    /** The operation that has no gradient, by kind. */
    private static final Map<String, String> WITHOUT =
            """
            CategoryEncoding: one-hot encoding
            ContrastLimitedAdaptiveHistogramEqualization: histogram equalisation
            Discretization: finding intervals
            MelSpectrogram: spectrum
            Quantized: rounding
            Vote: voting
            ops.All: all
            ops.Angle: angle
            ops.Any: any
            ops.Argmax: argmax
            ops.Argmin: argmin
            ops.BitwiseAnd: bitwise_and
            ops.BitwiseInvert: bitwise_invert
            ops.BitwiseLeftShift: bitwise_left_shift
            ops.BitwiseNot: bitwise_not
            ops.BitwiseOr: bitwise_or
            ops.BitwiseRightShift: bitwise_right_shift
            ops.BitwiseXor: bitwise_xor
            ops.Ceil: ceil
            ops.Cholesky: Cholesky factors
            ops.CountNonzero: count_nonzero
            ops.Digitize: digitize
            ops.Floor: floor
            ops.FloorDivide: floor_divide
            ops.Gcd: gcd
            ops.Heaviside: heaviside
            ops.Lcm: lcm
            ops.LeftShift: left_shift
            ops.MultiHot: one-hot encoding
            ops.Nanargmax: nanargmax
            ops.Nanargmin: nanargmin
            ops.Nextafter: nextafter
            ops.OneHot: one-hot encoding
            ops.RightShift: right_shift
            ops.Round: round
            ops.SearchSorted: search_sorted
            ops.SegmentMax: segment_max
            ops.SegmentMin: segment_min
            ops.SegmentProd: segment_prod
            ops.Sparsemax: sparsemax
            ops.Trunc: trunc
            ops.UnravelIndex: unravel_index
            """.lines().map(line -> line.split(": ")).collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

    /** Kinds whose gradients are 0 everywhere, or whose results are whole numbers, which have none. */
    private static final Set<String> FLAT =
            Arrays.stream("""
            HashedCrossing Hashing IntegerLookup ops.Argsort ops.Cast ops.Equal ops.FullLike ops.Greater
            ops.GreaterEqual ops.Imag ops.InTopK ops.IsIn ops.Isclose ops.Isfinite ops.Isinf ops.Isnan ops.Isneginf
            ops.Isposinf ops.Isreal ops.Less ops.LessEqual ops.LogicalAnd ops.LogicalNot ops.LogicalOr ops.LogicalXor
            ops.NotEqual ops.OnesLike ops.SaturateCast ops.Sign ops.Signbit ops.ZerosLike ops.StopGradient
            """.strip().split("\\s+")).collect(Collectors.toSet());

    /** The kind whose gradient is 0 although its result is its input. */
    private static final String STOPPING = "ops.StopGradient";

    @BeforeAll
    static void start() {
        Engine.start();
    }

    @TestFactory
    Stream<DynamicTest> gradientsAreThoseOfCentralDifferences() {
        return Layers.ALL.stream()
                .map(kind -> DynamicTest.dynamicTest(kind.id(), () -> {
                    ComputedLayer layer = LayerNotation.parse(
                                    kind.id() + "(" + kind.example().settings() + ")", Where.NOWHERE)
                            .layer();
                    Case example =
                            new Case(layer, specs(kind), new Random(kind.id().hashCode()));
                    Optional<String> obstacle = example.check();
                    assertThat(obstacle).isEqualTo(Optional.ofNullable(WITHOUT.get(kind.id())));
                    assertThat(obstacle.isEmpty() && example.flat()).isEqualTo(FLAT.contains(kind.id()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> soAreThoseOfOtherSettingsAndShapes() {
        return Layers.ALL.stream()
                .map(kind -> DynamicTest.dynamicTest(kind.id(), () -> {
                    for (int seed = 0; seed < 5; seed++) {
                        RandomLayers layers = new RandomLayers(seed, kind, true);
                        Optional<ComputedLayer> layer = layers.layer();
                        List<TensorSpec> specs = layers.inputs();
                        if (layer.isPresent() && isSmall(layer.get(), specs)) {
                            try {
                                new Case(layer.get(), specs, new Random(seed)).check();
                            } catch (Layer.Misfit refused) {
                                assertThat(refused).as("numbers it cannot take").isNotNull();
                            }
                        }
                    }
                }));
    }

    private static boolean isSmall(ComputedLayer layer, List<TensorSpec> specs) {
        try {
            if (!layer.arity().allows(specs.size())) {
                return false;
            }
            long outputs = layer.inferOutputs(specs).stream()
                    .mapToLong(spec -> spec.shape().withBatch(2).elements())
                    .sum();
            long numbers = Stream.concat(
                            specs.stream().map(TensorSpec::shape),
                            layer.weights(specs).stream().map(spec -> spec.shape()))
                    .mapToLong(Shape::elements)
                    .sum();
            return numbers < 200 && outputs < 2_000;
        } catch (Layer.Misfit | ArithmeticException refused) {
            return false;
        }
    }

    /** A layer with numbers. */
    private static final class Case {
        private final ComputedLayer layer;
        private final Random random;
        private final int inputs;
        private final List<Array> arguments = new ArrayList<>();
        private final List<Integer> watched = new ArrayList<>();
        private boolean flat;

        Case(ComputedLayer layer, List<TensorSpec> specs, Random random) {
            this.layer = layer;
            this.random = random;
            this.inputs = specs.size();
            String id = layer.kind().id();
            long rows = layer.weights(specs).stream()
                    .filter(spec -> spec.shape().rank() > 0)
                    .mapToLong(spec -> spec.shape().size(0))
                    .findFirst()
                    .orElse(2);
            for (int i = 0; i < inputs; i++) {
                long[] sizes = specs.get(i).shape().withBatch(2).sizes();
                if (WHOLE_INPUTS.getOrDefault(id, -1) == i) {
                    long count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
                    arguments.add(
                            Array.of(random.longs(count, 0, Math.max(1, rows)).toArray(), sizes));
                } else {
                    watched.add(i);
                    arguments.add(numbers(POSITIVE.contains(id), sizes));
                }
            }
            Weights weights = Initial.draw(7, new WeightsId(1), layer.weights(specs));
            weights.tensors().forEach(tensor -> {
                watched.add(arguments.size());
                boolean variance = layer.weights(specs)
                        .get(arguments.size() - inputs)
                        .name()
                        .contains("variance");
                arguments.add(numbers(
                        variance,
                        tensor.shape().rank() == 0
                                ? new long[] {1}
                                : tensor.shape().sizes()));
            });
        }

        boolean flat() {
            return flat;
        }

        /** Numbers of which none is near 0. */
        private Array numbers(boolean positive, long... sizes) {
            int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
            return Array.of(
                    random.doubles(count, 0.15, 0.95)
                            .map(v -> positive ? v + LEAST_POSITIVE : random.nextBoolean() ? v : -v)
                            .toArray(),
                    sizes);
        }

        /** Checks the gradients; returns the operation without one, if there is any. */
        Optional<String> check() {
            Optional<String> obstacle = check(this::forward);
            if (layer.differsInTraining(true) && layer.untrainable().isEmpty()) {
                assertThat(check(this::forwardTraining)).isEmpty();
            }
            return obstacle;
        }

        private Optional<String> check(Function<List<Array>, List<Array>> computation) {
            List<Array> own = watched.stream().map(arguments::get).toList();
            List<Array> seeds = new ArrayList<>();
            List<Array> gradients;
            try {
                gradients = gradients(computation, own, seeds);
            } catch (NoGradientException none) {
                return Optional.of(none.operation());
            }
            if (!layer.kind().id().equals(STOPPING)) {
                Differences.check(own, now -> real(computation.apply(with(now))), seeds, gradients, BOUND);
            }
            List<Array> single =
                    own.stream().map(array -> array.as(Array.Form.FLOAT)).toList();
            compare(gradients(computation, single, seeds), gradients);
            flat = gradients.stream().allMatch(g -> Arrays.stream(g.doubles()).allMatch(v -> v == 0));
            return Optional.empty();
        }

        private List<Array> gradients(
                Function<List<Array>, List<Array>> computation, List<Array> own, List<Array> seeds) {
            try (Tape tape = Tape.record(own)) {
                List<Array> outputs = real(computation.apply(with(own)));
                if (seeds.isEmpty()) {
                    outputs.forEach(output -> seeds.add(numbers(false, output.sizes())));
                }
                return tape.gradients(outputs, seeds);
            }
        }

        private static void compare(List<Array> single, List<Array> exact) {
            for (int i = 0; i < exact.size(); i++) {
                double[] expected = exact.get(i).doubles();
                double[] found = single.get(i).doubles();
                double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
                for (int k = 0; k < expected.length; k++) {
                    assertThat(found[k])
                            .as("in float32: argument " + i + ", number " + k)
                            .isCloseTo(expected[k], within(SINGLE * Math.max(0.01, largest)));
                }
            }
        }

        private List<Array> with(List<Array> now) {
            List<Array> all = new ArrayList<>(arguments);
            IntStream.range(0, now.size()).forEach(i -> all.set(watched.get(i), now.get(i)));
            return all;
        }

        private List<Array> forward(List<Array> all) {
            return layer.compute(all.subList(0, inputs), List.of(), all.subList(inputs, all.size()));
        }

        private List<Array> forwardTraining(List<Array> all) {
            TrainingPass pass = new TrainingPass(true, new SplittableRandom(11));
            return layer.forwardTraining(all.subList(0, inputs), List.of(), all.subList(inputs, all.size()), pass)
                    .outputs();
        }

        private static List<Array> real(List<Array> outputs) {
            return outputs.stream()
                    .filter(output -> output.form() != Array.Form.WHOLE)
                    .toList();
        }
    }

    private static List<TensorSpec> specs(Kind<?> kind) {
        List<TensorSpec> specs = new ArrayList<>();
        for (String text : kind.example().inputs()) {
            String[] parts = text.replaceAll("[() ]", "").split(",");
            long[] sizes = new long[parts.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = parts[i].equals("None") ? Shape.UNKNOWN : Long.parseLong(parts[i]);
            }
            specs.add(TensorSpec.of(Shape.of(sizes)));
        }
        return specs;
    }
}
