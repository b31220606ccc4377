package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.ops.Array;
import org.netsplice.problem.ModelException;

/** A layer tells, for any settings and shapes, its outputs and weights or, in a sentence, what does not fit; and what it says is what it computes. */
@Tag("slow")
class ShapeRulesTest {
    private static final int TRIES = 150;
    private static final long MOST = 20_000;

    @BeforeAll
    static void start() {
        Engine.start();
    }

    private static Stream<DynamicTest> forEach(java.util.function.Consumer<Kind<?>> law) {
        return Layers.ALL.stream().map(kind -> DynamicTest.dynamicTest(kind.id(), () -> law.accept(kind)));
    }

    @TestFactory
    Stream<DynamicTest> everyShapeHasAnAnswer() {
        return forEach(kind -> {
            for (int seed = 0; seed < TRIES; seed++) {
                RandomLayers some = new RandomLayers(seed, kind, seed % 2 == 0);
                Optional<ComputedLayer> layer = some.layer();
                List<TensorSpec> inputs = some.inputs();
                try {
                    layer.ifPresent(one -> answer(one, inputs));
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
                    throw new AssertionError(described(kind, layer, inputs), failure);
                }
            }
        });
    }

    /** Outputs, none when the inputs do not fit. */
    private static Optional<List<TensorSpec>> answer(ComputedLayer layer, List<TensorSpec> inputs) {
        assertThat(layer.outputCount()).isPositive();
        try {
            if (!layer.arity().allows(inputs.size())) {
                return Optional.empty();
            }
            List<TensorSpec> outputs = layer.inferOutputs(inputs);
            assertThat(outputs).hasSize(layer.outputCount());
            layer.weights(inputs);
            layer.flops(inputs, outputs);
            if (layer instanceof WrittenAsSteps written) {
                written.inKeras(inputs);
            }
            layer.activationText();
            layer.traits();
            return Optional.of(outputs);
        } catch (Layer.Misfit misfit) {
            assertThat(misfit.getMessage()).isNotBlank();
            return Optional.empty();
        } catch (ArithmeticException large) {
            assertThat(large).hasMessageEndingWith("overflow");
            return Optional.empty();
        }
    }

    private static String described(Kind<?> kind, Optional<ComputedLayer> layer, List<TensorSpec> inputs) {
        return kind.id() + layer.map(one -> kind.config(one).toString()).orElse("") + " of "
                + inputs.stream().map(TensorSpec::shape).toList();
    }

    @TestFactory
    Stream<DynamicTest> whatIsSaidIsComputed() {
        return forEach(kind -> {
            for (int seed = 0; seed < TRIES; seed++) {
                RandomLayers some = new RandomLayers(seed, kind, true);
                Optional<ComputedLayer> layer = some.layer();
                List<TensorSpec> inputs = some.inputs();
                Optional<List<TensorSpec>> said = layer.flatMap(one -> answer(one, inputs));
                if (said.isPresent() && little(layer.get(), inputs, said.get())) {
                    try {
                        computed(layer.get(), inputs, said.get());
                    } catch (RuntimeException | AssertionError failure) {
                        throw new AssertionError(described(kind, layer, inputs), failure);
                    }
                }
            }
        });
    }

    private static boolean little(ComputedLayer layer, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        List<Shape> shapes = new ArrayList<>();
        inputs.forEach(spec -> shapes.add(spec.shape()));
        outputs.forEach(spec -> shapes.add(spec.shape()));
        layer.weights(inputs).forEach(spec -> shapes.add(spec.shape()));
        return shapes.stream().allMatch(shape -> shape.elements() <= MOST) && layer.flops(inputs, outputs) < 1_000_000;
    }

    private static void computed(ComputedLayer layer, List<TensorSpec> inputs, List<TensorSpec> said) {
        List<Array> arrays = inputs.stream().map(spec -> array(spec.shape(), 3)).toList();
        List<Array> weights = layer.weights(inputs).stream()
                .map(WeightSpec::shape)
                .map(shape -> array(shape.rank() == 0 ? Shape.of(1) : shape, 5))
                .toList();
        List<Array> results;
        try {
            results = layer.compute(arrays, List.of(), weights);
        } catch (ModelException | Layer.Misfit sentence) {
            return;
        }
        assertThat(results).hasSameSizeAs(said);
        for (int i = 0; i < results.size(); i++) {
            Shape shape = Shape.of(results.get(i).sizes());
            assertThat(said.get(i).shape().accepts(shape))
                    .as(said.get(i).shape() + " " + shape)
                    .isTrue();
            assertThat(results.get(i).values()).hasSize((int) shape.elements());
        }
    }

    private static Array array(Shape shape, int modulus) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % modulus;
        }
        return Array.of(values, shape.sizes());
    }
}
