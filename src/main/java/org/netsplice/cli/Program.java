package org.netsplice.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        subcommands = {
            TourCommand.class,
            SummaryCommand.class,
            PlotCommand.class,
            MergeCommand.class,
            ChainCommand.class,
            BlendCommand.class,
            CalibrateCommand.class,
            PredictCommand.class,
            ActivationsCommand.class,
            GradCamCommand.class,
            EvaluateCommand.class,
            TrainCommand.class,
            ConvertCommand.class,
            CheckCommand.class,
            DiffCommand.class,
            BenchCommand.class
        },
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

    /** Makes the commands, each with the console, and what else picocli asks for. */
    private record Making(Console console) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.isAnnotationPresent(Command.class)
                    ? type.getDeclaredConstructor(Console.class).newInstance(console)
                    : CommandLine.defaultFactory().create(type);
        }
    }

    /** Words of descriptions that follow from what is registered. */
    private static final class Words extends ListResourceBundle {
        private final Formats formats;

        Words(Formats formats) {
            this.formats = formats;
        }

        @Override
        protected Object[][] getContents() {
            return new Object[][] {{WrittenModel.ENDINGS, formats.endings()}};
        }
    }

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show where in the program a failure happened.")
    private boolean debug;

    /** The exit code of a command line that is not understood. */
    public static final int USAGE = ExitCode.USAGE;

    /** The names of the commands, for people, in the order of the help. */
    public static List<String> commands() {
        return Stream.of(Program.class.getAnnotation(Command.class).subcommands())
                .map(command -> command.getAnnotation(Command.class).name())
                .toList();
    }

    /** Whether a word is a command. */
    public static boolean isCommand(String word) {
        return commands().contains(word);
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
        CommandLine line = new CommandLine(program, new Making(console));
        line.setResourceBundle(new Words(formats));
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
