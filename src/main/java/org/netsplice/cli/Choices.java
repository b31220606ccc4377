package org.netsplice.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
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
                        option + " cannot be \"" + text + "\"; choose "
                                + Arrays.stream(values).map(Choices::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
