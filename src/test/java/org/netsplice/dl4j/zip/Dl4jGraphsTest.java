package org.netsplice.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netsplice.dl4j.zip.PlainNetworks.built;
import static org.netsplice.dl4j.zip.PlainNetworks.graph;
import static org.netsplice.dl4j.zip.PlainNetworks.numbers;
import static org.netsplice.dl4j.zip.PlainNetworks.same;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.netsplice.edit.Document;
import org.netsplice.graph.Node;
import org.netsplice.layers.Opaque;

/** Graphs that plain DL4J made, saved and predicted predict the same when opened. */
class Dl4jGraphsTest {
    @TempDir
    Path folder;

    private static DenseLayer dense(int in, int out) {
        return new DenseLayer.Builder().nIn(in).nOut(out).build();
    }

    private static OutputLayer output(int in) {
        return new OutputLayer.Builder()
                .nIn(in)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static ConvolutionLayer convolution(int... kernel) {
        return new ConvolutionLayer.Builder(kernel).nOut(4).build();
    }

    @Test
    void severalInputsAndOutputsKeepTheirOrder() throws IOException {
        ComputationGraph network = built(graph().addInputs("b", "a")
                .addLayer("first", dense(3, 4), "a")
                .addLayer("second", dense(5, 4), "b")
                .addVertex("joined", new MergeVertex(), "first", "second")
                .addLayer("out", output(8), "joined")
                .setOutputs("out", "first"));
        Document document = same(network, folder, numbers(6, 5), numbers(6, 3));
        assertThat(document.graph().outputs().stream().map(document.graph()::outputName))
                .containsExactly("out", "first");
        assertThat(document.graph().inOrder().stream().map(Node::name))
                .containsExactlyInAnyOrder("b", "a", "first", "second", "joined", "out");
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreJoinedOneByOne(ElementWiseVertex.Op op) throws IOException {
        boolean two = op == ElementWiseVertex.Op.Subtract;
        GraphBuilder builder =
                graph().addInputs("in").addLayer("a", dense(3, 4), "in").addLayer("b", dense(3, 4), "in");
        if (!two) {
            builder.addLayer("c", dense(3, 4), "in");
        }
        builder.addVertex(
                "joined", new ElementWiseVertex(op), two ? new String[] {"a", "b"} : new String[] {"a", "b", "c"});
        same(built(builder.addLayer("out", output(4), "joined").setOutputs("out")), folder, numbers(6, 3));
    }

    @Test
    void verticesWithoutLayersCompute() throws IOException {
        ComputationGraph network = built(graph().addInputs("in")
                .addLayer("a", dense(3, 6), "in")
                .addVertex("scaled", new ScaleVertex(2.5), "a")
                .addVertex("shifted", new ShiftVertex(-0.25), "scaled")
                .addVertex("part", new SubsetVertex(1, 4), "shifted")
                .addVertex("unit", new L2NormalizeVertex(), "part")
                .addVertex("square", new ReshapeVertex(-1, 1, 2, 2), "part")
                .addVertex("flat", new PreprocessorVertex(new CnnToFeedForwardPreProcessor(2, 2, 1)), "square")
                .addVertex("frozen", new FrozenVertex(new ScaleVertex(3)), "flat")
                .addVertex("joined", new MergeVertex(), "unit", "frozen")
                .addLayer("out", output(8), "joined")
                .setOutputs("out", "shifted"));
        same(network, folder, numbers(6, 3));
    }

    @Test
    void imagesAreJoinedAndCutByChannels() throws IOException {
        ComputationGraph network = built(graph().addInputs("in")
                .addLayer("a", convolution(2, 2), "in")
                .addLayer("b", convolution(2, 2), "in")
                .addVertex("joined", new MergeVertex(), "a", "b")
                .addVertex("part", new SubsetVertex(2, 6), "joined")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "joined")
                .setOutputs("out", "part")
                .setInputTypes(InputType.convolutional(7, 8, 3)));
        same(network, folder, numbers(2, 3, 7, 8));
    }

    @Test
    void theFirstRowAndColumnAreCutOff() throws IOException {
        ComputationGraph network = built(graph().addInputs("in")
                .addLayer("a", new ConvolutionLayer.Builder(2, 2).nIn(3).nOut(4).build(), "in")
                .addVertex("helped", new PoolHelperVertex(), "a")
                .setOutputs("helped"));
        same(network, folder, numbers(2, 3, 7, 8));
    }

    @Test
    void sequencesAreJoinedCutAndTurned() throws IOException {
        ComputationGraph network = built(graph().addInputs("in")
                .addLayer("a", new LSTM.Builder().nIn(3).nOut(4).build(), "in")
                .addVertex("turned", new ReverseTimeSeriesVertex("in"), "in")
                .addLayer("b", new LSTM.Builder().nIn(3).nOut(4).build(), "turned")
                .addVertex("joined", new MergeVertex(), "a", "b")
                .addVertex("part", new SubsetVertex(2, 6), "joined")
                .addVertex("last", new LastTimeStepVertex("in"), "part")
                .addLayer("out", output(5), "last")
                .addLayer(
                        "steps",
                        new RnnOutputLayer.Builder()
                                .nIn(8)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "joined")
                .setOutputs("out", "steps", "joined"));
        Document document = same(network, folder, numbers(2, 3, 6));
        assertThat(document.graph().named("in_steps_first")).isPresent();
        assertThat(document.graph().named("steps_features_first")).isPresent();
    }

    @Test
    void frozenLayersStayFrozen() throws IOException {
        ComputationGraph network = built(graph().addInputs("in")
                .addLayer("a", new FrozenLayer(dense(3, 4)), "in")
                .addLayer("out", output(4), "a")
                .setOutputs("out"));
        Document document = same(network, folder, numbers(6, 3));
        assertThat(document.graph().named("a").orElseThrow().trainable()).isFalse();
        assertThat(document.graph().named("out").orElseThrow().trainable()).isTrue();
    }

    @Test
    void whatHasNoCounterpartIsDrawnAndKept() throws IOException {
        ComputationGraph network = built(graph().addInputs("a", "b")
                .addVertex("stack", new StackVertex(), "a", "b")
                .addLayer("out", output(3), "stack")
                .setOutputs("out"));
        Path file = folder.resolve("stack.zip");
        network.save(file.toFile(), false);
        Document document = PlainNetworks.opened(file);
        assertThat(document.graph().named("stack").orElseThrow().layer())
                .isInstanceOfSatisfying(Opaque.class, opaque -> {
                    assertThat(opaque.className()).isEqualTo("StackVertex");
                    assertThat(opaque.reason()).isEqualTo("it joins rows of several inputs");
                });
    }

    /** Where several vertices could be next, the order of the parameters depends on the hash tables of Java. */
    @Test
    void verticesStandInDl4jsOrder() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            GraphBuilder builder = graph();
            List<String> names = new ArrayList<>();
            List<String> inputs = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                inputs.add("in" + random.nextInt(1000) + "_" + i);
            }
            names.addAll(inputs);
            builder.addInputs(inputs);
            Map<String, List<String>> edges = new LinkedHashMap<>();
            int count = 1 + random.nextInt(60);
            for (int i = 0; i < count; i++) {
                String name = "v" + random.nextInt(100_000) + "_" + i;
                List<String> read = new ArrayList<>();
                for (int k = 0; k <= random.nextInt(2); k++) {
                    String other = names.get(random.nextInt(names.size()));
                    if (!read.contains(other)) {
                        read.add(other);
                    }
                }
                builder.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), read.toArray(String[]::new));
                edges.put(name, read);
                names.add(name);
            }
            inputs.forEach(input -> {
                builder.addVertex("reads " + input, new ScaleVertex(1), input);
                edges.put("reads " + input, List.of(input));
            });
            List<String> open = new ArrayList<>(edges.keySet());
            edges.values().forEach(open::removeAll);
            builder.setOutputs(open.toArray(String[]::new));
            ComputationGraph network = new ComputationGraph(builder.build());
            network.init();
            assertThat(VertexOrder.of(inputs, edges))
                    .isEqualTo(network.getConfiguration().getTopologicalOrderStr());
        }
    }
}
