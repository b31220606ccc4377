package org.netsplice.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netsplice.container.AtomicFile;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.train.Epoch;
import org.netsplice.train.Goal;
import org.netsplice.train.Listener;
import org.netsplice.train.Loss;
import org.netsplice.train.Options;
import org.netsplice.train.Rows;
import org.netsplice.train.Selection;
import org.netsplice.train.Trained;
import org.netsplice.train.Trainer;
import org.netsplice.work.Interruption;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains layers of a model on rows whose targets are known. */
@Command(
        name = "train",
        description = "Trains the layers of a model that have no trained weights yet, and others that are named.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: netsplice train merged.splice --input X.npy --target y.npy --validation 0.2 --patience 3 -o trained.keras"
        })
final class TrainCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArgument model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "[OUTPUT=]FILE[#COLUMN]|COLUMN",
            description = "What is right for each row, as for evaluate; of several outputs each with its name.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--train",
            paramLabel = "NAME|PATTERN",
            split = ",",
            description = "Layers, groups or networks to train too; * stands for any letters.")
    private List<String> named = new ArrayList<>();

    @Option(
            names = "--loss",
            paramLabel = "[OUTPUT=]LOSS",
            description = "What is made small, by its name in Keras; found from output and targets if not given.")
    private List<String> losses = new ArrayList<>();

    @Option(
            names = "--loss-weight",
            paramLabel = "OUTPUT=W",
            description = "How much the loss of an output counts; 1 if not given.")
    private Map<String, Double> lossWeights = new LinkedHashMap<>();

    @Option(
            names = "--label-smoothing",
            defaultValue = "0",
            paramLabel = "S",
            description = "The share of a target that is spread over all classes, 0 to below 1.")
    private double smoothing;

    @Option(
            names = "--validation",
            paramLabel = "SHARE|FILE,FILE",
            description =
                    "Judge by this share of the rows, held back at random, or by other files: inputs, then targets.")
    private String validation;

    @Mixin
    private LearningOptions learning;

    @Option(names = "--log", paramLabel = "FILE.csv", description = "A table of the epochs.")
    private Path log;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private WrittenModel target;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw usage("--label-smoothing must be 0 or more and less than 1");
        }
        Options options = learning.options(data.batch(), share().orElse(0.0));
        checkTargets();
        Document document = model.open(console);
        List<Goal> goals = goals(document);
        Selection selection = Selection.of(document, named);
        CompiledNetwork network = Compiler.compile(document, console.progress());
        Rows rows = rows(network, goals);
        Optional<Rows> other = judging(network, goals);
        try (Interruption interruption = Interruption.listen()) {
            return train(new Trainer(document, selection, goals, options), document, rows, other, interruption);
        }
    }

    private int train(Trainer trainer, Document document, Rows rows, Optional<Rows> other, Interruption interruption) {
        Progress shown = console.progress();
        Progress progress = (fraction, what) -> {
            if (interruption.asked()) {
                throw new Stopped();
            }
            shown.at(fraction, what);
        };
        try {
            return finish(document, trainer.train(rows, other, new Told(interruption), progress));
        } catch (Stopped stopped) {
            console.note("Stopped before the first step; nothing is written.");
            return ExitCode.STOPPED;
        }
    }

    /** Prints what happens; stops when Ctrl+C was pressed. */
    private final class Told implements Listener {
        private final Interruption interruption;

        Told(Interruption interruption) {
            this.interruption = interruption;
        }

        @Override
        public boolean step(int epoch, long rows, long of, Epoch.Score soFar) {
            return !interruption.asked();
        }

        @Override
        public void epoch(Epoch epoch) {
            console.print(line(epoch) + System.lineSeparator());
        }

        @Override
        public void notice(String sentence) {
            console.note(sentence);
        }
    }

    private String line(Epoch epoch) {
        return String.format(
                Locale.ROOT,
                "epoch %" + String.valueOf(learning.epochs()).length() + "d  %s%s  %.1f s%s",
                epoch.number(),
                score(epoch, epoch.training()),
                epoch.validation()
                        .map(score -> "  validation " + score(epoch, score))
                        .orElse(""),
                epoch.seconds(),
                epoch.best() ? "  best" : "");
    }

    private static String score(Epoch epoch, Epoch.Score score) {
        return String.format(
                Locale.ROOT, "loss %.4f  %s %.4f", score.loss(), epoch.metric().replace('_', ' '), score.metric());
    }

    private int finish(Document document, Trained trained) {
        if (log != null) {
            write(trained);
        }
        target.write(trained.edit().apply(document), console);
        String kept = trained.best()
                .map(epoch -> "the weights of epoch " + epoch.number())
                .orElse("the weights of the last step");
        switch (trained.ending()) {
            case FINISHED -> console.note("Kept " + kept + " in " + target.name() + ".");
            case PATIENCE ->
                console.note(
                        "No better loss for " + learning.patience() + (learning.patience() == 1 ? " epoch" : " epochs")
                                + ": kept " + kept + " in " + target.name() + ".");
            case STOPPED -> console.note("Stopped: kept " + kept + " in " + target.name() + ".");
            case NOT_FINITE -> {
                console.note("Kept " + kept + " in " + target.name() + ", because training failed:");
                throw new ModelException.CannotPredict(trained.problem().orElseThrow());
            }
        }
        return trained.ending() == Trained.Ending.STOPPED ? ExitCode.STOPPED : ExitCode.DONE;
    }

    private void write(Trained trained) {
        String metric = trained.epochs().stream().map(Epoch::metric).findFirst().orElse("metric");
        StringBuilder text =
                new StringBuilder("epoch,loss," + metric + ",val_loss,val_" + metric + ",learning_rate,seconds\n");
        for (Epoch epoch : trained.epochs()) {
            List<Object> cells = new ArrayList<>(List.of(
                    epoch.number(), epoch.training().loss(), epoch.training().metric()));
            cells.add(epoch.validation()
                    .map(score -> String.valueOf(score.loss()))
                    .orElse(""));
            cells.add(epoch.validation()
                    .map(score -> String.valueOf(score.metric()))
                    .orElse(""));
            cells.add(epoch.rate());
            cells.add(String.format(Locale.ROOT, "%.3f", epoch.seconds()));
            text.append(cells.stream().map(String::valueOf).collect(Collectors.joining(",")))
                    .append('\n');
        }
        AtomicFile.write(log, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The share of the rows to hold back, when {@code --validation} gives one. */
    private Optional<Double> share() {
        if (validation == null
                || !validation.matches("[0-9.,]+")
                || validation.chars().filter(c -> c == ',').count() > 0) {
            return Optional.empty();
        }
        double share = Double.parseDouble(validation);
        if (!(share > 0 && share < 1)) {
            throw usage("--validation must be a share between 0 and 1, or files");
        }
        return Optional.of(share);
    }

    private void checkTargets() {
        data.require();
        List<Path> sources = model.files();
        sources.addAll(data.files());
        targets.forEach(text -> sources.add(Path.of(file(text))));
        target.check(sources, console);
        if (log != null) {
            Targets.check(spec, log, List.of("csv"), sources);
        }
    }

    /** What {@code --target} says behind the name of an output. */
    private static String file(String text) {
        return text.substring(text.indexOf('=') + 1);
    }

    /** What an option says of an output, {@code [OUTPUT=]WORD}; a word without a name is for all. */
    private static Optional<String> said(List<String> texts, String output) {
        Optional<String> own = texts.stream()
                .filter(text -> text.startsWith(output + "="))
                .map(TrainCommand::file)
                .findFirst();
        return own.or(() -> texts.stream().filter(text -> !text.contains("=")).findFirst());
    }

    private List<Goal> goals(Document document) {
        List<String> outputs = document.graph().outputs().stream()
                .map(document.graph()::outputName)
                .toList();
        List<String> names = classes.names();
        List<Goal> goals = new ArrayList<>();
        for (String text : targets) {
            String output = text.contains("=") ? text.substring(0, text.indexOf('=')) : "";
            if (output.isEmpty() && outputs.size() != 1) {
                throw usage("the model has " + outputs.size() + " outputs, " + String.join(", ", outputs)
                        + "; give --target OUTPUT=FILE for those to train");
            }
            String own = output.isEmpty() ? outputs.get(0) : output;
            if (!outputs.contains(own)) {
                throw usage("there is no output \"" + own + "\"; the outputs are " + String.join(", ", outputs));
            }
            Optional<Loss.Kind> loss = said(losses, own)
                    .map(word -> Loss.Kind.named(word)
                            .orElseThrow(() -> usage(Choices.sentence("--loss", word, Loss.Kind.names(), Map.of()))));
            goals.add(new Goal(own, loss, lossWeights.getOrDefault(own, 1.0), smoothing, names));
        }
        return goals;
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private Rows rows(CompiledNetwork network, List<Goal> goals) {
        List<String> columns = new ArrayList<>();
        Map<String, Answers> answers = new LinkedHashMap<>();
        for (int i = 0; i < goals.size(); i++) {
            String text = file(targets.get(i));
            data.targetTable(text).ifPresent(table -> columns.add(text));
            answers.put(goals.get(i).output(), data.answers(text));
        }
        return new Rows(data.read(network, columns, console), answers);
    }

    /** The rows to judge by, when {@code --validation} gives files: inputs, then targets that are no columns of theirs. */
    private Optional<Rows> judging(CompiledNetwork network, List<Goal> goals) {
        if (validation == null || share().isPresent()) {
            return Optional.empty();
        }
        List<String> files = new ArrayList<>(List.of(validation.split(",")));
        List<String> columns = new ArrayList<>();
        List<Goal> own = new ArrayList<>();
        for (int i = 0; i < goals.size(); i++) {
            String text = file(targets.get(i));
            if (data.targetTable(text).isPresent()) {
                columns.add(text);
            } else {
                own.add(goals.get(i));
            }
        }
        if (files.size() <= own.size()) {
            throw usage(
                    "--validation needs files for the inputs" + (own.isEmpty() ? "" : ", then one for each target"));
        }
        List<String> inputs = files.subList(0, files.size() - own.size());
        Map<String, Answers> answers = new LinkedHashMap<>();
        for (int i = 0; i < goals.size(); i++) {
            String text = file(targets.get(i));
            int place = own.indexOf(goals.get(i));
            answers.put(
                    goals.get(i).output(),
                    place < 0
                            ? Answers.column(Path.of(inputs.get(0)), text)
                            : Answers.read(files.get(inputs.size() + place)));
        }
        return Optional.of(new Rows(data.read(inputs, network, columns, console), answers));
    }
}
