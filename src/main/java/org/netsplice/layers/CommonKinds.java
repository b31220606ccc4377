package org.netsplice.layers;

import org.netsplice.layers.kind.Kind;

/** Kinds that layers of other programs become, so that readers of their files know no layer by the text of its name. */
public final class CommonKinds {
    public static final Kind<?> ACTIVATION = named("Activation");
    public static final Kind<?> ADD = named("Add");
    public static final Kind<?> AVERAGE = named("Average");
    public static final Kind<?> BATCH_NORMALIZATION = named("BatchNormalization");
    public static final Kind<?> BIDIRECTIONAL = named("Bidirectional");
    public static final Kind<?> CONCATENATE = named("Concatenate");
    public static final Kind<?> DENSE = named("Dense");
    public static final Kind<?> DROPOUT = named("Dropout");
    public static final Kind<?> EINSUM_DENSE = named("EinsumDense");
    public static final Kind<?> ELU = named("ELU");
    public static final Kind<?> EMBEDDING = named("Embedding");
    public static final Kind<?> FLATTEN = named("Flatten");
    public static final Kind<?> IDENTITY = named("Identity");
    public static final Kind<?> LEAKY_RELU = named("LeakyReLU");
    public static final Kind<?> LSTM = named("LSTM");
    public static final Kind<?> MAXIMUM = named("Maximum");
    public static final Kind<?> MULTIPLY = named("Multiply");
    public static final Kind<?> NORMALIZATION = named("Normalization");
    public static final Kind<?> PERMUTE = named("Permute");
    public static final Kind<?> PRELU = named("PReLU");
    public static final Kind<?> RELU = named("ReLU");
    public static final Kind<?> REPEAT_VECTOR = named("RepeatVector");
    public static final Kind<?> RESCALING = named("Rescaling");
    public static final Kind<?> RESHAPE = named("Reshape");
    public static final Kind<?> SIMPLE_RNN = named("SimpleRNN");
    public static final Kind<?> SOFTMAX = named("Softmax");
    public static final Kind<?> SUBTRACT = named("Subtract");
    public static final Kind<?> UNIT_NORMALIZATION = named("UnitNormalization");

    private CommonKinds() {}

    private static Kind<?> named(String id) {
        return Layers.kind(id).orElseThrow();
    }

    private static Kind<?> directed(String name, int directions) {
        return named(name + directions + "D");
    }

    /** The operation of {@code keras.ops} with this class name. */
    public static Kind<?> operation(String name) {
        return named("ops." + name);
    }

    /** Convolution in one to three directions. */
    public static Kind<?> convolution(int directions) {
        return directed("Conv", directions);
    }

    /** Transposed convolution in one to three directions. */
    public static Kind<?> convolutionTranspose(int directions) {
        return named("Conv" + directions + "DTranspose");
    }

    /** Convolution of every channel alone, in one or two directions. */
    public static Kind<?> depthwiseConvolution(int directions) {
        return directed("DepthwiseConv", directions);
    }

    /** Convolution of every channel alone and then of all cell by cell, in one or two directions. */
    public static Kind<?> separableConvolution(int directions) {
        return directed("SeparableConv", directions);
    }

    /** The largest value, or the mean, of every window in one to three directions. */
    public static Kind<?> pooling(boolean maximum, int directions) {
        return directed(maximum ? "MaxPooling" : "AveragePooling", directions);
    }

    /** The largest value, or the mean, of every channel of data with one to three directions. */
    public static Kind<?> globalPooling(boolean maximum, int directions) {
        return directed(maximum ? "GlobalMaxPooling" : "GlobalAveragePooling", directions);
    }

    /** Zeros around data with one to three directions. */
    public static Kind<?> zeroPadding(int directions) {
        return directed("ZeroPadding", directions);
    }

    /** Cells cut off from data with one to three directions. */
    public static Kind<?> cropping(int directions) {
        return directed("Cropping", directions);
    }

    /** Repeated cells of data with one to three directions. */
    public static Kind<?> upSampling(int directions) {
        return directed("UpSampling", directions);
    }
}
