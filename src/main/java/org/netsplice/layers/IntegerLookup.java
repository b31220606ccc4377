package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Asset;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
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
                    new Setting<>(
                                    "vocabulary",
                                    List.of(1L, 2L),
                                    "The known numbers in order.",
                                    new Codec<>("whole numbers", IntegerLookup::numbers, value -> value))
                            .keptIn(new Asset("vocabulary.txt", IntegerLookup::learned)),
                    Setting.optionalInteger(
                            "mask_token", Integer.MIN_VALUE, "The number that gets index 0; empty for none."),
                    Setting.integer("num_oov_indices", 1, 0, "How many indices stand for unknown numbers."),
                    Setting.integer(
                            "oov_token", -1, Integer.MIN_VALUE, "The number for an unknown index when inverted."),
                    Setting.choice("output_mode", Encoding.INT, Encoding.HELP),
                    Setting.flag("invert", false, "Whether indices are turned back into numbers."),
                    Setting.choice(
                            "oov_method", Unknown.FLOORMOD, "How unknown numbers are distributed over their indices."),
                    Hashing.key(),
                    Setting.optionalInteger("max_tokens", 2, "Largest size of the vocabulary; empty for no limit."),
                    Setting.flag("pad_to_max_tokens", false, "Whether encodings are padded to max_tokens."))
            .supportsOnly("sparse", false)
            .requires("vocabulary")
            .build();

    /** The vocabulary of the file, which lists the tokens for masked and unknown numbers first. */
    private static List<Long> learned(Json config, List<String> lines) {
        boolean counted = config.find("output_mode")
                .map(mode -> mode.text().equals("int"))
                .orElse(true);
        long mask = counted && config.find("mask_token").isPresent() ? 1 : 0;
        long unknown = config.find("num_oov_indices").map(Json::integer).orElse(1L);
        try {
            return lines.stream()
                    .skip(mask + unknown)
                    .map(line -> Long.valueOf(line.strip()))
                    .toList();
        } catch (NumberFormatException text) {
            throw config.wrong("the vocabulary beside it holds something else than whole numbers");
        }
    }

    private static List<Long> numbers(Json json) {
        if (json.isText()) {
            throw new ModelException.Unsupported(Problem.error(
                    json.where(), "a vocabulary in another file (\"" + json.text() + "\") is never opened", ""));
        }
        return json.items().stream().map(Json::integer).toList();
    }

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
        return List.of(outputMode.spec(inputs.get(0).shape(), width()));
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
        return List.of(outputMode.encode(found, width(), Optional.empty()));
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
