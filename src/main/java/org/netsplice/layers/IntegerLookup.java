package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Hashes;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** The index of whole numbers in a vocabulary: {@code IntegerLookup(vocabulary=[12, 36])} turns (None, 3) into (None, 3); 0 stands for unknown numbers. */
public record IntegerLookup(
        List<Long> vocabulary,
        Optional<Integer> maskToken,
        int numOovIndices,
        int oovToken,
        Encoding outputMode,
        List<Double> idfWeights,
        boolean invert,
        Unknown oovMethod,
        List<Long> salt,
        Optional<Integer> maxTokens,
        boolean padToMaxTokens)
        implements ComputedLayer {
    /** How unknown numbers are distributed over several indices: by the remainder of a division, or by a hash of their digits. */
    enum Unknown {
        FLOORMOD,
        FARMHASH
    }

    static final Kind<IntegerLookup> KIND = Kind.of(
                    "IntegerLookup",
                    IntegerLookup.class,
                    Kind.Family.PREPROCESSING,
                    "Replaces whole numbers by their indices in a vocabulary.",
                    new Kind.Example("vocabulary=[1, 2, 3]", "(None, 3)"))
            .settings(
                    IntegerVocabulary.SETTING,
                    Setting.optionalInteger(
                            "mask_token", Integer.MIN_VALUE, "The number that gets index 0; empty for none."),
                    Setting.integer("num_oov_indices", 1, 0, "How many indices stand for unknown numbers."),
                    Setting.integer(
                            "oov_token", -1, Integer.MIN_VALUE, "The number for an unknown index when inverted."),
                    Setting.choice("output_mode", Encoding.INT, Encoding.HELP),
                    DocumentFrequencies.SETTING,
                    Setting.flag("invert", false, "Whether indices are turned back into numbers."),
                    Setting.choice(
                            "oov_method", Unknown.FLOORMOD, "How unknown numbers are distributed over their indices."),
                    Hashing.key(),
                    Setting.optionalInteger("max_tokens", 2, "Largest size of the vocabulary; empty for no limit."),
                    Setting.flag("pad_to_max_tokens", false, "Whether encodings are padded to max_tokens."))
            .supportsOnly("sparse", false)
            .requires("vocabulary")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    /** The number of indices before those of unknown numbers: one for masked numbers, which encodings leave out. */
    private int masked() {
        return maskToken.isPresent() && outputMode == Encoding.INT ? 1 : 0;
    }

    private int first() {
        return Math.addExact(numOovIndices, masked());
    }

    /** The known numbers, without the tokens for masked and unknown numbers with which a vocabulary may begin. */
    private List<Long> known() {
        List<Long> special = new ArrayList<>(Collections.nCopies(masked(), (long) maskToken.orElse(0)));
        special.addAll(Collections.nCopies(Math.min(numOovIndices, vocabulary.size()), (long) oovToken));
        boolean whole =
                first() <= vocabulary.size() && vocabulary.subList(0, first()).equals(special);
        return whole ? vocabulary.subList(first(), vocabulary.size()) : vocabulary;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        int places = Math.addExact(known().size(), first());
        if (maxTokens.isPresent() && places > maxTokens.get()) {
            throw new Misfit(
                    "has " + places + " places, more than its max_tokens of " + maxTokens.get(), "Raise max_tokens.");
        }
        if (padToMaxTokens && maxTokens.isEmpty()) {
            throw new Misfit("has pad_to_max_tokens without max_tokens", "Set max_tokens.");
        }
        if (invert) {
            return inputs;
        }
        if (!idfWeights.isEmpty() && idfWeights.size() != vocabulary.size()) {
            throw new Misfit(
                    "has " + idfWeights.size() + " idf_weights for a vocabulary of " + vocabulary.size(),
                    "Give one for each number.");
        }
        return List.of(outputMode.spec(inputs.get(0).shape(), width()));
    }

    /** What {@code adapt} learned of the documents, where the file has it beside the configuration. */
    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return outputMode == Encoding.TF_IDF && idfWeights.isEmpty()
                ? List.of(WeightSpec.fixed(DocumentFrequencies.NAME, Initial.ONES, width()))
                : List.of();
    }

    @Override
    public Optional<ComputedLayer> settled(Weights learned) {
        double[] all = learned.tensors().get(0).toDoubles();
        int from = unlisted();
        return Optional.of(KIND.change(
                this,
                DocumentFrequencies.NAME,
                Json.of(Arrays.stream(all, from, from + vocabulary.size())
                        .boxed()
                        .toList())));
    }

    @Override
    public Map<String, Tensor> repeated() {
        return idfWeights.isEmpty()
                ? Map.of()
                : Map.of(
                        DocumentFrequencies.NAME,
                        Tensor.of(Shape.of(width()), DocumentFrequencies.padded(idfWeights, unlisted(), width())));
    }

    /** The number of indices before those that the vocabulary lists. */
    private int unlisted() {
        return known().size() == vocabulary.size() ? first() : 0;
    }

    /** The width of an encoding. */
    private int width() {
        return padToMaxTokens ? maxTokens.orElseThrow() : known().size() + first();
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        List<Long> known = known();
        Array numbers = inputs.get(0).as(Array.Form.WHOLE);
        if (invert) {
            return List.of(numbers.map(
                    v -> v,
                    v -> v >= first() && v < first() + known.size()
                            ? known.get((int) v - first())
                            : maskToken.isPresent() && v == 0 ? maskToken.get() : oovToken));
        }
        Map<Long, Integer> places = new HashMap<>();
        known.forEach(number -> places.putIfAbsent(number, places.size() + first()));
        Array found = numbers.map(v -> v, v -> place(v, places));
        Array encoded = outputMode.encode(found, width(), Optional.empty());
        if (outputMode != Encoding.TF_IDF) {
            return List.of(encoded);
        }
        Array counts = idfWeights.isEmpty()
                ? weights.get(0)
                : Array.of(DocumentFrequencies.padded(idfWeights, unlisted(), width()), width());
        return List.of(Arithmetic.multiply(encoded, counts));
    }

    /** The index of a number; -1 for a masked number that an encoding leaves out. */
    private long place(long number, Map<Long, Integer> places) {
        if (maskToken.isPresent() && number == maskToken.get()) {
            return masked() - 1L;
        }
        Integer place = places.get(number);
        if (place != null) {
            return place;
        }
        if (numOovIndices == 0) {
            throw new ModelException.CannotPredict(Problem.error(
                    Where.NOWHERE,
                    "the layer IntegerLookup received " + number + ", which its vocabulary does not have",
                    "Correct the data, or choose a model with num_oov_indices of 1 or more."));
        }
        long bin = oovMethod == Unknown.FARMHASH
                ? Hashes.bin(number, numOovIndices, salt)
                : Math.floorMod(number, numOovIndices);
        return bin + masked();
    }
}
