package org.netsplice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the file a command is to write. */
final class Targets {
    private Targets() {}

    /** Refuses a format that this version cannot write, and a target that is one of the command's own inputs. */
    static void check(CommandSpec spec, Path target, List<String> formats, Collection<Path> inputs) {
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        if (formats.stream().noneMatch(format -> name.endsWith("." + format))) {
            int dot = name.lastIndexOf('.');
            String extension = dot < 0 ? "a file without an extension" : name.substring(dot);
            throw new ParameterException(
                    spec.commandLine(),
                    "this version cannot write " + extension + " here; choose ." + String.join(", .", formats));
        }
        for (Path input : inputs) {
            if (same(input, target)) {
                throw new ParameterException(
                        spec.commandLine(),
                        target + " is one of the inputs and would be overwritten; choose another name");
            }
        }
    }

    private static boolean same(Path one, Path two) {
        try {
            return Files.exists(one) && Files.exists(two) && Files.isSameFile(one, two);
        } catch (IOException problem) {
            return one.toAbsolutePath().normalize().equals(two.toAbsolutePath().normalize());
        }
    }
}
