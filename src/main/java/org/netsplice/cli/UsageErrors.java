package org.netsplice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was probably meant. */
final class UsageErrors {
    private UsageErrors() {}

    /** Two lines: the command and what is wrong, and what helps. */
    static String text(ParameterException problem) {
        CommandSpec command = problem.getCommandLine().getCommandSpec();
        boolean built = !command.usageMessage().hidden();
        String help = "See " + (built ? command : command.root()).qualifiedName() + " --help.";
        String what = problem.getMessage();
        Optional<String> meant = Optional.empty();
        List<String> unmatched = problem instanceof UnmatchedArgumentException unknown
                ? unknown.getUnmatched()
                : problem.getCommandLine().getUnmatchedArguments();
        if (built && !unmatched.isEmpty()) {
            String word = unmatched.get(0);
            what = unmatched(command, word);
            meant = Nearest.to(word, word.startsWith("-") ? options(command) : commands(command));
        } else if (problem instanceof MissingParameterException missing && what.startsWith("Missing required")) {
            what = missing(what, missing.getMissing());
        } else if (what.equals("Missing required subcommand")) {
            what = "a command is missing";
        } else if (what.startsWith("Invalid value for ")) {
            what = invalid(what);
        }
        return command.qualifiedName() + ": " + what + System.lineSeparator() + "  "
                + meant.map(word -> "Did you mean " + word + "? ").orElse("") + help;
    }

    private static String invalid(String what) {
        return what.replaceFirst("Invalid value for (option|positional parameter at index [^ ]+) ", "")
                .replaceFirst("^'([^']+)'(?: \\([^)]*\\))?: ", "$1 cannot be ")
                .replaceFirst("expected one of \\[([^\\]]*)\\] \\([^)]*\\) but was ('.*')$", "$2; choose $1")
                .replaceFirst(" is not an? (double|float)$", ": that is not a number")
                .replaceFirst(" is not an? (int|long)$", ": that is not a whole number")
                .replace('\'', '"');
    }

    private static String unmatched(CommandSpec command, String word) {
        if (word.startsWith("-")) {
            return "there is no option \"" + word + "\"";
        }
        return command.subcommands().isEmpty()
                ? "\"" + word + "\" is one argument too many"
                : "there is no command \"" + word + "\"";
    }

    private static String missing(String what, List<ArgSpec> missing) {
        if (what.contains(" for option ")) {
            ArgSpec option = missing.get(0);
            return label(option) + " is missing behind " + ((OptionSpec) option).longestName();
        }
        return missing.stream()
                        .map(one ->
                                one instanceof OptionSpec option ? option.longestName() + " " + label(one) : label(one))
                        .collect(Collectors.joining(" and "))
                + (missing.size() == 1 ? " is missing" : " are missing");
    }

    private static String label(ArgSpec argument) {
        return argument.paramLabel().replaceAll("[<>]", "");
    }

    private static List<String> options(CommandSpec command) {
        List<String> names = new ArrayList<>();
        command.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> names.addAll(List.of(option.names())));
        names.removeIf(name -> !name.startsWith("--"));
        if (!command.subcommands().isEmpty()) {
            names.add("--sample");
        }
        return names;
    }

    private static List<String> commands(CommandSpec command) {
        return command.subcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }
}
