package org.netsplice.gui;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.AddLayer;
import org.netsplice.edit.Configure;
import org.netsplice.edit.CopyWeights;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Freeze;
import org.netsplice.edit.MarkOutput;
import org.netsplice.edit.Rename;
import org.netsplice.edit.ResetWeights;
import org.netsplice.edit.SeparateInputs;
import org.netsplice.edit.Several;
import org.netsplice.editor.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.ComputedLayer;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Opaque;
import org.netsplice.layers.Setting;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** The form of one layer. */
final class LayerForm {
    private final Session session;
    private final Actions actions;
    private final Node node;
    private final Report report;

    LayerForm(Session session, Actions actions, NodeId id) {
        this.session = session;
        this.actions = actions;
        this.report = session.report();
        this.node = session.document().graph().node(id);
    }

    void fill(VBox content) {
        Label title = new Label(node.name());
        title.getStyleClass().add("title-4");
        title.setWrapText(true);
        Label summary = new Label(summary());
        summary.setWrapText(true);
        summary.getStyleClass().add("muted");
        Fields fields = new Fields();
        fields.input(
                        "Name",
                        "Unique in the document.",
                        node.name(),
                        name -> actions.tried(new Rename(node.id(), name.strip())))
                .setId("field-name");
        settings(fields);
        content.getChildren().addAll(title, summary, fields.view());
        problems(content);
        shapes(content);
        weights(content);
        marks(content);
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

    private void settings(Fields fields) {
        if (node.layer() instanceof Opaque opaque) {
            fields.add("Settings", "As the file states them.", readOnly(opaque.config(), 10));
        }
        if (!(node.layer() instanceof ComputedLayer layer)) {
            return;
        }
        if (layer.kind().family() == Kind.Family.INTERNAL) {
            Map<String, Object> config = layer.kind().config(layer);
            if (!config.isEmpty()) {
                fields.add("Settings", "As the file states them.", readOnly(Json.of(config), 6));
            }
            return;
        }
        if (layer.kind().family() == Kind.Family.MERGE) {
            operation(fields, layer);
        }
        Map<String, Object> config = layer.kind().config(layer);
        for (Setting<?> setting : layer.kind().settings()) {
            String value = shown(config.get(setting.name()));
            String help = setting.help() + "\n" + setting.range();
            if (config.get(setting.name()) instanceof Map<?, ?> inside) {
                fields.text(label(setting.name()), described(inside));
                continue;
            }
            if (setting.choices().isEmpty() || !setting.choices().contains(value)) {
                fields.input(label(setting.name()), help, value, typed -> change(layer, setting.name(), typed))
                        .setId("field-" + setting.name());
            } else {
                ComboBox<String> box = fields.choice(
                        label(setting.name()),
                        help,
                        setting.choices(),
                        value,
                        typed -> change(layer, setting.name(), typed).ifPresent(actions::complain));
                box.setId("field-" + setting.name());
            }
        }
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

    private static TextArea readOnly(Json json, int rows) {
        TextArea text = new TextArea(json.pretty());
        text.setEditable(false);
        text.setAccessibleText("Settings");
        text.setPrefRowCount(rows);
        return text;
    }

    /** A merge may become another kind of merge. */
    private void operation(Fields fields, ComputedLayer layer) {
        List<String> names = Layers.ALL.stream()
                .filter(kind -> kind.family() == Kind.Family.MERGE)
                .map(Kind::className)
                .toList();
        fields.choice(
                        "Operation",
                        "How the inputs are joined.",
                        names,
                        layer.className(),
                        name -> Layers.kind(name).ifPresent(kind -> actions.apply(become(kind))))
                .setId("field-operation");
    }

    /** Another kind of layer; a name that was made from the old class follows. */
    private Edit become(Kind<?> kind) {
        Edit configure = new Configure(node.id(), kind.standard());
        String old = AddLayer.nameFor(node.layer());
        String wanted = AddLayer.nameFor(kind.standard());
        boolean free = session.document().graph().named(wanted).isEmpty();
        return node.name().equals(old) && free
                ? new Several(List.of(configure, new Rename(node.id(), wanted)), configure.title())
                : configure;
    }

    private static String label(String setting) {
        String words = setting.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
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
            return actions.tried(new Configure(node.id(), Layers.change(layer, setting, typed, where)));
        } catch (ModelException problem) {
            return Optional.of(
                    problem.problem().what() + ". " + problem.problem().remedy());
        }
    }

    private void problems(VBox content) {
        for (Problem problem : report.problems(node.id())) {
            Label label = new Label(problem.what() + ". " + problem.remedy());
            label.setWrapText(true);
            label.getStyleClass().add(problem.severity() == Problem.Severity.ERROR ? "problem" : "warning");
            content.getChildren().add(label);
        }
    }

    private void shapes(VBox content) {
        Fields fields = new Fields();
        List<TensorSpec> inputs = report.inputs(node.id());
        for (int i = 0; i < node.inputs().size(); i++) {
            Node source = session.document().graph().node(node.inputs().get(i).node());
            String shape = i < inputs.size() ? inputs.get(i).shape().toString() : "?";
            fields.text(node.inputs().size() == 1 ? "Input" : "Input " + (i + 1), shape + "\nfrom " + source.name());
        }
        List<TensorSpec> outputs = report.outputs(node.id());
        fields.text(
                "Output",
                outputs.isEmpty()
                        ? "?"
                        : outputs.stream()
                                .map(spec -> spec.shape() + " " + spec.dtype().text())
                                .collect(Collectors.joining(", ")));
        content.getChildren().addAll(section("Shapes"), fields.view());
    }

    private static Label section(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("section");
        return label;
    }

    private void weights(VBox content) {
        List<WeightSpec> specs = report.weights(node.id());
        if (specs.isEmpty()) {
            return;
        }
        Fields fields = new Fields();
        long count = 0;
        for (WeightSpec spec : specs) {
            String shape = spec.shape() + (spec.trainable() ? "" : "  not trainable");
            boolean plain = spec.title().equals(spec.name());
            fields.text(plain ? spec.name() : "", plain ? shape : spec.title() + "\n" + shape);
            count += spec.shape().elements();
        }
        Graph graph = session.document().graph();
        boolean untrained = report.untrained(node.id());
        int calls = graph.callsOf(node).size();
        Label state = new Label(String.format(
                java.util.Locale.ROOT,
                "%,d numbers, %s%s",
                count,
                state(specs, untrained),
                calls > 1 ? ", shared by " + calls + " calls" : ""));
        state.setId("weights-state");
        state.setWrapText(true);
        Button load = new Button("Load…");
        load.setId("load-weights");
        load.setTooltip(new Tooltip("From .npz with " + node.name() + "/kernel or kernel, or from .npy"));
        load.setOnAction(event -> actions.loadWeights(node.id()));
        Button reset = new Button("Reset");
        reset.setTooltip(new Tooltip("Back to untrained weights"));
        reset.setDisable(untrained);
        reset.setOnAction(event -> actions.apply(new ResetWeights(node.id())));
        FlowPane buttons = new FlowPane(6, 6, load, reset);
        if (!untrained) {
            Button view = new Button("View…");
            view.setId("view-weights");
            view.setTooltip(new Tooltip("Statistics, a histogram and a heat map"));
            view.setOnAction(event -> actions.viewWeights(node.id()));
            buttons.getChildren().add(0, view);
        }
        donors(specs).ifPresent(buttons.getChildren()::add);
        content.getChildren().addAll(section("Weights"), fields.view(), state, buttons);
    }

    private String state(List<WeightSpec> specs, boolean untrained) {
        if (untrained) {
            return "untrained (Keras' defaults)";
        }
        boolean fit = session.document().graph().weights().get(node.weights()).fit(specs);
        return fit ? "loaded" : "but those loaded do not fit";
    }

    /** Layers whose weights would fit here. */
    private Optional<ComboBox<String>> donors(List<WeightSpec> specs) {
        Graph graph = session.document().graph();
        List<Node> fitting = graph.nodes().values().stream()
                .filter(other -> !other.weights().equals(node.weights()))
                .filter(other -> graph.weights().containsKey(other.weights())
                        && graph.weights().get(other.weights()).fit(specs))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        ComboBox<String> box = new ComboBox<>();
        box.setPromptText("Copy from…");
        box.setAccessibleText("Copy weights from");
        fitting.forEach(other -> box.getItems().add(other.name()));
        box.setOnAction(event ->
                graph.named(box.getValue()).ifPresent(other -> actions.apply(new CopyWeights(other.id(), node.id()))));
        return Optional.of(box);
    }

    private void marks(VBox content) {
        Port port = Port.of(node.id());
        if (!node.isInput()) {
            CheckBox output = new CheckBox("Output of the model");
            output.setSelected(session.document().graph().outputs().stream()
                    .anyMatch(one -> one.port().equals(port)));
            output.setOnAction(event -> actions.apply(new MarkOutput(port, output.isSelected())));
            content.getChildren().add(output);
        }
        if (!report.weights(node.id()).isEmpty()) {
            CheckBox frozen = new CheckBox("Frozen");
            frozen.setTooltip(new Tooltip(
                    node.layer().traits().contains(Layer.Trait.STATISTICS)
                            ? "Training leaves the weights alone, and the layer keeps the mean and variance it has: as in Keras, "
                                    + "a frozen BatchNormalization computes as in prediction."
                            : "Training leaves the weights alone."));
            frozen.setSelected(!node.trainable());
            frozen.setOnAction(event -> actions.apply(new Freeze(Set.of(node.id()), frozen.isSelected())));
            content.getChildren().add(frozen);
        }
        long networks = Topology.of(session.document().graph()).readers(port).stream()
                .flatMap(id -> session.document().graph().outermostGroupOf(id).stream())
                .distinct()
                .count();
        if (node.isInput() && networks > 1) {
            Button separate = new Button("Separate inputs");
            separate.setId("separate-inputs");
            separate.setOnAction(event -> actions.apply(new SeparateInputs(node.id())));
            content.getChildren().add(separate);
        }
    }
}
