package org.netsplice.gui.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.Samples;
import org.netsplice.editor.recipe.DocumentNames;
import org.netsplice.editor.recipe.Ensemble;
import org.netsplice.editor.recipe.OpenWithOverview;
import org.netsplice.editor.recipe.Reopen;
import org.netsplice.editor.session.Recovery;
import org.netsplice.editor.session.Session;
import org.netsplice.format.Formats;
import org.netsplice.format.Opened;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.form.NetworkFiles;
import org.netsplice.gui.result.PairingView;
import org.netsplice.gui.widget.Picker;
import org.netsplice.problem.Comparison;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.safety.FileReport;
import org.netsplice.work.Lane;

/** Opens and saves: what menus, buttons and keys do with files. */
public final class FileActions {
    private static final Picker.Kind WEIGHTS = Picker.Kind.of("Weights", "*.h5", "*.hdf5", "*.keras");

    private final Workbench workbench;
    private final Session session;
    private final Formats formats;
    private final RecentFiles recent;
    private final NetworkFiles networks;
    private final Place place;
    private final Map<Path, FileReport> reports = new LinkedHashMap<>();

    /** Where documents that are opened are shown. */
    public interface Place {
        /** The actions of an untouched document: of this one while it is untouched, else of a new one. */
        FileActions untouched();

        /** Notes that a model was opened from a file, and offers data to its inputs and targets for their rows. */
        void opened(Path model, List<Path> data, Optional<Path> targets);

        /** Shows what was opened. */
        void showOpened();

        /** Notes that the program itself wrote a file; called from any thread. */
        void wrote(Path path);

        /** Whether what repeats in a large network is folded when it is opened. */
        boolean foldsLarge();
    }

    /** Opens into the document of a workbench, and saves it. */
    public FileActions(Workbench workbench, Formats formats, RecentFiles recent, NetworkFiles networks, Place place) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.formats = formats;
        this.recent = recent;
        this.networks = networks;
        this.place = place;
    }

    /** Shows what the files that were opened here hold. */
    void showReports() {
        FileReportView.show(workbench.owner(), reports());
    }

    /** The files that were opened and saved lately. */
    public RecentFiles recent() {
        return recent;
    }

    /** Asks for files and opens them. */
    public void open() {
        open(workbench.picker().openMany("Open models", models(), Picker.Kind.ALL));
    }

    /** Opens files one after the other; an architecture asks for its weights. */
    public void open(List<Path> paths) {
        for (Path path : paths) {
            Optional<Path> weights = Optional.empty();
            if (path.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
                weights = workbench.picker().open("Weights for " + path.getFileName(), WEIGHTS, Picker.Kind.ALL);
            }
            if (weights.isPresent()) {
                openPair(path, weights.get());
            } else {
                workbench.run(
                        "Opening " + path.getFileName(),
                        Lane.FILES,
                        progress -> formats.open(path, Optional.empty(), progress),
                        opened -> opened(opened, path));
            }
        }
    }

    /** Opens an architecture with its weights; when they do not belong together, shows both beside each other. */
    private void openPair(Path path, Path weights) {
        workbench.run(
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
                        new PairingView(pair.compared().orElseThrow()).show(workbench.owner());
                    }
                });
    }

    /** A comparison, and what was opened when the two belong together. */
    private record Pair(Optional<Comparison> compared, Optional<Opened> opened) {}

    /** What the files that were opened here hold, in their order. */
    List<FileReport> reports() {
        return List.copyOf(reports.values());
    }

    /** Looks into a file that was opened, and says when it holds code, which was not run. */
    private void look(Opened opened, Path path) {
        workbench.run(
                "Looking into " + path.getFileName(),
                Lane.FILES,
                progress -> FileReport.of(formats, path, opened.asDocument(), progress),
                report -> {
                    reports.put(path, report);
                    if (!report.code().isEmpty()) {
                        workbench.announce(Printable.name(report.file())
                                + " holds code, which was not run; File › What was opened… tells which.");
                    }
                });
    }

    private void opened(Opened opened, Path path) {
        recent.add(path);
        look(opened, path);
        if (opened instanceof Opened.Network network) {
            networks.note(network.origin(), path);
            openNetwork(network);
            place.opened(path, List.of(), Optional.empty());
        } else {
            place.untouched().show(opened.asDocument(), path);
            return;
        }
        place.showOpened();
    }

    /** Shows a document of a file. */
    private void show(Document document, Path from) {
        session.replace(document, Optional.of(from));
        place.opened(from, List.of(), Optional.empty());
        place.showOpened();
    }

    private void openNetwork(Opened.Network network) {
        OpenNetwork opening = network.edit("");
        Edit edit = place.foldsLarge() ? new OpenWithOverview(opening) : opening;
        session.open(DocumentNames.opening(session.document(), edit))
                .ifPresent(problem -> workbench.complain(Sentences.of(problem)));
    }

    /** Reads the document's own file again, as one step of the history. */
    public void reopen(Path path) {
        workbench.run(
                "Opening " + path.getFileName(),
                Lane.FILES,
                progress -> formats.open(path, Optional.empty(), progress),
                opened -> {
                    Document document = opened.asDocument();
                    workbench.apply(new Reopen(document));
                    session.saved(document, path);
                });
    }

    /** Makes a document of an ensemble. */
    public void makeEnsemble(Ensemble ensemble) {
        workbench.run(
                "Joining " + ensemble.files().size() + " networks",
                Lane.FILES,
                progress -> ensemble.make(formats, progress),
                document -> place.untouched().begin(document));
    }

    /** Shows a document that was never saved. */
    private void begin(Document document) {
        session.recover(document, Optional.empty());
        place.showOpened();
    }

    /** Adds sample models, which are not remembered among the recent files. */
    public void openSamples(List<Path> paths) {
        for (Path path : paths) {
            workbench.run(
                    "Opening " + path.getFileName(),
                    Lane.FILES,
                    progress -> formats.open(path, Optional.empty(), progress),
                    opened -> {
                        openNetwork((Opened.Network) opened);
                        place.opened(path, Samples.dataBeside(path), Samples.targetsBeside(path));
                        place.showOpened();
                    });
        }
    }

    /** Saves to the document's own file; asks for one when it has none. */
    public void save() {
        save(() -> {});
    }

    /** Files that networks are opened from. */
    Picker.Kind models() {
        return NetworkFiles.models(formats);
    }

    /** Saves, and goes on when that is done. */
    public void save(Runnable then) {
        session.file()
                .filter(path -> path.toString().endsWith(".splice"))
                .ifPresentOrElse(path -> write(path, then), () -> saveAs(then));
    }

    void saveAs() {
        saveAs(() -> {});
    }

    private void saveAs(Runnable then) {
        workbench
                .picker()
                .save(
                        "Save document",
                        session.document().name() + ".splice",
                        formats.exporters().stream()
                                .map(one -> Picker.Kind.of(one.description(), "*." + one.extension()))
                                .toArray(Picker.Kind[]::new))
                .ifPresent(path -> write(path, then));
    }

    private void write(Path path, Runnable then) {
        Document document = session.document();
        workbench.run(
                "Saving " + path.getFileName(),
                Lane.FILES,
                progress -> {
                    List<Problem> notes = formats.write(document, path, progress);
                    place.wrote(path);
                    return notes;
                },
                notes -> {
                    if (path.toString().endsWith(".splice")) {
                        session.saved(document, path);
                        recent.add(path);
                    }
                    if (!notes.isEmpty()) {
                        workbench.complain(path.getFileName() + " is written, but "
                                + notes.stream().map(Problem::line).collect(Collectors.joining("; ")) + ".");
                    }
                    then.run();
                });
    }

    /** Opens a copy that was left behind, as the document it was made of, and goes on when that is done. */
    public void recover(Recovery.Left left, Runnable then) {
        workbench.run(
                "Recovering " + (left.name().isEmpty() ? "a document" : left.name()),
                Lane.FILES,
                progress -> formats.open(left.copy(), Optional.empty(), progress),
                opened -> {
                    session.recover(opened.asDocument(), left.origin());
                    place.showOpened();
                    then.run();
                });
    }
}
