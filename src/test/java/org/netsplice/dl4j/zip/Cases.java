package org.netsplice.dl4j.zip;

import static org.netsplice.dl4j.zip.PlainNetworks.chain;
import static org.netsplice.dl4j.zip.PlainNetworks.numbers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks to compare, each with its data. */
abstract class Cases {
    static final InputType FLAT = InputType.feedForward(4);
    static final InputType IMAGE = InputType.convolutional(9, 8, 3);
    static final InputType VOLUME = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 5, 6, 7, 2);
    static final InputType SEQUENCE = InputType.recurrent(3, 6);

    /** Adds the networks. */
    abstract void add();

    record Case(Supplier<MultiLayerNetwork> network, Supplier<INDArray> data) {}

    final Map<String, Case> cases = new LinkedHashMap<>();

    final void flat(String name, Layer... layers) {
        cases.put(name, new Case(() -> chain(FLAT, layers), () -> numbers(5, 4)));
    }

    final void image(String name, Layer... layers) {
        cases.put(name, new Case(() -> chain(IMAGE, layers), () -> numbers(2, 3, 9, 8)));
    }

    final void volume(String name, Layer... layers) {
        cases.put(name, new Case(() -> chain(VOLUME, layers), () -> numbers(2, 2, 5, 6, 7)));
    }

    final void sequence(String name, Layer... layers) {
        cases.put(name, new Case(() -> chain(SEQUENCE, layers), () -> numbers(2, 3, 6)));
    }

    static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(5).build();
    }

    static DenseLayer dense(Supplier<IActivation> activation) {
        return new DenseLayer.Builder().nOut(5).activation(activation.get()).build();
    }

    static ConvolutionLayer.Builder convolution(int... kernel) {
        return new ConvolutionLayer.Builder(kernel).nOut(4);
    }

    static OutputLayer output() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    static LSTM lstm() {
        return new LSTM.Builder().nOut(4).build();
    }

    @TestFactory
    Stream<DynamicTest> everyNetworkPredictsWhatDl4jDoes(@TempDir Path folder) {
        add();
        return cases.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> PlainNetworks.same(
                                entry.getValue().network().get(),
                                folder,
                                entry.getValue().data().get())));
    }
}
