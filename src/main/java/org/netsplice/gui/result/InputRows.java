package org.netsplice.gui.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Shape;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.predict.ColumnChoice;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.predict.Preview;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;

/**
 * A row for each input of a graph, with the file that is chosen for it. A file is looked at as soon as it is chosen; an input keeps its
 * file when it is renamed.
 */
final class InputRows extends VBox {
    private static final Picker.Kind DATA = Picker.Kind.of(
            "Data", "*.npy", "*.npz", "*.csv", "*.png", "*.jpg", "*.jpeg", "*.webp", "*.bmp", "*.tif", "*.tiff");

    private final Workbench workbench;
    private final Supplier<Optional<ImageReading>> images;
    private final Runnable onChange;
    private final Map<NodeId, Chosen> files = new HashMap<>();
    private List<Node> inputs = List.of();
    private List<Path> offered = List.of();

    InputRows(Workbench workbench, Supplier<Optional<ImageReading>> images, Runnable onChange) {
        super(8);
        this.workbench = workbench;
        this.images = images;
        this.onChange = onChange;
    }

    void show(Graph graph) {
        List<Node> present = graph.inputs().stream().map(graph::node).toList();
        if (!present.equals(inputs)) {
            inputs = present;
            show();
            offer(offered);
        }
    }

    private void show() {
        List<Label> names = new ArrayList<>();
        List<Label> shapes = new ArrayList<>();
        getChildren().clear();
        for (Node input : inputs) {
            Label name = new Label(Printable.name(input.name()));
            name.setTooltip(new Tooltip(Printable.name(input.name())));
            Label shape = new Label(shape(input).toString());
            shape.setMinWidth(Region.USE_PREF_SIZE);
            getChildren()
                    .add(new InputRow(
                            input.name(),
                            name,
                            shape,
                            new InputRow.Actions(button(input), text -> choose(input, text)),
                            Optional.ofNullable(files.get(input.id()))));
            names.add(name);
            shapes.add(shape);
        }
        align(names);
        align(shapes);
        onChange.run();
    }

    /** Makes all as wide as the widest. */
    private static void align(List<Label> column) {
        DoubleBinding widest = Bindings.createDoubleBinding(
                () -> column.stream().mapToDouble(InputRows::needed).max().orElse(0),
                column.stream().map(Label::fontProperty).toArray(Observable[]::new));
        column.forEach(label -> label.prefWidthProperty().bind(widest));
    }

    private static double needed(Label label) {
        Text text = new Text(label.getText());
        text.setFont(label.getFont());
        return Math.ceil(text.getLayoutBounds().getWidth()) + 1;
    }

    private static Shape shape(Node input) {
        return ((InputLayer) input.layer()).batchShape();
    }

    private static CompiledNetwork.Input described(Node input) {
        return new CompiledNetwork.Input(input.name(), shape(input), ((InputLayer) input.layer()).dtype());
    }

    private ButtonBase button(Node input) {
        ButtonBase choose = Inputs.takesPictures(shape(input)) ? new SplitMenuButton(folderItem(input)) : new Button();
        Chosen chosen = files.get(input.id());
        choose.setText(
                chosen == null
                        ? "Choose file…"
                        : Printable.name(String.valueOf(chosen.file().getFileName())));
        choose.setMnemonicParsing(false);
        choose.getStyleClass().add("choose-file");
        choose.setId("choose-" + input.name());
        choose.setAccessibleText("Data for the input " + Printable.name(input.name()));
        if (chosen != null) {
            choose.setTooltip(new Tooltip(Printable.name(chosen.file().toString())));
        }
        choose.setOnAction(event -> workbench
                .picker()
                .open("Data for " + Printable.name(input.name()), DATA, Picker.Kind.ALL)
                .ifPresent(file -> choose(input, new Chosen(file))));
        return choose;
    }

    private MenuItem folderItem(Node input) {
        MenuItem folder = new MenuItem("Folder of pictures…");
        folder.setId("choose-folder-" + input.name());
        folder.setOnAction(event -> workbench
                .picker()
                .folder("Pictures for " + Printable.name(input.name()))
                .ifPresent(file -> choose(input, new Chosen(file))));
        return folder;
    }

    private void choose(Node input, String columns) {
        Chosen present = files.get(input.id());
        if (present != null && !columns.equals(present.columns().text())) {
            choose(input, present.with(new ColumnChoice(ColumnChoice.list(columns), List.of())));
        }
    }

    /** Notes a file and looks at what it holds. */
    private void choose(Node input, Chosen chosen) {
        files.put(input.id(), chosen);
        show();
        ImageReading reading = images.get().orElse(ImageReading.UNIT);
        workbench.run(
                "Looking at " + chosen.file().getFileName(),
                Lane.FILES,
                progress -> Preview.of(chosen.file(), described(input), chosen.wanted(), reading, progress),
                seen -> {
                    if (chosen.equals(files.get(input.id()))) {
                        files.put(input.id(), chosen.with(seen));
                        show();
                    }
                });
    }

    /**
     * A file as seen by each input.
     *
     * @param parts the columns of each input, where a table holds the data of all together
     */
    private record Look(Path file, Map<NodeId, Preview> seen, List<ColumnChoice> parts) {
        boolean fits(NodeId input) {
            return seen.get(input).wrong().isEmpty();
        }
    }

    /** Gives dropped files to the inputs they fit: first to those with such a name, then to those without a file. */
    void take(List<Path> dropped) {
        look(dropped, look -> {
            if (inputs.isEmpty()) {
                return;
            }
            List<Node> ranked = ranked(look.file());
            List<Node> fitting =
                    ranked.stream().filter(input -> look.fits(input.id())).toList();
            if (fitting.isEmpty() && look.parts().size() > 1) {
                for (int i = 0; i < inputs.size(); i++) {
                    choose(
                            inputs.get(i),
                            new Chosen(look.file()).with(look.parts().get(i)));
                }
            } else if (archive(look.file()) && fitting.size() > 1) {
                fitting.forEach(input -> accept(input, look));
            } else {
                accept(fitting.isEmpty() ? ranked.get(0) : fitting.get(0), look);
            }
        });
    }

    /** Gives files to inputs that have none and that they fit; one may serve several inputs. They are offered to later inputs too. */
    void offer(List<Path> some) {
        Set<Path> all = new LinkedHashSet<>(offered);
        all.addAll(some);
        offered = List.copyOf(all);
        boolean empty = inputs.stream().anyMatch(input -> !files.containsKey(input.id()));
        if (empty && !some.isEmpty()) {
            look(some, look -> {
                for (Node input : inputs) {
                    boolean free = !files.containsKey(input.id())
                            || (files.get(input.id()).file().equals(look.file())
                                    || (named(look.file(), input)
                                            && some.contains(
                                                    files.get(input.id()).file())));
                    if (free && look.fits(input.id())) {
                        accept(input, look);
                    }
                }
            });
        }
    }

    private void look(List<Path> some, java.util.function.Consumer<Look> then) {
        ImageReading reading = images.get().orElse(ImageReading.UNIT);
        List<Node> present = inputs;
        for (Path file : some) {
            workbench.run(
                    "Looking at " + file.getFileName(),
                    Lane.FILES,
                    progress -> {
                        Map<NodeId, Preview> seen = new HashMap<>();
                        present.forEach(input -> seen.put(
                                input.id(), Preview.of(file, described(input), ColumnChoice.ALL, reading, progress)));
                        return new Look(file, seen, parts(file, present));
                    },
                    look -> {
                        if (inputs.equals(present)) {
                            then.accept(look);
                        }
                    });
        }
    }

    private static List<ColumnChoice> parts(Path file, List<Node> inputs) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".csv")
                ? Preview.shared(file, inputs.stream().map(InputRows::described).toList())
                : List.of();
    }

    private void accept(Node input, Look look) {
        files.put(input.id(), new Chosen(look.file()).with(look.seen().get(input.id())));
        show();
    }

    /** The inputs in the order in which they are to have a file. */
    private List<Node> ranked(Path file) {
        return inputs.stream()
                .sorted(java.util.Comparator.comparingInt(
                        input -> (named(file, input) ? 0 : 2) + (files.containsKey(input.id()) ? 1 : 0)))
                .toList();
    }

    private static boolean named(Path file, Node input) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.contains(input.name().toLowerCase(Locale.ROOT));
    }

    private static boolean archive(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npz");
    }

    /** The files that are chosen, by the names of their inputs. */
    Map<String, Path> files() {
        Map<String, Path> chosen = new LinkedHashMap<>();
        inputs.stream()
                .filter(input -> files.containsKey(input.id()))
                .forEach(input -> chosen.put(input.name(), files.get(input.id()).file()));
        return chosen;
    }

    /** The files with the columns that are read, in the order of the inputs. */
    List<Inputs.Given> given() {
        return inputs.stream()
                .filter(input -> files.containsKey(input.id()))
                .map(input -> new Inputs.Given(
                        input.name(),
                        files.get(input.id()).file(),
                        files.get(input.id()).columns()))
                .toList();
    }

    /** The columns of each table that is chosen. */
    Map<Path, List<String>> tables() {
        Map<Path, List<String>> tables = new LinkedHashMap<>();
        for (Node input : inputs) {
            Chosen chosen = files.get(input.id());
            if (chosen != null) {
                chosen.preview()
                        .filter(seen -> !seen.header().isEmpty())
                        .ifPresent(seen -> tables.put(chosen.file(), seen.header()));
            }
        }
        return tables;
    }

    /** Whether no input reads this column of a table. */
    boolean unread(Path table, String column) {
        return files.values().stream()
                .filter(chosen -> chosen.fits() && chosen.file().equals(table))
                .noneMatch(chosen -> chosen.preview().orElseThrow().reads(column));
    }

    /** Whether some file was not looked at yet. */
    boolean looking() {
        return files.values().stream().anyMatch(chosen -> chosen.preview().isEmpty());
    }

    /** What keeps the network from running on the inputs that are needed: an input without a file, or with one that does not fit; empty when nothing does. */
    Optional<String> obstacle(List<String> needed) {
        for (Node input : inputs) {
            if (!needed.contains(input.name())) {
                continue;
            }
            Chosen chosen = files.get(input.id());
            String name = Printable.name(input.name());
            if (chosen == null) {
                return Optional.of("Choose a file for the input " + name + ", or tick Random numbers.");
            }
            Optional<String> wrong = chosen.preview().flatMap(Preview::wrong);
            if (wrong.isPresent()) {
                return Optional.of("The file for the input " + name + " does not fit. " + wrong.get());
            }
        }
        return Optional.empty();
    }

    /** Whether some input can read pictures. */
    boolean takesPictures() {
        return inputs.stream().anyMatch(input -> Inputs.takesPictures(shape(input)));
    }

    /** Takes the focus to the first input; whether there is one. */
    boolean takeFocus() {
        Optional<javafx.scene.Node> first =
                lookupAll("*").stream().filter(ButtonBase.class::isInstance).findFirst();
        first.ifPresent(javafx.scene.Node::requestFocus);
        return first.isPresent();
    }
}
