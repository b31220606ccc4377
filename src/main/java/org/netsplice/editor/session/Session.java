package org.netsplice.editor.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.arrange.Arranger;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.History;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.work.Lane;

/**
 * An open document: its history, what is selected, what is known about it, and its picture. Used by one thread, {@code home};
 * the picture is arranged elsewhere and arrives later, the newest only.
 */
public final class Session {
    private final Executor home;
    private Arranger arranger = new Arranger();
    private final LayoutDelay delay = new LayoutDelay();
    private final List<Runnable> listeners = new ArrayList<>();
    private History history = History.of(Document.EMPTY);
    private Optional<Document> preview = Optional.empty();
    private Document saved = Document.EMPTY;
    private Optional<Path> file = Optional.empty();
    private final Reports reports = new Reports();
    private Report report = reports.of(Document.EMPTY.graph());
    private Scene scene = Scene.EMPTY;
    private Detail detail = Detail.WINDOW;
    private Set<NodeId> selection = Set.of();
    private Optional<Scene.Wire> selectedWire = Optional.empty();
    private long generation;
    private boolean settled = true;
    private Runnable stopArranging = () -> {};
    private final Search search = new Search(this);

    public Session(Executor home) {
        this.home = home;
    }

    /** Calls back after every change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The present document, or the preview of an edit. */
    public Document document() {
        return preview.orElseGet(history::present);
    }

    public Report report() {
        return report;
    }

    /** The latest picture; it may be of an earlier document until {@link #settled}. */
    public Scene scene() {
        return scene;
    }

    /** Whether the picture is the one of the present document. */
    public boolean settled() {
        return settled;
    }

    public Detail detail() {
        return detail;
    }

    public Set<NodeId> selection() {
        return selection;
    }

    public Optional<Scene.Wire> selectedWire() {
        return selectedWire;
    }

    /** The search in this document. */
    public Search search() {
        return search;
    }

    public Optional<String> undoTitle() {
        return history.undoTitle();
    }

    public Optional<String> redoTitle() {
        return history.redoTitle();
    }

    /** Whether there are changes that were not saved. */
    public boolean dirty() {
        return !document().equals(saved);
    }

    /** The file the document was opened from or saved to. */
    public Optional<Path> file() {
        return file;
    }

    /** Applies an edit; returns the reason when it is refused. */
    public Optional<Problem> apply(Edit edit) {
        try {
            changed(history.apply(edit));
            return Optional.empty();
        } catch (ModelException.EditRefused refusal) {
            return Optional.of(refusal.problem());
        }
    }

    /** Shows what an edit would make of the document, until it is applied or another one; a refused edit shows nothing new. */
    public void preview(Edit edit) {
        try {
            show(history, Optional.of(edit.apply(history.present())));
        } catch (ModelException.EditRefused refusal) {
            endPreview();
        }
    }

    /** Shows the document as it is, without a preview. */
    public void endPreview() {
        if (preview.isPresent()) {
            show(history, Optional.empty());
        }
    }

    public void undo() {
        changed(history.undo());
    }

    public void redo() {
        changed(history.redo());
    }

    /** Replaces the document and its history, from a file if it has one. */
    public void replace(Document document, Optional<Path> from) {
        begin(document, document, from);
    }

    /** Replaces the document by one with unsaved changes, which belongs to a file if it has one. */
    public void recover(Document document, Optional<Path> of) {
        begin(document, Document.EMPTY, of);
    }

    private void begin(Document document, Document asSaved, Optional<Path> of) {
        saved = asSaved;
        file = of;
        selection = Set.of();
        arranger = new Arranger();
        changed(History.of(document));
    }

    /** Notes that a document was saved. */
    public void saved(Document document, Path to) {
        saved = document;
        file = Optional.of(to);
        tell();
    }

    /** Adds a network. A document without changes of its own has none afterwards either. */
    public Optional<Problem> open(Edit network) {
        boolean nothing = !dirty() && file.isEmpty();
        Optional<Problem> problem = apply(network);
        if (nothing) {
            saved = document();
            tell();
        }
        return problem;
    }

    /** Shows the picture with other details. */
    public void show(Detail other) {
        detail = other;
        arrange();
        tell();
    }

    /** Whether a node that the picture shows is still there; the picture may be of an earlier document. */
    public boolean exists(NodeId node) {
        return document().graph().nodes().containsKey(node);
    }

    /** Whether a wire that the picture shows is still there. */
    public boolean exists(Scene.Wire wire) {
        Node reader = document().graph().nodes().get(wire.to());
        return reader != null
                && wire.input() < reader.inputs().size()
                && reader.inputs().get(wire.input()).equals(wire.port());
    }

    /** Selects exactly these nodes. */
    public void select(Set<NodeId> nodes) {
        Set<NodeId> present = new LinkedHashSet<>(nodes);
        present.removeIf(node -> !exists(node));
        selection = Set.copyOf(present);
        selectedWire = Optional.empty();
        tell();
    }

    /** Selects exactly the nodes of a group. */
    public void select(GroupId group) {
        Set<NodeId> inside = new LinkedHashSet<>();
        document().graph().nodesIn(group).forEach(node -> inside.add(node.id()));
        select(inside);
    }

    /** Selects exactly one wire. */
    public void select(Scene.Wire wire) {
        selection = Set.of();
        selectedWire = Optional.of(wire);
        tell();
    }

    /** Adds a node to the selection, or takes it out. */
    public void toggle(NodeId node) {
        Set<NodeId> nodes = new LinkedHashSet<>(selection);
        if (!nodes.remove(node)) {
            nodes.add(node);
        }
        select(nodes);
    }

    private void changed(History next) {
        show(next, Optional.empty());
    }

    private void show(History next, Optional<Document> previewed) {
        Document before = document();
        history = next;
        preview = previewed;
        if (!document().equals(before)) {
            report = reports.of(document().graph());
            Set<NodeId> left = new LinkedHashSet<>(selection);
            left.retainAll(document().graph().nodes().keySet());
            selection = Set.copyOf(left);
            selectedWire = Optional.empty();
            arrange();
        }
        tell();
    }

    private void arrange() {
        stopArranging.run();
        long number = ++generation;
        settled = false;
        Report present = report;
        Document document = document();
        Arranger own = arranger;
        Detail wanted = detail;
        Scene[] before = {scene};
        stopArranging = Lane.LAYOUT.start(
                progress -> {
                    delay.begin();
                    Scene arranged = own.arrange(present, document.placement(), wanted, progress, draft -> {
                        compare(draft, before);
                        home.execute(() -> drawn(number, draft, false));
                        delay.await(progress);
                    });
                    delay.ready();
                    compare(arranged, before);
                    return arranged;
                },
                home,
                new Lane.Outcome<Scene>() {
                    @Override
                    public void progress(double fraction, String what) {}

                    @Override
                    public void done(Scene arranged) {
                        drawn(number, arranged, true);
                    }

                    @Override
                    public void failed(Throwable problem) {
                        throw new IllegalStateException("the layout failed", problem);
                    }

                    @Override
                    public void stopped() {}
                });
    }

    /** Finds out beforehand what the window will ask for, of the picture that will be seen before this one. */
    private static void compare(Scene next, Scene[] before) {
        next.changed(before[0]);
        next.prepare();
        before[0] = next;
    }

    private void drawn(long number, Scene arranged, boolean done) {
        if (number == generation) {
            scene = arranged;
            settled = done;
            tell();
        }
    }

    void tell() {
        List.copyOf(listeners).forEach(Runnable::run);
    }

    /** The outermost group whose layers are exactly the selected ones. */
    public Optional<Group> selectedGroup() {
        Graph graph = document().graph();
        Optional<Group> found = Optional.empty();
        Optional<Group> group = selection.stream().findFirst().flatMap(graph::groupOf);
        while (group.isPresent()) {
            List<Node> inside = graph.nodesIn(group.get().id());
            boolean same = inside.size() == selection.size()
                    && inside.stream().allMatch(node -> selection.contains(node.id()));
            found = same ? group : found;
            group = group.get().parent().map(graph.groups()::get);
        }
        return found;
    }
}
