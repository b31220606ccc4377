package org.netsplice.layers;

import java.util.List;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.Asset;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.Setting;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/** A vocabulary of whole numbers, in the configuration or in a text file beside it. */
final class IntegerVocabulary {
    static final Setting<List<Long>> SETTING = new Setting<>(
                    "vocabulary",
                    List.of(1L, 2L),
                    "The known numbers in order.",
                    new Codec<>("whole numbers", IntegerVocabulary::numbers, value -> value))
            .keptIn(new Asset("vocabulary.txt", IntegerVocabulary::learned));

    private IntegerVocabulary() {}

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
}
