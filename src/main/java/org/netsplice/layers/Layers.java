package org.netsplice.layers;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.Catalogue;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Origin;
import org.netsplice.layers.operation.Operation;
import org.netsplice.layers.operation.Operations;
import org.netsplice.problem.ModelException;

/** The catalogue: every kind of layer that can be computed, each on one line. */
public final class Layers {
    /** All kinds, in the order of the palette. */
    public static final List<Kind<?>> ALL = Stream.<List<? extends Kind<?>>>of(
                    List.of(Concatenate.KIND),
                    Elementwise.KINDS,
                    List.of(WeightedAverage.KIND),
                    List.of(Vote.KIND),
                    List.of(Dot.KIND),
                    List.of(Dense.KIND),
                    List.of(Embedding.KIND),
                    List.of(ReversibleEmbedding.KIND),
                    List.of(Masking.KIND),
                    List.of(Identity.KIND),
                    List.of(Constant.KIND),
                    List.of(ActivationLayer.KIND),
                    Dropout.KINDS,
                    List.of(GaussianNoise.KIND),
                    List.of(ActivityRegularization.KIND),
                    List.of(Flatten.KIND),
                    List.of(Reshape.KIND),
                    List.of(Permute.KIND),
                    List.of(RepeatVector.KIND),
                    UpSampling.KINDS,
                    Borders.KINDS,
                    Convolution.KINDS,
                    ConvolutionTranspose.KINDS,
                    DepthwiseConvolution.KINDS,
                    SeparableConvolution.KINDS,
                    Pooling.KINDS,
                    AdaptivePooling.KINDS,
                    GlobalPooling.KINDS,
                    List.of(LSTM.KIND),
                    List.of(GRU.KIND),
                    List.of(SimpleRNN.KIND),
                    ConvLSTM.KINDS,
                    List.of(RNN.KIND),
                    List.of(Attention.KIND),
                    List.of(Attention.ADDITIVE),
                    List.of(MultiHeadAttention.KIND),
                    List.of(GroupQueryAttention.KIND),
                    List.of(EinsumDense.KIND),
                    List.of(GroupNormalization.KIND),
                    List.of(SpectralNormalization.KIND),
                    List.of(Bidirectional.KIND),
                    List.of(TimeDistributed.KIND),
                    List.of(LSTMCell.KIND),
                    List.of(GRUCell.KIND),
                    List.of(SimpleRNNCell.KIND),
                    List.of(StackedRNNCells.KIND),
                    List.of(BatchNormalization.KIND),
                    List.of(LayerNormalization.KIND),
                    List.of(RMSNormalization.KIND),
                    List.of(UnitNormalization.KIND),
                    List.of(Normalization.KIND),
                    List.of(Rescaling.KIND),
                    List.of(Resizing.KIND),
                    List.of(CenterCrop.KIND),
                    List.of(RandomCrop.KIND),
                    LocallyConnected.KINDS,
                    List.of(CategoryEncoding.KIND),
                    List.of(Discretization.KIND),
                    List.of(IntegerLookup.KIND),
                    List.of(Hashing.KIND),
                    List.of(HashedCrossing.KIND),
                    List.of(AutoContrast.KIND),
                    List.of(ContrastLimitedAdaptiveHistogramEqualization.KIND),
                    List.of(STFTSpectrogram.KIND),
                    List.of(MelSpectrogram.KIND),
                    List.of(Pipeline.KIND),
                    Augmentation.KINDS,
                    List.of(ReLU.KIND),
                    List.of(LeakyReLU.KIND),
                    List.of(PReLU.KIND),
                    List.of(ELU.KIND),
                    List.of(Softmax.KIND),
                    List.of(LayerScale.KIND),
                    List.of(StochasticDepth.KIND),
                    List.of(CustomScaleLayer.KIND),
                    List.of(Quantized.KIND),
                    List.of(NestedInput.KIND),
                    List.of(Submodel.KIND),
                    operations())
            .<Kind<?>>flatMap(List::stream)
            .toList();

    /** Operations of {@code keras.ops} by name: those that need no layers, and those that layers compute. */
    private static List<Kind<Operation>> operations() {
        return Stream.concat(Operations.FAMILIES.stream(), Stream.of(NeuralOperations.ALL))
                .flatMap(List::stream)
                .map(Operation.Definition::kind)
                .sorted(Comparator.comparing(Kind::className))
                .toList();
    }

    private static final Catalogue CATALOGUE = new Catalogue(ALL);

    private Layers() {}

    /** The kind with an {@link Kind#id id}, which is Keras' class name for layers, or with a name that older files use. */
    public static Optional<Kind<?>> kind(String id) {
        return CATALOGUE.kind(id);
    }

    /** A layer that gives the axes after the batch another order, counted from 1. */
    public static ComputedLayer permuted(List<Integer> order) {
        return new Permute(order);
    }

    /** All names of kinds. */
    static Set<String> names() {
        return CATALOGUE.names();
    }

    /** The kinds of one family, in the order of the palette. */
    public static List<Kind<?>> family(Kind.Family family) {
        return ALL.stream().filter(kind -> kind.family() == family).toList();
    }

    /** A layer in a file: its class and its configuration. */
    public record Written(String className, Json config) {}

    /** A layer of an older Keras as Keras 3 would write it. */
    public static Written modern(String className, Json config, Origin origin) {
        return config.isObject() ? FormerNames.modern(className, config, origin) : new Written(className, config);
    }

    /**
     * A layer as the kind that computes it, which its dtype policy has a say in.
     *
     * @throws ModelException.Unsupported when none does
     */
    public static Written actual(String className, Json config) {
        return Quantized.written(new Written(className, config));
    }
}
