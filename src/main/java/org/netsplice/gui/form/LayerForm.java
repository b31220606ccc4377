package org.netsplice.gui.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.CopyWeights;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.ResetWeights;
import org.netsplice.edit.step.SeparateInputs;
import org.netsplice.edit.step.Several;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.gui.Workbench;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Opaque;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** The form of one layer. */
final class LayerForm {
    private final Session session;
    private final Workbench workbench;
    private final LayerWeights loader;
    private final Consumer<NodeId> coefficients;
    private final Node node;
    private final Report report;
    private final List<Part> parts = new ArrayList<>();

    LayerForm(Workbench workbench, LayerWeights loader, Consumer<NodeId> coefficients, NodeId id) {
        this.session = workbench.session();
        this.workbench = workbench;
        this.loader = loader;
        this.coefficients = coefficients;
        this.report = session.report();
        this.node = session.document().graph().node(id);
    }

    /** The parts of the form. */
    List<Part> parts() {
        parts.add(new Part.Title(Printable.name(node.name())));
        parts.add(Part.Words.muted("summary-of-layer", summary()));
        parts.add(new Part.Input(
                "field-name",
                "Name",
                "The name must be unique in the document.",
                node.name(),
                name -> workbench.attempt(new Rename(node.id(), name.strip()))));
        problems();
        boolean untrained = report.untrained(node.id());
        if (untrained) {
            weights();
        }
        settings();
        shapes();
        if (!untrained) {
            weights();
        }
        marks();
        return parts;
    }

    private String summary() {
        if (node.layer() instanceof ComputedLayer layer) {
            return layer.className() + ": " + layer.kind().summary();
        }
        return node.layer()
                .obstacle()
                .map(reason -> node.layer().className() + " is kept but not computed: " + reason + ".")
                .orElse("InputLayer: where data enters the network.");
    }

    private void settings() {
        if (node.layer() instanceof Opaque opaque) {
            readOnly(opaque.config(), 10);
        }
        if (!(node.layer() instanceof ComputedLayer layer)) {
            return;
        }
        Map<String, Object> config = layer.kind().config(layer);
        if (layer.kind().family() == Kind.Family.INTERNAL) {
            if (!config.isEmpty()) {
                readOnly(Json.of(config), 6);
            }
            return;
        }
        if (layer.kind().family() == Kind.Family.MERGE) {
            operation(layer);
        }
        for (Setting<?> setting : layer.kind().settings()) {
            parts.add(setting(layer, setting, config.get(setting.name())));
        }
        if (layer.kind().family() == Kind.Family.MERGE && config.containsKey("coefficients")) {
            parts.add(new Part.Buttons(new Part.Press(
                    "best-coefficients",
                    "Best coefficients…",
                    "Finds the coefficients with the least loss on the rows and targets chosen in the Scoreboard",
                    () -> coefficients.accept(node.id()))));
        }
    }

    private Part setting(ComputedLayer layer, Setting<?> setting, Object present) {
        if (present instanceof Map<?, ?> inside) {
            return new Part.Fact(SettingPart.name(setting), described(inside));
        }
        return SettingPart.of(
                "field-" + setting.name(),
                setting,
                Optional.of(shown(present)),
                typed -> change(layer, setting.name(), typed),
                workbench::complain);
    }

    /** A layer inside a layer, as one would type it: settings that are not the usual ones. */
    private static String described(Map<?, ?> layer) {
        Json json = Json.of(layer);
        Json config = json.get("config");
        String name = json.get("class_name").text();
        Json usual = Json.of(Layers.kind(name)
                .<Map<String, Object>>map(kind -> kind.config(kind.standard()))
                .orElse(Map.of()));
        return name
                + config.keys().stream()
                        .filter(key -> !config.find(key).equals(usual.find(key)))
                        .map(key -> key + "="
                                + config.find(key).map(LayerForm::plain).orElse("none"))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String plain(Json value) {
        return value.isText() ? value.text() : shown(value);
    }

    private void readOnly(Json json, int rows) {
        parts.add(new Part.Reading("settings", "Settings", "As the file states them.", json.pretty(), rows));
    }

    /** Offers the other merges in place of a merge. */
    private void operation(ComputedLayer layer) {
        List<String> names = Layers.ALL.stream()
                .filter(kind -> kind.family() == Kind.Family.MERGE)
                .map(Kind::className)
                .toList();
        parts.add(new Part.Choice(
                "field-operation",
                "Operation",
                "How the inputs are merged.",
                names,
                layer.className(),
                name -> Layers.kind(name).ifPresent(kind -> workbench.apply(become(kind)))));
    }

    /** Replaces the layer by another kind; a name made from the old class is renamed after the new one. */
    private Edit become(Kind<?> kind) {
        Edit configure = new Configure(node.id(), kind.standard());
        String old = AddLayer.nameFor(node.layer());
        String wanted = AddLayer.nameFor(kind.standard());
        boolean free = session.document().graph().named(wanted).isEmpty();
        return node.name().equals(old) && free
                ? new Several(List.of(configure, new Rename(node.id(), wanted)), configure.title())
                : configure;
    }

    private static String shown(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : Json.of(value).toString().replace(",", ", ");
    }

    private Optional<String> change(ComputedLayer layer, String setting, String typed) {
        try {
            Where where = new Where.AtNode(node.id().number(), node.name());
            return workbench.attempt(new Configure(node.id(), LayerNotation.change(layer, setting, typed, where)));
        } catch (ModelException problem) {
            return Optional.of(
                    problem.problem().what() + ". " + problem.problem().remedy());
        }
    }

    private void problems() {
        List<Problem> all =
                report.problems(node.id()).stream().filter(workbench::shows).toList();
        for (int i = 0; i < all.size(); i++) {
            Problem problem = all.get(i);
            boolean error = problem.severity() == Problem.Severity.ERROR;
            parts.add(new Part.Words("problem-" + i, sentence(problem), error ? "problem" : "warning"));
            if (!error) {
                parts.add(new Part.Link("hide-" + i, "Do not show again", () -> workbench.hide(problem)));
            }
        }
    }

    private static String sentence(Problem problem) {
        String what = problem.what();
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + ". " + problem.remedy();
    }

    private void shapes() {
        parts.add(Part.Words.section("Shapes"));
        List<TensorSpec> inputs = report.inputs(node.id());
        for (int i = 0; i < node.inputs().size(); i++) {
            Node source = session.document().graph().node(node.inputs().get(i).node());
            String shape = i < inputs.size() ? inputs.get(i).shape().toString() : "?";
            parts.add(new Part.Fact(
                    node.inputs().size() == 1 ? "Input" : "Input " + (i + 1),
                    shape + "\nfrom " + Printable.name(source.name())));
        }
        List<TensorSpec> outputs = report.outputs(node.id());
        parts.add(new Part.Fact(
                "Output",
                outputs.isEmpty()
                        ? "?"
                        : outputs.stream()
                                .map(spec -> spec.shape() + " " + spec.dtype().text())
                                .collect(Collectors.joining(", "))));
    }

    private void weights() {
        List<WeightSpec> specs = report.weights(node.id());
        if (specs.isEmpty()) {
            return;
        }
        parts.add(Part.Words.section("Weights"));
        long count = 0;
        for (WeightSpec spec : specs) {
            String shape = spec.shape() + (spec.trainable() ? "" : "  not trainable");
            boolean plain = spec.title().equals(spec.name());
            parts.add(new Part.Fact(
                    "weight " + spec.title(), plain ? spec.name() : "", plain ? shape : spec.title() + "\n" + shape));
            count += spec.shape().elements();
        }
        boolean untrained = report.untrained(node.id());
        int calls = session.document().graph().callsOf(node).size();
        parts.add(new Part.Words(
                "weights-state",
                String.format(
                        java.util.Locale.ROOT,
                        "%,d numbers, %s%s",
                        count,
                        state(specs, untrained),
                        calls > 1 ? ", shared by " + calls + " calls" : ""),
                "plain"));
        weightButtons(untrained);
        donors(specs);
    }

    private void weightButtons(boolean untrained) {
        Part.Press load = new Part.Press(
                "load-weights",
                "Load…",
                "From a layer in a model, in weights of Keras, or in .safetensors, .npz or .npy",
                () -> loader.load(node.id()));
        Part.Press reset = new Part.Press(
                "reset-weights",
                "Reset",
                "Back to untrained weights",
                !untrained,
                () -> workbench.apply(new ResetWeights(node.id())));
        Part.Press view = new Part.Press(
                "view-weights", "View…", "Statistics, a histogram and a heat map", () -> loader.view(node.id()));
        parts.add(untrained ? new Part.Buttons(load, reset) : new Part.Buttons(view, load, reset));
    }

    private String state(List<WeightSpec> specs, boolean untrained) {
        if (untrained) {
            return "untrained (Keras' defaults)";
        }
        boolean fit = session.document().graph().weights().get(node.weights()).fit(specs);
        return fit ? "loaded" : "but those loaded do not fit";
    }

    /** Weights of other layers that would fit here. */
    private Stream<WeightsId> fitting(List<WeightSpec> specs) {
        return session.document().graph().weights().entrySet().stream()
                .filter(other -> other.getValue().fit(specs) && !other.getKey().equals(node.weights()))
                .map(Map.Entry::getKey);
    }

    /** Names of layers that have one of these weights. */
    private List<String> calling(Stream<WeightsId> weights) {
        Set<WeightsId> all = weights.collect(Collectors.toSet());
        return session.document().graph().nodes().values().stream()
                .filter(other -> all.contains(other.weights()))
                .map(Node::name)
                .toList();
    }

    private void donors(List<WeightSpec> specs) {
        if (fitting(specs).findAny().isPresent()) {
            parts.add(new Part.Offer(
                    "copy-weights",
                    "Copy from…",
                    "Copy weights from",
                    () -> calling(fitting(specs)),
                    name -> session.document()
                            .graph()
                            .named(name)
                            .ifPresent(other -> workbench.apply(new CopyWeights(other.id(), node.id())))));
        }
    }

    private void marks() {
        Port port = Port.of(node.id());
        Graph graph = session.document().graph();
        if (!node.isInput()) {
            parts.add(new Part.Check(
                    "is-output",
                    "Output of the model",
                    "",
                    graph.outputs().stream().anyMatch(one -> one.port().equals(port)),
                    on -> workbench.apply(new MarkOutput(port, on))));
        }
        if (!report.weights(node.id()).isEmpty()) {
            parts.add(new Part.Check(
                    "is-frozen",
                    "Frozen",
                    node.layer().traits().contains(Layer.Trait.STATISTICS)
                            ? "Training does not change the weights, and the layer keeps its mean and variance: as in Keras, "
                                    + "a frozen BatchNormalization computes as in prediction."
                            : "Training does not change the weights.",
                    !node.trainable(),
                    on -> workbench.apply(new Freeze(Set.of(node.id()), on))));
        }
        if (node.isInput()
                && report.topology().readers(port).stream()
                                .flatMap(id -> graph.outermostGroupOf(id).stream())
                                .distinct()
                                .count()
                        > 1) {
            parts.add(new Part.Buttons(new Part.Press(
                    "separate-inputs",
                    "Separate inputs",
                    "Gives every network its own input.",
                    () -> workbench.apply(new SeparateInputs(node.id())))));
        }
    }
}
