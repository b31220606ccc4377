package org.netsplice.dl4j.zip;

import static org.netsplice.dl4j.zip.PlainNetworks.chain;

import java.util.Set;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.factory.Nd4j;

/** Dense layers and those beside them, embeddings and activations predict what plain DL4J does. */
class Dl4jDenseTest extends Cases {
    /** Functions that Keras lacks, and one that draws random numbers. */
    private static final Set<Activation> UNKNOWN = Set.of(Activation.CUBE, Activation.RATIONALTANH, Activation.RRELU);

    @Override
    void add() {
        activations();
        layersOfRows();
    }

    private void activations() {
        flat("dense and output", dense(), output());
        flat(
                "dense without bias",
                new DenseLayer.Builder().nOut(5).hasBias(false).build());
        for (Activation activation : Activation.values()) {
            if (!UNKNOWN.contains(activation)) {
                flat("dense " + activation, dense(activation::getActivationFunction));
                flat(
                        "activation " + activation,
                        dense(),
                        new ActivationLayer.Builder().activation(activation).build());
            }
        }
        flat("leaky relu with a slope", dense(() -> new ActivationLReLU(0.3)));
        flat("relu with a limit", dense(() -> new ActivationReLU(0.4, 0.0, 0.1)));
        flat("elu with an alpha", dense(() -> new ActivationELU(0.4)));
        flat(
                "loss layer",
                dense(),
                new LossLayer.Builder().activation(Activation.SOFTMAX).build());
        flat("dropout", dense(), new DropoutLayer.Builder(0.3).build(), output());
        flat("batch normalization", new BatchNormalization(), output());
        flat(
                "batch normalization, locked",
                dense(),
                new BatchNormalization.Builder(true).gamma(1.5).beta(0.2).build());
        flat("parametric relu", dense(), new PReLULayer.Builder().inputShape(5).build());
        flat(
                "element-wise multiplication",
                new ElementWiseMultiplicationLayer.Builder().nIn(4).nOut(4).build());
        flat(
                "center loss",
                dense(),
                new CenterLossOutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
        flat("auto-encoder", new AutoEncoder.Builder().nOut(3).build(), output());
    }

    private void layersOfRows() {
        flat(
                "frozen",
                new FrozenLayer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(5)
                        .activation(Activation.RELU)
                        .build()),
                output());
        flat("frozen with backprop", new FrozenLayerWithBackprop(dense()), output());
        flat("repeat", new RepeatVector.Builder<>().repetitionFactor(3).build(), lstm());
        cases.put(
                "embedding",
                new Case(
                        () -> chain(
                                null,
                                new EmbeddingLayer.Builder()
                                        .nIn(7)
                                        .nOut(4)
                                        .hasBias(true)
                                        .activation(Activation.TANH)
                                        .build(),
                                new OutputLayer.Builder()
                                        .nIn(4)
                                        .nOut(2)
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        () -> Nd4j.create(new float[][] {{3}, {6}, {0}})));
        cases.put(
                "embedding of sequences",
                new Case(
                        () -> chain(
                                null,
                                new EmbeddingSequenceLayer.Builder()
                                        .nIn(7)
                                        .nOut(4)
                                        .hasBias(true)
                                        .build(),
                                new LSTM.Builder().nIn(4).nOut(3).build()),
                        () -> Nd4j.create(new float[][] {{3, 2, 1, 0, 6}, {6, 6, 4, 1, 0}})));
    }
}
