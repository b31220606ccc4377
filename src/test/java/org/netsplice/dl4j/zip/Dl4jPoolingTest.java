package org.netsplice.dl4j.zip;

import static org.netsplice.dl4j.zip.PlainNetworks.chain;
import static org.netsplice.dl4j.zip.PlainNetworks.numbers;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/** Pooling, normalization, padding and cropping predict what plain DL4J does. */
class Dl4jPoolingTest extends Cases {
    @Override
    void add() {
        pooling();
        images();
        volumes();
    }

    private void pooling() {
        for (PoolingType type : new PoolingType[] {PoolingType.MAX, PoolingType.AVG}) {
            image(
                    "pooling " + type,
                    new SubsamplingLayer.Builder(type)
                            .kernelSize(3, 2)
                            .stride(2, 2)
                            .build(),
                    output());
            image(
                    "pooling, same, " + type,
                    new SubsamplingLayer.Builder(type)
                            .kernelSize(3, 2)
                            .stride(2, 2)
                            .convolutionMode(ConvolutionMode.Same)
                            .build());
            volume(
                    "pooling of volumes " + type,
                    new Subsampling3DLayer.Builder(
                                    type == PoolingType.MAX
                                            ? Subsampling3DLayer.PoolingType.MAX
                                            : Subsampling3DLayer.PoolingType.AVG)
                            .kernelSize(2, 2, 2)
                            .stride(2, 2, 2)
                            .convolutionMode(ConvolutionMode.Truncate)
                            .build());
            image(
                    "global pooling " + type,
                    convolution(2, 2).build(),
                    new GlobalPoolingLayer.Builder(type).build(),
                    output());
            volume(
                    "global pooling of volumes " + type,
                    new Convolution3D.Builder(2, 2, 2).nOut(3).build(),
                    new GlobalPoolingLayer.Builder(type).build());
            sequence(
                    "global pooling of sequences " + type,
                    lstm(),
                    new GlobalPoolingLayer.Builder(type).build(),
                    output());
        }
        image("global sums", convolution(2, 2).build(), new GlobalPoolingLayer.Builder(PoolingType.SUM).build());
    }

    private void images() {
        image(
                "pooling, padding",
                new SubsamplingLayer.Builder(PoolingType.MAX)
                        .kernelSize(3, 2)
                        .stride(2, 2)
                        .padding(1, 1)
                        .build());
        image(
                "pooling, padding counted",
                new SubsamplingLayer.Builder(PoolingType.AVG)
                        .kernelSize(3, 2)
                        .stride(2, 2)
                        .padding(1, 1)
                        .avgPoolIncludePadInDivisor(true)
                        .build());
        image(
                "normalization of images",
                new BatchNormalization(),
                convolution(2, 2).build());
        cases.put(
                "variance as it is",
                new Case(
                        () -> {
                            MultiLayerNetwork network = chain(
                                    IMAGE,
                                    new BatchNormalization.Builder()
                                            .useLogStd(false)
                                            .build(),
                                    convolution(2, 2).build());
                            network.setParam("0_var", Nd4j.create(new float[][] {{0.5f, 2, 0.1f}}));
                            return network;
                        },
                        () -> numbers(2, 3, 9, 8)));
        image(
                "parametric relu of images",
                convolution(2, 2).build(),
                new PReLULayer.Builder().inputShape(4, 8, 7).sharedAxes(2, 3).build());
        image("zero padding", new ZeroPaddingLayer.Builder(1, 2, 3, 4).build(), output());
        image("cropping", new Cropping2D(1, 2, 1, 0), output());
        image("upsampling", new Upsampling2D.Builder(2).build());
        image(
                "loss of images",
                convolution(2, 2).build(),
                new CnnLossLayer.Builder().activation(Activation.SOFTMAX).build());
    }

    private void volumes() {
        image(
                "activation of images",
                convolution(2, 2).build(),
                new ActivationLayer.Builder().activation(Activation.HARDSIGMOID).build());
        volume(
                "padding and cropping of volumes",
                new ZeroPadding3DLayer.Builder(1, 0, 2, 1, 0, 1).build(),
                new Cropping3D(0, 1, 1, 0, 1, 1));
        volume("upsampling of volumes", new Upsampling3D.Builder(2).build());
    }
}
