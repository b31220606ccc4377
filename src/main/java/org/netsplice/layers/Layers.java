package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

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
                    Operation.KINDS)
            .<Kind<?>>flatMap(List::stream)
            .toList();

    private static final Map<String, Kind<?>> BY_NAME =
            ALL.stream().collect(Collectors.toMap(Kind::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));

    static {
        ALL.forEach(kind -> kind.aliases().forEach(alias -> BY_NAME.putIfAbsent(alias, kind)));
    }

    private Layers() {}

    /** The kind with an {@link Kind#id id}, which is Keras' class name for layers. */
    public static Optional<Kind<?>> kind(String id) {
        return Optional.ofNullable(BY_NAME.get(id));
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

    /** A layer and the name given to it, which may be empty. */
    public record Named(ComputedLayer layer, String name) {}

    /**
     * Reads a layer as a person writes it: {@code Dense(units=3, activation=softmax, name=head)}; the parentheses may be left out.
     *
     * @param where what a complaint is about
     */
    public static Named parse(String text, Where where) {
        int open = text.indexOf('(');
        String className = (open < 0 ? text : text.substring(0, open)).strip();
        if (open >= 0 && !text.strip().endsWith(")")) {
            throw refused(where, "\"" + text + "\" has no closing parenthesis", "Write CLASS(setting=value, …).");
        }
        Kind<?> kind = kind(className)
                .orElseThrow(() -> refused(
                        where,
                        "there is no layer \"" + className + "\"",
                        "Choose one of " + String.join(", ", BY_NAME.keySet()) + "."));
        String inside =
                open < 0 ? "" : text.strip().substring(open + 1, text.strip().length() - 1);
        Map<String, Object> config = new LinkedHashMap<>();
        String name = "";
        for (String part : split(inside)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (key.equals("name")) {
                name = value;
            } else if (kind.setting(key).isPresent() || kind.isOperation()) {
                config.put(key, JsonReader.typed(value));
            } else {
                throw refused(
                        where,
                        className + " has no setting \"" + (equals < 0 ? part.strip() : key) + "\"",
                        "Its settings are "
                                + Stream.concat(kind.settings().stream().map(Setting::name), Stream.of("name"))
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
        return new Named(read(kind, config, where), name);
    }

    private static ComputedLayer read(Kind<?> kind, Map<String, Object> config, Where where) {
        for (Setting<?> setting : kind.settings()) {
            if (config.containsKey(setting.name())) {
                try {
                    setting.read(Json.of(config));
                } catch (ModelException.Invalid | ModelException.Unsupported problem) {
                    throw refused(
                            where,
                            setting.name() + " of " + kind.className() + ": "
                                    + problem.problem().what(),
                            "Give " + setting.range() + ".");
                }
            }
        }
        return kind.read(Json.of(config));
    }

    /** One setting changed to what a person typed; a refusal names the setting and what is allowed. */
    public static ComputedLayer change(ComputedLayer layer, String name, String typed, Where where) {
        Map<String, Object> config = new LinkedHashMap<>(layer.kind().config(layer));
        config.put(name, JsonReader.typed(typed));
        return read(layer.kind(), config, where);
    }

    private static ModelException.EditRefused refused(Where where, String what, String remedy) {
        return new ModelException.EditRefused(where, what, remedy);
    }

    /** Splits at commas that are not inside brackets or quotes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            depth += "[({".indexOf(c) >= 0 ? 1 : "])}".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (!text.substring(start).isBlank()) {
            parts.add(text.substring(start));
        }
        return parts;
    }
}
