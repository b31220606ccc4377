package org.netsplice.gui.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.TypedChoice;
import org.netsplice.train.Loss;
import org.netsplice.train.Optimizer;
import org.netsplice.train.Options;

/** What is trained and how, as fields: those that are often changed, and others that a button shows. */
final class TrainForm extends VBox {
    private static final String UNTRAINED = "what is untrained";
    private static final String SELECTED = "the selected layers";
    private static final String ALL = "all layers";
    private static final String FOUND = "found from the data";

    private final Workbench workbench;
    private final ComboBox<String> layers = new ComboBox<>();
    private final Entry epochs =
            new Entry(field("train-epochs", "10", 4, "Epochs"), "Epochs must be a whole number from 1.", whole(1));
    private final Entry batch = new Entry(
            field("train-batch", "32", 4, "Rows of a batch"), "The batch must be a whole number from 1.", whole(1));
    private final Entry rate = new Entry(
            field("train-rate", "0.001", 6, "Learning rate"),
            "The learning rate must be a number above 0, such as 0.001.",
            value -> value > 0 && value < 1e6);
    private final Entry held = new Entry(
            field("train-held", "0.2", 4, "Share held back"),
            "The share that is held back must be a number from 0 to below 1, such as 0.2.",
            value -> value >= 0 && value < 1);
    private final Entry patience = new Entry(
            field("train-patience", "0", 3, "Patience in epochs"),
            "The patience must be a whole number from 0.",
            whole(0));
    private final Entry seed =
            new Entry(field("train-seed", "0", 5, "Seed"), "The seed must be a whole number from 0.", whole(0));
    private final TypedChoice loss = choice("train-loss", "Loss");
    private final TypedChoice optimizer = choice("train-optimizer", "Optimizer");
    private final ComboBox<Options.Decay> decay = new ComboBox<>();
    private final CheckBox balanced = new CheckBox("Balance classes");
    private final FlowPane often = new FlowPane(8, 6);
    private final FlowPane seldom = new FlowPane(8, 6);

    /**
     * The fields.
     *
     * @param data what chooses the targets, which comes first
     * @param buttons what starts and ends training, which comes last
     */
    TrainForm(Workbench workbench, List<Node> data, List<Region> buttons) {
        super(6);
        this.workbench = workbench;
        layers.setId("train-layers");
        layers.setEditable(true);
        layers.setAccessibleText("Layers to train");
        layers.setPrefWidth(180);
        layers.setValue(UNTRAINED);
        layers.setOnShowing(event -> offerLayers());
        layers.setTooltip(new Tooltip(
                "Untrained layers learn, and these; names with commas between them, * stands for any letters"));
        explain();
        fillChoices();
        ToggleButton more = new ToggleButton("More");
        more.setId("train-more");
        more.setMinWidth(USE_PREF_SIZE);
        often.getChildren().addAll(data);
        often.getChildren()
                .addAll(
                        named("Train", layers),
                        named("Epochs", epochs.field()),
                        named("Learning rate", rate.field()),
                        named("Held back", held.field()),
                        more);
        buttons.forEach(button -> button.setMinWidth(USE_PREF_SIZE));
        often.getChildren().addAll(buttons);
        seldom.getChildren()
                .addAll(
                        named("Loss", loss),
                        named("Optimizer", optimizer),
                        named("Rate", decay),
                        named("Batch", batch.field()),
                        named("Patience", patience.field()),
                        named("Seed", seed.field()),
                        balanced);
        for (FlowPane line : List.of(often, seldom)) {
            line.setAlignment(Pos.CENTER_LEFT);
            line.setMinHeight(USE_PREF_SIZE);
        }
        seldom.visibleProperty().bind(more.selectedProperty());
        seldom.managedProperty().bind(more.selectedProperty());
        getChildren().addAll(often, seldom);
        setMinHeight(USE_PREF_SIZE);
    }

    private void explain() {
        held.field()
                .setTooltip(new Tooltip(
                        "The share of the rows that training does not see and that judges each epoch; 0 for none"));
        patience.field()
                .setTooltip(new Tooltip("After how many epochs without a better loss training ends; 0 for never"));
        seed.field()
                .setTooltip(
                        new Tooltip("Decides the order of rows and what is held back; equal seeds give equal weights"));
        balanced.setId("train-balanced");
        balanced.setMinWidth(USE_PREF_SIZE);
        balanced.setTooltip(new Tooltip("Rows of rare classes count as much, together, as those of frequent ones"));
    }

    private void fillChoices() {
        loss.getItems().add(FOUND);
        Arrays.stream(Loss.Kind.values()).map(TrainForm::words).forEach(loss.getItems()::add);
        loss.setValue(FOUND);
        optimizer.getItems().addAll(Optimizer.names());
        optimizer.setValue(Optimizer.names().get(0));
        decay.setId("train-decay");
        decay.setAccessibleText("Learning rate over time");
        decay.getItems().addAll(Options.Decay.values());
        decay.setValue(Options.Decay.CONSTANT);
        decay.setConverter(new Names());
    }

    /**
     * A field for a number.
     *
     * @param rule what may stand in it, as a sentence
     */
    private record Entry(TextField field, String rule, DoublePredicate allowed) {
        Optional<Double> typed() {
            try {
                return Optional.of(Double.parseDouble(field.getText().strip())).filter(allowed::test);
            } catch (NumberFormatException problem) {
                return Optional.empty();
            }
        }

        double value() {
            return typed().orElseThrow();
        }
    }

    private static DoublePredicate whole(int least) {
        return value -> value >= least && value == Math.rint(value) && value < 1e9;
    }

    /** Shows how a rate changes in words. */
    private static final class Names extends javafx.util.StringConverter<Options.Decay> {
        @Override
        public String toString(Options.Decay value) {
            return value == null
                    ? ""
                    : switch (value) {
                        case CONSTANT -> "stays";
                        case EXPONENTIAL -> "falls by a tenth each epoch";
                        case COSINE -> "falls to 0 (cosine)";
                    };
        }

        @Override
        public Options.Decay fromString(String text) {
            return null;
        }
    }

    private static String words(Loss.Kind kind) {
        return kind.text().replace('_', ' ');
    }

    private static TypedChoice choice(String id, String name) {
        TypedChoice choice = new TypedChoice();
        choice.setId(id);
        choice.setAccessibleText(name);
        return choice;
    }

    private static TextField field(String id, String text, int columns, String name) {
        TextField field = new TextField(text);
        field.setId(id);
        field.setPrefColumnCount(columns);
        field.setAccessibleText(name);
        return field;
    }

    private static HBox named(String name, Node field) {
        Label label = new Label(name);
        label.setMinWidth(USE_PREF_SIZE);
        HBox both = new HBox(4, label, field);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    private void offerLayers() {
        Graph graph = workbench.session().document().graph();
        List<String> offered = new ArrayList<>(List.of(UNTRAINED, SELECTED, ALL));
        graph.groups().values().stream().map(Group::name).forEach(offered::add);
        String before = layers.getEditor().getText();
        layers.getItems().setAll(offered);
        layers.setValue(before);
    }

    /** The names of the layers that are trained beside untrained ones. */
    List<String> names() {
        Session session = workbench.session();
        String text = layers.getEditor().getText().strip();
        return switch (text) {
            case UNTRAINED, "" -> List.of();
            case ALL -> List.of("*");
            case SELECTED ->
                session.selection().stream()
                        .map(session.document().graph()::node)
                        .map(org.netsplice.graph.Node::name)
                        .toList();
            default ->
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
        };
    }

    /** The loss that is chosen; empty to find it from the output and the targets. */
    Optional<Loss.Kind> lossKind() {
        return Arrays.stream(Loss.Kind.values())
                .filter(kind -> words(kind).equals(loss.getValue()))
                .findFirst();
    }

    /** The options as they are typed; empty where one is wrong, which is told. */
    Optional<Options> options() {
        for (Entry entry : List.of(epochs, batch, rate, held, patience, seed)) {
            if (entry.typed().isEmpty()) {
                workbench.complain(entry.rule());
                return Optional.empty();
            }
        }
        return Optional.of(Options.STANDARD
                .withEpochs((int) epochs.value())
                .withBatch((int) batch.value())
                .withRate(rate.value())
                .withHeld(held.value())
                .withPatience((int) patience.value())
                .withSeed((long) seed.value())
                .withOptimizer(Optimizer.named(optimizer.getValue()).orElseThrow())
                .withDecay(decay.getValue())
                .withBalanced(balanced.isSelected()));
    }
}
