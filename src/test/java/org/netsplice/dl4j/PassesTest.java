package org.netsplice.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.testing.Difference;
import org.netsplice.work.Progress;

/** Networks compiled with passes give what they give as they are drawn. */
class PassesTest {
    private static final String[] BEFORE = {
        "Conv2D(filters=5,kernel_size=3)",
        "Conv2D(filters=4,kernel_size=3,strides=2,padding=same,use_bias=false)",
        "Conv2D(filters=6,kernel_size=1,groups=3)",
        "DepthwiseConv2D(kernel_size=3,depth_multiplier=2)",
        "DepthwiseConv2D(kernel_size=2,use_bias=false)",
        "Dense(units=4)",
        "Dense(units=4,use_bias=false)",
        "Conv2D(filters=5,kernel_size=3,activation=relu)",
        "Identity"
    };
    private static final String[] AFTER = {
        "BatchNormalization",
        "BatchNormalization(scale=false,epsilon=0.1)",
        "BatchNormalization(center=false)",
        "BatchNormalization(axis=1)",
        "ReLU"
    };

    /** A chain of layers, with weights drawn from a seed. */
    private static final class Chain {
        private final Random random;
        private Document document = Document.EMPTY;
        private final List<NodeId> added = new ArrayList<>();

        Chain(long seed) {
            random = new Random(seed);
        }

        private void add(String layer) {
            List<Port> inputs = added.isEmpty() ? List.of() : List.of(Port.of(added.get(added.size() - 1)));
            added.add(AddLayer.added(document));
            document = new AddLayer(
                            layer.equals("Input")
                                    ? new InputLayer(Shape.of(Shape.UNKNOWN, 9, 9, 6), DType.FLOAT32)
                                    : LayerNotation.parse(layer, Where.NOWHERE).layer(),
                            "layer" + added.size(),
                            inputs,
                            Optional.empty())
                    .apply(document);
        }

        /** Gives every layer weights, variances above 0. */
        private void weigh() {
            for (NodeId id : added) {
                List<Tensor> tensors = new ArrayList<>();
                for (WeightSpec spec : Report.of(document.graph()).weights(id)) {
                    float[] values = new float[Math.toIntExact(spec.shape().elements())];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = spec.name().contains("variance")
                                ? 0.1f + random.nextFloat()
                                : (float) random.nextGaussian() / 2;
                    }
                    tensors.add(Tensor.of(spec.shape(), values));
                }
                if (!tensors.isEmpty()) {
                    document = new LoadWeights(id, new Weights(tensors)).apply(document);
                }
            }
        }

        private Tensor data() {
            float[] values = new float[2 * 9 * 9 * 6];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return Tensor.of(Shape.of(2, 9, 9, 6), values);
        }

        private void sameWithAndWithout() {
            if (!Report.of(document.graph()).runnable()) {
                return;
            }
            Map<String, Tensor> data = Map.of("layer1", data());
            Map<String, Tensor> drawn =
                    Compiler.compileAsDrawn(document, Progress.NONE).predict(data, 32, Progress.NONE);
            Map<String, Tensor> quick =
                    Compiler.compile(document, Progress.NONE).predict(data, 32, Progress.NONE);
            assertThat(quick.keySet()).isEqualTo(drawn.keySet());
            drawn.forEach((name, expected) -> {
                float largest = 1;
                for (float value : expected.toArray()) {
                    largest = Math.max(largest, Math.abs(value));
                }
                assertThat(Difference.largest(expected, quick.get(name)) / largest)
                        .isLessThan(1e-5);
            });
        }
    }

    @Property(tries = 60)
    void passesChangeNoPrediction(@ForAll long seed) {
        Chain network = new Chain(seed);
        network.add("Input");
        for (int i = 0; i < 3; i++) {
            Random random = network.random;
            Document before = network.document;
            network.add(BEFORE[random.nextInt(BEFORE.length)]);
            network.add(AFTER[random.nextInt(AFTER.length)]);
            if (!Report.of(network.document.graph()).runnable()) {
                network.document = before;
                network.added
                        .subList(network.added.size() - 2, network.added.size())
                        .clear();
            }
        }
        network.weigh();
        if (network.random.nextInt(3) == 0) {
            NodeId inner = network.added.get(network.random.nextInt(network.added.size()));
            boolean marked = network.document.graph().outputs().stream()
                    .anyMatch(output -> output.port().node().equals(inner));
            network.document = marked ? network.document : new MarkOutput(Port.of(inner), true).apply(network.document);
        }
        network.sameWithAndWithout();
    }

    private static int vertices(String... layers) {
        Chain network = new Chain(3);
        network.add("Input");
        for (String layer : layers) {
            network.add(layer);
        }
        network.weigh();
        network.sameWithAndWithout();
        assertThat(Compiler.compileAsDrawn(network.document, Progress.NONE).vertexCount())
                .isEqualTo(1 + layers.length);
        return Compiler.compile(network.document, Progress.NONE).vertexCount();
    }

    @Test
    void aNormalizationIsFoldedIntoWhatIsBeforeIt() {
        assertThat(vertices("Conv2D(filters=5,kernel_size=3)", "BatchNormalization", "ReLU"))
                .isEqualTo(3);
        assertThat(vertices("DepthwiseConv2D(kernel_size=3,depth_multiplier=2,use_bias=false)", "BatchNormalization"))
                .isEqualTo(2);
        assertThat(vertices("Dense(units=7)", "BatchNormalization(scale=false)"))
                .isEqualTo(2);
    }

    @Test
    void anActivationOrAnotherAxisBetweenKeepsIt() {
        assertThat(vertices("Conv2D(filters=5,kernel_size=3,activation=relu)", "BatchNormalization"))
                .isEqualTo(3);
        assertThat(vertices("Conv2D(filters=5,kernel_size=3)", "BatchNormalization(axis=1)"))
                .isEqualTo(3);
        assertThat(vertices("BatchNormalization", "BatchNormalization")).isEqualTo(3);
    }

    @Test
    void aLayerThatOthersReadOrThatIsAnOutputKeepsItsOwnResult() {
        Chain network = new Chain(4);
        network.add("Input");
        network.add("Conv2D(filters=5,kernel_size=3)");
        network.add("BatchNormalization");
        network.weigh();
        network.document = new MarkOutput(Port.of(network.added.get(1)), true).apply(network.document);
        network.sameWithAndWithout();
        assertThat(Compiler.compile(network.document, Progress.NONE).vertexCount())
                .isEqualTo(
                        Compiler.compileAsDrawn(network.document, Progress.NONE).vertexCount());
    }
}
