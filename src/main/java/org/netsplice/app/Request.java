package org.netsplice.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.cli.Nearest;
import org.netsplice.cli.Program;
import org.netsplice.problem.Printable;

/** What the words behind the name of the program ask for. */
sealed interface Request {

    /** The word that opens the window with the sample models. */
    String SAMPLE = "--sample";

    /** A command, or an option such as {@code --help}. */
    record Command(List<String> words) implements Request {}

    /** The window with files, all of which exist; with {@code sample} also with the sample models. */
    record Window(List<Path> files, boolean sample) implements Request {}

    /** Nothing that can be done; {@code text} says why and what helps, in two lines. */
    record Refused(String text) implements Request {}

    /** Reads the words: a command is named first; files and {@code --sample} open the window. */
    static Request of(String... arguments) {
        List<String> words = List.of(arguments);
        if (!words.isEmpty() && (isOption(words.get(0)) || Program.isCommand(words.get(0)))) {
            return new Command(words);
        }
        List<Path> files = new ArrayList<>();
        for (String word : words) {
            if (word.equals(SAMPLE)) {
                continue;
            }
            Optional<Path> file = existing(word);
            if (file.isEmpty()) {
                return new Refused(isOption(word) ? noOption(word) : nothing(words, word));
            }
            files.add(file.get());
        }
        return new Window(files, words.contains(SAMPLE));
    }

    private static boolean isOption(String word) {
        return word.startsWith("-") && !word.equals(SAMPLE);
    }

    private static Optional<Path> existing(String word) {
        try {
            return Optional.of(Path.of(word)).filter(Files::exists);
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }

    private static String noOption(String word) {
        return refused(
                "netsplice: the window has no option \"" + Printable.name(word) + "\"",
                "Options belong to commands, which come first: netsplice summary model.keras; see netsplice --help.");
    }

    private static String nothing(List<String> words, String word) {
        if (Program.isCommand(word)) {
            return refused(
                    "netsplice: there is no file \"" + Printable.name(word) + "\", and a command comes first",
                    "Did you mean netsplice " + Printable.name(word) + " " + Printable.name(words.get(0)) + "?");
        }
        Optional<String> command = words.indexOf(word) == 0 ? Nearest.to(word, Program.commands()) : Optional.empty();
        if (command.isPresent()) {
            return refused(
                    "netsplice: there is no command and no file \"" + Printable.name(word) + "\"",
                    "Did you mean netsplice " + command.get() + "?");
        }
        boolean path = word.contains(".") || word.contains("/") || word.contains("\\");
        return refused(
                "netsplice: there is no " + (path ? "" : "command and no ") + "file \"" + Printable.name(word) + "\"",
                Nearest.to(word, neighbours(word))
                        .map(file -> "Did you mean " + Printable.name(file) + "?")
                        .orElse(
                                path
                                        ? "Check the name and the folder."
                                        : "netsplice --help lists the commands; files are opened in the window."));
    }

    private static String refused(String what, String remedy) {
        return what + System.lineSeparator() + "  " + remedy;
    }

    /** The files in the folder that a word names, written as the word would. */
    private static List<String> neighbours(String word) {
        try {
            Path parent = Path.of(word).getParent();
            Path folder = parent == null ? Path.of("") : parent;
            try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
                return files.limit(10_000)
                        .map(file -> parent == null
                                ? String.valueOf(file.getFileName())
                                : parent.resolve(file.getFileName()).toString())
                        .sorted()
                        .toList();
            }
        } catch (IOException | java.io.UncheckedIOException | InvalidPathException unreadable) {
            return List.of();
        }
    }
}
