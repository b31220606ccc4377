package org.netsplice.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options with a few allowed words, written in lower case with hyphens. */
final class Choices {
    private Choices() {}

    static <E extends Enum<E>> E of(CommandSpec spec, String option, String text, E[] values) {
        return Arrays.stream(values)
                .filter(value -> word(value).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        sentence(
                                option,
                                text,
                                Arrays.stream(values).map(Choices::word).toList(),
                                Map.of())));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Says that an option cannot be a word, which one was probably meant, and which there are. */
    static String sentence(String option, String text, List<String> words, Map<String, String> otherNames) {
        Optional<String> meant = Optional.ofNullable(otherNames.get(text.toLowerCase(Locale.ROOT)))
                .or(() -> Nearest.to(text, words));
        return option + " cannot be \"" + text + "\""
                + meant.map(word -> "; did you mean " + word + "? Choose ").orElse("; choose ")
                + String.join(", ", words);
    }
}
