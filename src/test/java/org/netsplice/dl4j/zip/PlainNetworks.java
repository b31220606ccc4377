package org.netsplice.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.netsplice.app.Main;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Difference;
import org.netsplice.work.Progress;

/** Networks made with plain DL4J, saved, opened by this program, and predicted by both. */
final class PlainNetworks {
    private PlainNetworks() {}

    static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder().updater(new NoOp()).seed(7).activation(Activation.TANH);
    }

    /** A chain of layers whose parameters are random numbers. */
    static MultiLayerNetwork chain(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder builder = settings().list();
        for (Layer layer : layers) {
            builder.layer(layer);
        }
        builder.validateOutputLayerConfig(false);
        if (input != null) {
            builder.setInputType(input);
        }
        MultiLayerConfiguration configuration = builder.build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        if (network.numParams() > 0) {
            network.setParams(random(network.numParams()));
        }
        return network;
    }

    static GraphBuilder graph() {
        return settings().graphBuilder().validateOutputLayerConfig(false);
    }

    static ComputationGraph built(GraphBuilder builder) {
        ComputationGraph network = new ComputationGraph(builder.build());
        network.init();
        if (network.numParams() > 0) {
            network.setParams(random(network.numParams()));
        }
        return network;
    }

    private static INDArray random(long count) {
        return numbers(1, count);
    }

    static INDArray numbers(long... sizes) {
        Nd4j.getRandom().setSeed(11);
        return Nd4j.rand(DataType.FLOAT, sizes).subi(0.5);
    }

    static Document opened(Path file) {
        return Main.formats()
                .open(file, java.util.Optional.empty(), Progress.NONE)
                .asDocument();
    }

    private static Tensor tensor(INDArray array) {
        return Tensor.of(
                Shape.of(array.shape()),
                array.dup('c').reshape('c', new long[] {array.length()}).toFloatVector());
    }

    /** Opens what DL4J saved, predicts, and compares. */
    static Document same(MultiLayerNetwork network, Path folder, INDArray data) throws IOException {
        Path file = folder.resolve("plain.zip");
        network.save(file.toFile(), false);
        INDArray expected = network.output(data.dup());
        return compared(file, List.of(data), List.of(expected));
    }

    static Document same(ComputationGraph network, Path folder, INDArray... data) throws IOException {
        Path file = folder.resolve("plain.zip");
        network.save(file.toFile(), false);
        INDArray[] copies = java.util.Arrays.stream(data).map(INDArray::dup).toArray(INDArray[]::new);
        INDArray[] expected = network.output(copies);
        return compared(file, List.of(data), List.of(expected));
    }

    private static Document compared(Path file, List<INDArray> data, List<INDArray> expected) {
        Document document = opened(file);
        CompiledNetwork compiled = Compiler.compile(document, Progress.NONE);
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (int i = 0; i < data.size(); i++) {
            given.put(compiled.inputs().get(i).name(), tensor(data.get(i)));
        }
        List<Tensor> predicted =
                new ArrayList<>(compiled.predict(given, 32, Progress.NONE).values());
        assertThat(predicted).hasSameSizeAs(expected);
        for (int i = 0; i < predicted.size(); i++) {
            Tensor wanted = tensor(expected.get(i));
            assertThat(predicted.get(i).shape()).isEqualTo(wanted.shape());
            assertThat(Difference.largest(wanted, predicted.get(i))).isLessThan(1e-5);
        }
        return document;
    }
}
