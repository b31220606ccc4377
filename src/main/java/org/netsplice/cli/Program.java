package org.netsplice.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.netsplice.editor.Version;
import org.netsplice.format.Formats;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Stopped;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line: parses, runs a command, and prints every failure in one form. */
@Command(
        name = "netsplice",
        description = "Opens trained neural networks, joins them, and runs and draws the result.",
        versionProvider = Program.VersionOfBuild.class,
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        footer = {"", "Without a command, netsplice [FILE…] opens the window.", "Example: netsplice summary model.keras"
        })
public final class Program {

    /** The version, for {@code --version}. */
    static final class VersionOfBuild implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"NetSplice " + Version.text()};
        }
    }

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show where in the program a failure happened.")
    private boolean debug;

    /** The exit code of a command line that is not understood. */
    public static final int USAGE = ExitCode.USAGE;

    private static final List<String> COMMANDS = List.of(
            "tour",
            "summary",
            "plot",
            "merge",
            "chain",
            "blend",
            "calibrate",
            "predict",
            "activations",
            "grad-cam",
            "evaluate",
            "train",
            "convert",
            "check",
            "diff",
            "bench");

    /** The names of the commands, for people. */
    public static List<String> commands() {
        return COMMANDS;
    }

    /** Whether a word is a command. */
    public static boolean isCommand(String word) {
        return COMMANDS.contains(word);
    }

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
                .addSubcommand(PlotCommand.of(console))
                .addSubcommand(new MergeCommand(console))
                .addSubcommand(new ChainCommand(console))
                .addSubcommand(new BlendCommand(console))
                .addSubcommand(new CalibrateCommand(console))
                .addSubcommand(new PredictCommand(console))
                .addSubcommand(new ActivationsCommand(console))
                .addSubcommand(new GradCamCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new TrainCommand(console))
                .addSubcommand(new ConvertCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new DiffCommand(console))
                .addSubcommand(new BenchCommand(console));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(out).setErr(err).setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
        line.setParameterExceptionHandler((problem, arguments) -> usage(problem, console.err()));
        line.setExecutionExceptionHandler((problem, command, result) -> program.failed(problem, console));
        int code = program.executed(line, args, console);
        console.out().flush();
        console.err().flush();
        return code;
    }

    /** Runs the command; when memory runs out, reports it as a failure of what the command was doing. */
    private int executed(CommandLine line, String[] args, Console console) {
        try {
            return line.execute(args);
        } catch (OutOfMemoryError problem) {
            boolean predicts = args.length > 0
                    && List.of("predict", "evaluate", "train", "bench", "tour").contains(args[0]);
            Problem shortage = MemoryShortage.problem(
                    Where.NOWHERE,
                    "netsplice: the memory is used up",
                    predicts ? "Use fewer rows, a smaller --batch or a smaller model." : "Use a smaller model.");
            return failed(
                    predicts
                            ? new ModelException.CannotPredict(shortage, problem)
                            : new ModelException.Unsupported(shortage, problem),
                    console);
        } catch (Error problem) {
            return failed(problem, console);
        }
    }

    private static int usage(ParameterException problem, PrintWriter err) {
        err.println(UsageErrors.text(problem));
        return ExitCode.USAGE;
    }

    private int failed(Throwable problem, Console console) {
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
