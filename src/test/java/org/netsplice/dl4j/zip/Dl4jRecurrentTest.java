package org.netsplice.dl4j.zip;

import static org.netsplice.dl4j.zip.PlainNetworks.chain;
import static org.netsplice.dl4j.zip.PlainNetworks.numbers;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;

/** Layers along sequences predict what plain DL4J does. */
class Dl4jRecurrentTest extends Cases {
    @Override
    void add() {
        layers();
        steps();
    }

    private void layers() {
        sequence("lstm", lstm());
        sequence(
                "lstm and output",
                lstm(),
                new RnnOutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
        sequence(
                "lstm, hard gates",
                new LSTM.Builder()
                        .nOut(4)
                        .gateActivationFunction(Activation.HARDSIGMOID)
                        .activation(Activation.SOFTSIGN)
                        .build());
        sequence(
                "simple",
                new SimpleRnn.Builder().nOut(4).activation(Activation.RELU).build());
        sequence("last step", new LastTimeStep(lstm()), output());
        sequence(
                "last simple step",
                new LastTimeStep(new SimpleRnn.Builder().nOut(4).build()),
                output());
        for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
            sequence("both directions " + mode, new Bidirectional(mode, lstm()));
        }
        sequence(
                "last step of both directions",
                new LastTimeStep(new Bidirectional(Bidirectional.Mode.CONCAT, lstm())),
                output());
        sequence(
                "dense on steps",
                lstm(),
                dense(),
                new RnnOutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
        sequence(
                "loss of steps",
                lstm(),
                new RnnLossLayer.Builder().activation(Activation.SOFTMAX).build());
    }

    private void steps() {
        sequence(
                "softmax of steps",
                lstm(),
                new ActivationLayer.Builder().activation(Activation.SOFTMAX).build());
        sequence(
                "padding and cropping of steps",
                new ZeroPadding1DLayer.Builder(1, 2).build(),
                new Cropping1D(0, 1),
                lstm());
        sequence("upsampling of steps", new Upsampling1D.Builder(2).build(), lstm());
        sequence(
                "mean of steps",
                new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.AVG, 2, 2).build(),
                lstm());
        cases.put(
                "steps first",
                new Case(
                        () -> chain(
                                InputType.recurrent(3, 6, RNNFormat.NWC),
                                new LSTM.Builder()
                                        .nOut(4)
                                        .dataFormat(RNNFormat.NWC)
                                        .build(),
                                new RnnOutputLayer.Builder()
                                        .nOut(2)
                                        .dataFormat(RNNFormat.NWC)
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        () -> numbers(2, 6, 3)));
    }
}
