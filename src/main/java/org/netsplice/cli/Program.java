package org.netsplice.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.netsplice.format.Formats;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.work.Stopped;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line: parses, runs a command, and prints every failure in one form. */
@Command(
        name = "netsplice",
        description = "Opens trained neural networks, joins them, and runs and draws the result.",
        version = "NetSplice 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        footer = {"", "Without a command, netsplice [FILE…] opens the window.", "Example: netsplice summary model.keras"
        })
public final class Program {

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show where in the program a failure happened.")
    private boolean debug;

    /** The names of all commands. */
    public static final List<String> COMMANDS =
            List.of("tour", "summary", "plot", "merge", "predict", "evaluate", "convert", "check", "diff", "bench");

    /** Runs the command that {@code args} ask for and gives the exit code. */
    public static int run(String[] args, PrintWriter out, PrintWriter err, Formats formats, boolean terminal) {
        Program program = new Program();
        Console console = new Console(
                new PrintWriter(new PrintableWriter(out)),
                new PrintWriter(new PrintableWriter(err)),
                err,
                formats,
                terminal);
        CommandLine line = new CommandLine(program)
                .addSubcommand(new TourCommand(console))
                .addSubcommand(new SummaryCommand(console))
                .addSubcommand(new PlotCommand(console))
                .addSubcommand(new MergeCommand(console))
                .addSubcommand(new PredictCommand(console))
                .addSubcommand("evaluate", new UnbuiltCommand("evaluate"))
                .addSubcommand(new ConvertCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand("diff", new UnbuiltCommand("diff"))
                .addSubcommand(new BenchCommand(console));
        List.of("evaluate", "diff")
                .forEach(name -> line.getSubcommands().get(name).setUnmatchedArgumentsAllowed(true));
        line.setOut(out).setErr(err).setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
        line.setParameterExceptionHandler((problem, arguments) -> usage(problem, console.err()));
        line.setExecutionExceptionHandler((problem, command, result) -> program.failed(problem, console));
        int code = line.execute(args);
        console.out().flush();
        console.err().flush();
        return code;
    }

    private static int usage(ParameterException problem, PrintWriter err) {
        CommandLine command = problem.getCommandLine();
        err.println(command.getCommandSpec().qualifiedName() + ": " + problem.getMessage());
        err.println("  See " + command.getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.USAGE;
    }

    private int failed(Exception problem, Console console) {
        console.clearProgress();
        PrintWriter err = console.err();
        if (problem instanceof ModelException known) {
            err.println(
                    known.problems().stream().map(Problem::text).collect(Collectors.joining(System.lineSeparator())));
        } else if (problem instanceof Stopped) {
            err.println("netsplice: stopped");
        } else {
            err.println("netsplice: an unexpected error happened: " + problem);
            err.println("  This is a bug of NetSplice; run it again with --debug and report what it prints.");
        }
        if (debug) {
            problem.printStackTrace(err);
        }
        return ExitCode.of(problem);
    }
}
