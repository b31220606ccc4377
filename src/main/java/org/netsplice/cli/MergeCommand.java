package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netsplice.bench.Weighting;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.editor.recipe.MergePlan;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.metrics.Coefficients;
import org.netsplice.metrics.GreedySelection;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.stack.Stacking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Joins models by one layer and appends others. */
@Command(
        name = "merge",
        description = "Joins the outputs of models by a merge layer and appends layers.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: netsplice merge a.keras b.keras --op concatenate --dense 16:sigmoid:output_layer -o merged.splice",
            "         netsplice merge m1.keras m2.keras --op average --inputs shared -o ensemble.splice"
        })
final class MergeCommand implements Callable<Integer> {
    private static final Map<String, String> OPERATIONS = new LinkedHashMap<>();

    /** What other programs call the operations. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("sum", "add"),
            Map.entry("plus", "add"),
            Map.entry("concat", "concatenate"),
            Map.entry("cat", "concatenate"),
            Map.entry("stack", "concatenate"),
            Map.entry("mean", "average"),
            Map.entry("avg", "average"),
            Map.entry("ave", "average"),
            Map.entry("weighted", "weighted-average"),
            Map.entry("max", "maximum"),
            Map.entry("min", "minimum"),
            Map.entry("mul", "multiply"),
            Map.entry("product", "multiply"),
            Map.entry("sub", "subtract"),
            Map.entry("minus", "subtract"),
            Map.entry("voting", "vote"),
            Map.entry("majority", "vote"));

    static {
        for (Kind<?> kind : Layers.family(Kind.Family.MERGE)) {
            String words = kind.className().replaceAll("([a-z])([A-Z])", "$1-$2");
            OPERATIONS.put(words.toLowerCase(Locale.ROOT), kind.className());
        }
    }

    /** The operations that the help lists and the shell completes. */
    static final class Operations implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return OPERATIONS.keySet().iterator();
        }
    }

    private static final String COEFFICIENTS = "coefficients";

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "The models, in the order of the merged inputs.")
    private List<Path> models;

    @Option(
            names = "--op",
            required = true,
            completionCandidates = Operations.class,
            description = "How the outputs are joined: ${COMPLETION-CANDIDATES}.")
    private String operation;

    @Option(
            names = "--output",
            split = ",",
            paramLabel = "NAME",
            description = "Which outputs are joined, of models that have several.")
    private List<String> outputs = new ArrayList<>();

    @Option(names = "--axis", paramLabel = "N", description = "Axis of concatenate.")
    private Integer axis;

    @Option(names = "--axes", split = ",", paramLabel = "N", description = "Axes of dot.")
    private List<Integer> axes;

    @Option(names = "--normalize", description = "Give vectors length 1 before dot.")
    private boolean normalize;

    @Option(
            names = "--coefficients",
            split = ",",
            paramLabel = "C",
            description =
                    "Weights of weighted-average, or best: those with the least loss on --input and --target; or greedy: steadier ones, found by adding the best model again and again.")
    private List<String> coefficients = new ArrayList<>();

    @Mixin
    private WeightsOption weights;

    @Mixin
    private DataOptions data;

    @Mixin
    private GoalOptions goal;

    @Option(
            names = "--stack",
            paramLabel = "PARTS",
            description =
                    "Train the one appended layer on --input and --target, and judge it on so many parts of the rows held back in turn.")
    private Integer parts;

    @Option(
            names = "--inputs",
            defaultValue = "separate",
            description = "shared or separate; ${DEFAULT-VALUE} if not given.")
    private String inputs;

    @Option(names = "--dense", paramLabel = "UNITS[:ACTIVATION[:NAME]]", description = "Append a Dense layer.")
    private List<String> dense = new ArrayList<>();

    @Option(names = "--add", paramLabel = "CLASS(setting=value,…)", description = "Append any layer.")
    private List<String> added = new ArrayList<>();

    @Option(
            names = "--head-weights",
            paramLabel = "FILE",
            description = "Weights for the appended layers: .npz, .npy, .safetensors, or a model or weights of Keras.")
    private Path headWeights;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "New weights are drawn from it.")
    private long seed;

    @Option(names = "--name", defaultValue = "merged model", description = "Name of the merged model.")
    private String name;

    @Mixin
    private PrefixOption prefixes;

    @Mixin
    private WrittenModel target;

    private enum Sharing {
        SHARED,
        SEPARATE
    }

    MergeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (models.size() < 2) {
            throw new ParameterException(spec.commandLine(), "give two models or more");
        }
        List<Path> sources = weights.with(models);
        Optional.ofNullable(headWeights).ifPresent(sources::add);
        target.check(sources, console);
        Sharing sharing = Choices.of(spec, "--inputs", inputs, Sharing.values());
        ComputedLayer merge = merge();
        if (isFound() && (data.isEmpty() || goal.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--coefficients " + coefficients.get(0) + " needs --input FILE and --target FILE");
        }
        List<LayerNotation.Named> head = head();
        checkStack(head);
        List<OpenNetwork> networks = weights.networks(models, prefixes, console);
        requireKnown(networks);
        Document document = new MergePlan(
                        networks,
                        sharing == Sharing.SHARED,
                        Set.copyOf(outputs),
                        merge,
                        head,
                        Optional.ofNullable(headWeights)
                                .map(file -> console.formats().weights(file, console.progress())),
                        name,
                        seed)
                .carryOut();
        target.write(isFound() ? weighted(document, merge) : parts != null ? stacked(document) : document, console);
        return ExitCode.DONE;
    }

    /** Whether the coefficients are to be found from data. */
    private boolean isFound() {
        return coefficients.equals(List.of("best")) || isGreedy();
    }

    private boolean isGreedy() {
        return coefficients.equals(List.of("greedy"));
    }

    /** The coefficients; null when none are given. */
    private List<Double> numbers() {
        if (coefficients.isEmpty()) {
            return null;
        }
        List<Double> numbers = new ArrayList<>();
        for (String text : coefficients) {
            try {
                numbers.add(Double.valueOf(text));
            } catch (NumberFormatException problem) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--coefficients needs numbers, best or greedy; " + text + " is none of them",
                        problem);
            }
        }
        return numbers;
    }

    /** The document with the best coefficients in its merge layer. */
    private Document weighted(Document document, ComputedLayer joining) {
        Node merge = document.graph().inOrder().stream()
                .filter(node -> node.layer().equals(joining))
                .reduce((first, second) -> second)
                .orElseThrow();
        Weighting found = Weighting.of(
                document,
                merge.id(),
                goal.rows(data, console),
                List.of(),
                scored -> isGreedy() ? GreedySelection.of(scored, seed) : Coefficients.best(scored),
                console.progress());
        console.note(String.format(
                Locale.ROOT,
                "coefficients %s: loss %.4f; the parts alone %s",
                text(found.coefficients()),
                found.loss(),
                text(found.alone())));
        ComputedLayer layer = joining.kind().read(Json.of(Map.of(COEFFICIENTS, found.coefficients())));
        return new Configure(merge.id(), layer).apply(document);
    }

    private void checkStack(List<LayerNotation.Named> head) {
        if (parts != null && (parts < 2 || head.size() != 1 || data.isEmpty() || goal.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--stack needs 2 parts or more, one layer by --dense or --add, --input FILE and --target FILE");
        }
    }

    /** The document with a trained head. */
    private Document stacked(Document document) {
        NodeId head = document.graph().outputs().get(0).port().node();
        Stacking found = Stacking.of(document, head, goal.rows(data, console), parts, seed, console.progress());
        console.note(String.format(
                Locale.ROOT, "stacked head: loss %.4f on rows held back in %d parts", found.loss(), parts));
        return found.document();
    }

    private static String text(List<Double> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%.4f", number))
                .collect(Collectors.joining(", "));
    }

    /** Refuses a name of {@code --output} that no model has. */
    private void requireKnown(List<OpenNetwork> networks) {
        Set<String> known = new LinkedHashSet<>();
        networks.forEach(network -> network.network()
                .outputs()
                .forEach(output -> known.add(network.network().outputName(output))));
        for (String output : outputs) {
            if (!known.contains(output)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no model has an output \"" + output + "\"; their outputs are " + String.join(", ", known));
            }
        }
    }

    private ComputedLayer merge() {
        String className = OPERATIONS.get(operation);
        if (className == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    Choices.sentence("--op", operation, List.copyOf(OPERATIONS.keySet()), OTHER_NAMES));
        }
        Kind<?> kind = Layers.kind(className).orElseThrow();
        Map<String, Object> settings = new LinkedHashMap<>();
        setting(kind, settings, "axis", "--axis", axis);
        setting(kind, settings, "axes", "--axes", axes);
        setting(kind, settings, "normalize", "--normalize", normalize ? true : null);
        setting(kind, settings, COEFFICIENTS, "--coefficients", isFound() ? List.of() : numbers());
        try {
            return kind.read(Json.of(settings));
        } catch (ModelException.Invalid | ModelException.Unsupported problem) {
            throw new ParameterException(spec.commandLine(), problem.problem().what());
        }
    }

    private void setting(Kind<?> kind, Map<String, Object> settings, String name, String option, Object value) {
        if (value != null) {
            if (kind.setting(name).isEmpty()) {
                throw new ParameterException(spec.commandLine(), option + " does not belong to " + operation);
            }
            settings.put(name, value);
        }
    }

    /** {@code --dense} and {@code --add} in the order in which they were given. */
    private List<LayerNotation.Named> head() {
        List<LayerNotation.Named> head = new ArrayList<>();
        ParseResult parsed = spec.commandLine().getParseResult();
        int denseAt = 0;
        int addedAt = 0;
        for (ArgSpec argument : parsed.matchedArgs()) {
            if (!argument.isOption()) {
                continue;
            }
            String option = ((picocli.CommandLine.Model.OptionSpec) argument).longestName();
            if (option.equals("--dense") && denseAt < dense.size()) {
                head.add(dense(dense.get(denseAt++)));
            } else if (option.equals("--add") && addedAt < added.size()) {
                head.add(LayerNotation.parse(added.get(addedAt++), new Where.AtOption("--add")));
            }
        }
        while (denseAt < dense.size()) {
            head.add(dense(dense.get(denseAt++)));
        }
        while (addedAt < added.size()) {
            head.add(LayerNotation.parse(added.get(addedAt++), new Where.AtOption("--add")));
        }
        return head;
    }

    private static LayerNotation.Named dense(String text) {
        String[] parts = text.split(":", 3);
        String settings =
                "units=" + parts[0] + (parts.length > 1 && !parts[1].isEmpty() ? ",activation=" + parts[1] : "");
        LayerNotation.Named layer = LayerNotation.parse("Dense(" + settings + ")", new Where.AtOption("--dense"));
        return new LayerNotation.Named(layer.layer(), parts.length > 2 ? parts[2] : "");
    }
}
