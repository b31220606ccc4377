package org.netsplice.layers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** The place of whole numbers in a vocabulary: {@code IntegerLookup(vocabulary=[12, 36])} turns (None, 3) into (None, 3); 0 stands for unknown ones. */
public record IntegerLookup(
        List<Long> vocabulary,
        Optional<Integer> maskToken,
        int numOovIndices,
        int oovToken,
        Encoding outputMode,
        boolean invert)
        implements ComputedLayer {
    static final Kind<IntegerLookup> KIND = Kind.of(
                    "IntegerLookup",
                    IntegerLookup.class,
                    Kind.Family.PREPROCESSING,
                    "Replaces whole numbers by their places in a vocabulary.",
                    new Kind.Example("vocabulary=[1, 2, 3]", "(None, 3)"))
            .with(
                    new Setting<>(
                                    "vocabulary",
                                    List.of(1L, 2L),
                                    "whole numbers",
                                    "The known numbers in order.",
                                    List.of(),
                                    IntegerLookup::numbers,
                                    value -> value)
                            .in(new Asset("vocabulary.txt", IntegerLookup::learned)),
                    Setting.optionalInteger(
                            "mask_token", Integer.MIN_VALUE, "A number that gets place 0; empty for none."),
                    Setting.integer("num_oov_indices", 1, 0, "How many places stand for unknown numbers."),
                    Setting.integer("oov_token", -1, Integer.MIN_VALUE, "What an unknown place becomes when inverted."),
                    Setting.choice("output_mode", Encoding.INT, Encoding.HELP),
                    Setting.flag("invert", false, "Whether places are turned back into numbers."))
            .supportsOnly("max_tokens")
            .supportsOnly("pad_to_max_tokens", false)
            .supportsOnly("sparse", false)
            .requires("vocabulary");

    /** The file lists what stands for masked and unknown numbers first. */
    private static List<Long> learned(Json config, List<String> lines) {
        long mask = config.find("mask_token").isPresent() ? 1 : 0;
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

    private int first() {
        return Math.addExact(numOovIndices, maskToken.isPresent() ? 1 : 0);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (invert) {
            return inputs;
        }
        return List.of(outputMode.spec(inputs.get(0).shape(), Math.addExact(vocabulary.size(), first())));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        if (invert) {
            return List.of(inputs.get(0)
                    .as(Array.Form.WHOLE)
                    .map(
                            v -> v,
                            v -> v >= first() && v < first() + vocabulary.size()
                                    ? vocabulary.get((int) v - first())
                                    : maskToken.isPresent() && v == 0 ? maskToken.get() : oovToken));
        }
        Map<Long, Integer> places = new HashMap<>();
        vocabulary.forEach(number -> places.putIfAbsent(number, places.size() + first()));
        Array found = inputs.get(0).as(Array.Form.WHOLE).map(v -> v, v -> place(v, places));
        return List.of(outputMode.encode(found, vocabulary.size() + first(), Optional.empty()));
    }

    private int place(long number, Map<Long, Integer> places) {
        if (maskToken.isPresent() && number == maskToken.get()) {
            return 0;
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
        return Math.floorMod(number, numOovIndices) + (maskToken.isPresent() ? 1 : 0);
    }
}
