package org.netsplice.gui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.recipe.Ensemble;
import org.netsplice.editor.session.Recovery;
import org.netsplice.editor.session.Selected;
import org.netsplice.editor.session.Session;
import org.netsplice.export.Pictures;
import org.netsplice.format.Formats;
import org.netsplice.format.Opened;
import org.netsplice.format.WeightArrays;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Weights;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;
import org.netsplice.problem.Comparison;
import org.netsplice.problem.Problem;
import org.netsplice.work.Lane;

/** What menus, buttons and keys do. */
final class Actions {
    static final Picker.Kind MODELS = Picker.Kind.of("Models", "*.keras", "*.h5", "*.hdf5", "*.json", "*.splice");
    static final Picker.Kind ALL = Picker.Kind.of("All files", "*.*");
    private static final Picker.Kind WEIGHTS = Picker.Kind.of("Weights", "*.h5", "*.hdf5", "*.keras");

    private final Session session;
    private final Gestures gestures;
    private final Formats formats;
    private final RecentFiles recent;
    private final Tasks tasks;
    private final Sources sources;
    private Picker picker;
    private Consumer<String> complain = text -> {};
    private Runnable afterOpen = () -> {};
    private Supplier<Actions> fresh = () -> this;
    private Consumer<WeightsView.Shown> viewer = shown -> {};
    private final Compiling compiling;

    private Consumer<Comparison> different = pairs -> {};
    private Consumer<Recovery.Left> recovered = left -> {};

    Actions(Session session, Gestures gestures, Formats formats, RecentFiles recent, Picker picker) {
        this.session = session;
        this.gestures = gestures;
        this.formats = formats;
        this.recent = recent;
        this.picker = picker;
        this.tasks = new Tasks(text -> complain.accept(text));
        this.compiling = new Compiling(session, tasks);
        this.sources = new Sources(session, this, formats, recent);
    }

    void onComplaint(Consumer<String> handler) {
        complain = handler;
    }

    /** Sets where a document that is opened comes: to a view without one. */
    void onFresh(Supplier<Actions> place) {
        fresh = place;
    }

    void onOpened(Runnable handler) {
        afterOpen = handler;
    }

    void setPicker(Picker other) {
        picker = other;
    }

    Picker picker() {
        return picker;
    }

    Tasks tasks() {
        return tasks;
    }

    /** The compiled document. */
    Compiling compiling() {
        return compiling;
    }

    /** Where networks came from. */
    Sources sources() {
        return sources;
    }

    RecentFiles recent() {
        return recent;
    }

    void complain(String text) {
        complain.accept(text);
    }

    /** Applies an edit and shows why when it is refused. */
    void apply(Edit edit) {
        session.apply(edit).ifPresent(problem -> complain.accept(Tasks.sentence(problem)));
    }

    /** Applies an edit; gives back why it was refused. */
    Optional<String> tried(Edit edit) {
        return session.apply(edit).map(problem -> problem.what() + ". " + problem.remedy());
    }

    void open() {
        open(picker.openMany("Open models", MODELS, ALL));
    }

    /** Opens files one after the other; an architecture asks for its weights. */
    void open(List<Path> paths) {
        for (Path path : paths) {
            Optional<Path> weights = Optional.empty();
            if (path.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
                weights = picker.open("Weights for " + path.getFileName(), WEIGHTS, ALL);
            }
            if (weights.isPresent()) {
                openPair(path, weights.get());
            } else {
                tasks.run(
                        "Opening " + path.getFileName(),
                        Lane.FILES,
                        progress -> formats.open(path, Optional.empty(), progress),
                        opened -> opened(opened, path));
            }
        }
    }

    /** Opens an architecture with its weights; when they do not belong together, shows both beside each other. */
    private void openPair(Path path, Path weights) {
        tasks.run(
                "Opening " + path.getFileName(),
                Lane.FILES,
                progress -> {
                    Optional<Comparison> pairs = formats.compare(path, weights);
                    return pairs.flatMap(Comparison::firstDifference).isPresent()
                            ? new Pair(pairs, Optional.empty())
                            : new Pair(pairs, Optional.of(formats.open(path, Optional.of(weights), progress)));
                },
                pair -> {
                    pair.opened().ifPresent(opened -> opened(opened, path));
                    if (pair.opened().isEmpty()) {
                        different.accept(pair.compared().orElseThrow());
                    }
                });
    }

    /** A comparison, and what was opened when the two belong together. */
    private record Pair(Optional<Comparison> compared, Optional<Opened> opened) {}

    /** Sets what shows an architecture and weights that do not belong together. */
    void onDifferent(Consumer<Comparison> handler) {
        different = handler;
    }

    private void opened(Opened opened, Path path) {
        recent.add(path);
        if (opened instanceof Opened.Network network) {
            sources.note(network.origin(), path);
            openNetwork(network);
        } else {
            fresh.get().show(opened.asDocument(), path);
            return;
        }
        afterOpen.run();
    }

    /** Shows a document of a file. */
    private void show(Document document, Path from) {
        session.replace(document, Optional.of(from));
        afterOpen.run();
    }

    private void openNetwork(Opened.Network network) {
        session.open(network.edit("")).ifPresent(problem -> complain(Tasks.sentence(problem)));
    }

    /** Makes a document of an ensemble. */
    void makeEnsemble(Ensemble ensemble) {
        tasks.run(
                "Joining " + ensemble.files().size() + " networks",
                Lane.FILES,
                progress -> ensemble.make(formats, progress),
                document -> fresh.get().begin(document));
    }

    /** Shows a document that was never saved. */
    private void begin(Document document) {
        session.recover(document, Optional.empty());
        afterOpen.run();
    }

    /** Adds sample models, which are not remembered among the recent files. */
    void openSamples(List<Path> paths) {
        for (Path path : paths) {
            tasks.run(
                    "Opening " + path.getFileName(),
                    Lane.FILES,
                    progress -> formats.open(path, Optional.empty(), progress),
                    opened -> {
                        openNetwork((Opened.Network) opened);
                        afterOpen.run();
                    });
        }
    }

    void save() {
        save(() -> {});
    }

    /** Saves, and goes on when that is done. */
    void save(Runnable then) {
        session.file()
                .filter(path -> path.toString().endsWith(".splice"))
                .ifPresentOrElse(path -> write(path, then), () -> saveAs(then));
    }

    void saveAs() {
        saveAs(() -> {});
    }

    private void saveAs(Runnable then) {
        picker.save(
                        "Save document",
                        session.document().name() + ".splice",
                        Picker.Kind.of("NetSplice document", "*.splice"),
                        Picker.Kind.of("Keras model", "*.keras"),
                        Picker.Kind.of("Keras model, HDF5", "*.h5"),
                        Picker.Kind.of("DL4J graph", "*.zip"))
                .ifPresent(path -> write(path, then));
    }

    private void write(Path path, Runnable then) {
        Document document = session.document();
        tasks.run(
                "Saving " + path.getFileName(),
                Lane.FILES,
                progress -> formats.write(document, path, progress),
                notes -> {
                    if (path.toString().endsWith(".splice")) {
                        session.saved(document, path);
                        recent.add(path);
                    }
                    if (!notes.isEmpty()) {
                        complain.accept(path.getFileName() + " is written, but "
                                + notes.stream().map(Problem::line).collect(Collectors.joining("; ")) + ".");
                    }
                    then.run();
                });
    }

    /** Opens a copy that was left behind, as the document it was made of; then the copy is no longer needed. */
    void recover(Recovery.Left left) {
        tasks.run(
                "Recovering " + (left.name().isEmpty() ? "a document" : left.name()),
                Lane.FILES,
                progress -> formats.open(left.copy(), Optional.empty(), progress),
                opened -> {
                    session.recover(opened.asDocument(), left.origin());
                    afterOpen.run();
                    recovered.accept(left);
                });
    }

    /** Sets what happens when a copy has been opened. */
    void onRecovered(Consumer<Recovery.Left> handler) {
        recovered = handler;
    }

    void exportPicture(Theme theme) {
        picker.save(
                        "Export picture",
                        session.document().name() + ".png",
                        Picker.Kind.of("PNG", "*.png"),
                        Picker.Kind.of("SVG", "*.svg"))
                .ifPresent(path -> tasks.run(
                        "Drawing " + path.getFileName(),
                        Lane.FILES,
                        progress -> {
                            Pictures.write(session.scene(), theme, 192, path, progress);
                            return path;
                        },
                        done -> {}));
    }

    /** Places the selected layers anew, beginning where they are. */
    void arrangeSelection() {
        Report report = session.report();
        Scene scene = session.scene();
        Set<NodeId> nodes = session.selection();
        tasks.run(
                "Arranging " + nodes.size() + " layers",
                Lane.LAYOUT,
                progress -> Selected.arranged(report, scene, nodes),
                this::apply);
    }

    void loadWeights(NodeId id) {
        Report report = session.report();
        String name = report.graph().node(id).name();
        picker.open("Weights for " + name, Picker.Kind.of("NumPy arrays", "*.npz", "*.npy"), ALL)
                .ifPresent(path -> tasks.run(
                        "Reading " + path.getFileName(),
                        Lane.FILES,
                        progress -> WeightArrays.read(path, name, report.weights(id)),
                        (Weights weights) -> apply(new LoadWeights(id, weights))));
    }

    /** Shows the weights of a layer. */
    void viewWeights(NodeId id) {
        Report report = session.report();
        Weights weights = report.graph().weights().get(report.graph().node(id).weights());
        viewer.accept(new WeightsView.Shown(report.graph().node(id).name(), report.weights(id), weights.tensors()));
    }

    /** Sets what shows weights. */
    void onView(Consumer<WeightsView.Shown> handler) {
        viewer = handler;
    }

    /** Joins the outputs of what is selected: by Concatenate where shapes allow it, else by the first merge that fits. */
    void mergeSelected() {
        List<Port> ports = gestures.selectedOutputs();
        if (ports.size() < 2) {
            complain(
                    "Select two outputs or more to merge them. Click the first, then click the others while holding Shift.");
            return;
        }
        org.netsplice.editor.recipe.Fit fit = new org.netsplice.editor.recipe.Fit(session.report());
        Kind<?> kind = Layers.ALL.stream()
                .filter(one -> one.family() == Kind.Family.MERGE)
                .filter(one -> fit.layer(one.standard(), ports).fits())
                .findFirst()
                .orElse(Layers.ALL.get(0));
        merge(kind, ports);
    }

    /** Joins the outputs of what is selected by a certain merge. */
    void merge(Kind<?> kind) {
        merge(kind, gestures.selectedOutputs());
    }

    private void merge(Kind<?> kind, List<Port> ports) {
        gestures.add(kind.standard(), new ArrayList<>(ports), Optional.empty())
                .ifPresent(problem -> complain(Tasks.sentence(problem)));
    }

    /** Whether a problem keeps the network from running. */
    static boolean isError(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR;
    }
}
