package org.netsplice.dl4j.zip;

import static org.netsplice.dl4j.zip.PlainNetworks.chain;
import static org.netsplice.dl4j.zip.PlainNetworks.numbers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;

/** Convolutions predict what plain DL4J does. */
class Dl4jConvolutionTest extends Cases {
    @Override
    void add() {
        modes();
        settings();
        layouts();
    }

    private void modes() {
        for (ConvolutionMode mode :
                new ConvolutionMode[] {ConvolutionMode.Same, ConvolutionMode.Truncate, ConvolutionMode.Strict}) {
            image("convolution " + mode, convolution(3, 2).convolutionMode(mode).build(), output());
            image(
                    "deconvolution " + mode,
                    new Deconvolution2D.Builder(3, 2)
                            .nOut(4)
                            .stride(2, 2)
                            .convolutionMode(mode)
                            .build());
            image(
                    "depthwise " + mode,
                    new DepthwiseConvolution2D.Builder(3, 2)
                            .depthMultiplier(2)
                            .convolutionMode(mode)
                            .build());
            image(
                    "separable " + mode,
                    new SeparableConvolution2D.Builder(3, 2)
                            .nOut(4)
                            .depthMultiplier(2)
                            .convolutionMode(mode)
                            .build());
            volume(
                    "volume " + mode,
                    new Convolution3D.Builder(3, 2, 2)
                            .nOut(3)
                            .convolutionMode(mode)
                            .build());
            sequence(
                    "sequence " + mode,
                    new Convolution1DLayer.Builder(3)
                            .nOut(4)
                            .convolutionMode(mode)
                            .build());
            sequence(
                    "sequence pooling " + mode,
                    new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX, 3, 1)
                            .convolutionMode(mode)
                            .build());
        }
    }

    private void settings() {
        image(
                "convolution, strides and padding",
                convolution(3, 2)
                        .stride(2, 1)
                        .padding(1, 2)
                        .convolutionMode(ConvolutionMode.Truncate)
                        .build());
        image(
                "convolution, same and strides",
                convolution(3, 3)
                        .stride(2, 3)
                        .convolutionMode(ConvolutionMode.Same)
                        .build(),
                output());
        image("convolution, dilated", convolution(2, 2).dilation(2, 3).build());
        image(
                "convolution without bias",
                convolution(2, 2).hasBias(false).activation(Activation.RELU).build());
        image(
                "convolution with softmax",
                convolution(2, 2).activation(Activation.SOFTMAX).build());
        image(
                "convolution with rectified tanh",
                convolution(2, 2).activation(Activation.RECTIFIEDTANH).build());
        image(
                "deconvolution, padding",
                new Deconvolution2D.Builder(3, 3)
                        .nOut(4)
                        .stride(2, 2)
                        .padding(1, 1)
                        .convolutionMode(ConvolutionMode.Truncate)
                        .build());
        volume(
                "deconvolution of volumes",
                new Deconvolution3D.Builder()
                        .kernelSize(2, 3, 2)
                        .nOut(3)
                        .stride(2, 2, 2)
                        .build());
    }

    private void layouts() {
        sequence(
                "causal",
                new Convolution1DLayer.Builder(3)
                        .nOut(4)
                        .dilation(2)
                        .convolutionMode(ConvolutionMode.Causal)
                        .build());
        sequence(
                "sequence, padding",
                new Convolution1DLayer.Builder(3).nOut(4).padding(1).stride(2).build());
        cases.put(
                "channels last",
                new Case(
                        () -> chain(
                                InputType.convolutional(9, 8, 3, CNN2DFormat.NHWC),
                                convolution(3, 2).dataFormat(CNN2DFormat.NHWC).build(),
                                new SubsamplingLayer.Builder(PoolingType.MAX)
                                        .kernelSize(2, 2)
                                        .stride(2, 2)
                                        .dataFormat(CNN2DFormat.NHWC)
                                        .build(),
                                output()),
                        () -> numbers(2, 9, 8, 3)));
        cases.put(
                "flat images",
                new Case(
                        () -> chain(
                                InputType.convolutionalFlat(9, 8, 3),
                                convolution(3, 2).build(),
                                output()),
                        () -> numbers(2, 9 * 8 * 3)));
    }
}
