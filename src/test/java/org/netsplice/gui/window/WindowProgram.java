package org.netsplice.gui.window;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.stage.Stage;
import org.netsplice.app.Main;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.Fold;
import org.netsplice.edit.step.InsertLayer;
import org.netsplice.edit.step.Move;
import org.netsplice.edit.step.Remove;
import org.netsplice.edit.step.Rename;
import org.netsplice.editor.Preferences;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.Layers;
import org.netsplice.problem.Where;
import org.netsplice.testing.DeepModels;
import org.netsplice.work.Progress;

/**
 * Measures documents of 10,000 layers in the whole window, in milliseconds: how long after the layout the first picture begins to
 * be seen, and stands; and how long the window is busy with single steps: the edit or the selection itself with everything that is
 * refreshed after it, how much of that the window's thread itself was computing and not waiting for a processor or for memory, and
 * then the toolkit with style sheets and the layout of controls.
 * Run as {@link SizeProgram}.
 */
public final class WindowProgram {
    private static final int RUNS = 60;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WindowProgram() {}

    /** Prints one line for each step. */
    public static void main(String[] args) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        Platform.setImplicitExit(false);
        started.await();
        if (args.length == 0) {
            measure("one deep network", DeepModels.residual(3332));
            measure("fifty networks", DeepModels.joined(50, 66));
        }
        for (String file : args) {
            measure(
                    file,
                    Main.formats()
                            .open(Path.of(file), Optional.empty(), Progress.NONE)
                            .asDocument());
        }
        Platform.exit();
    }

    private static void measure(String title, Document document) throws Exception {
        System.out.printf(
                Locale.ROOT, "%s: %,d layers%n", title, document.graph().nodes().size());
        Path folder = Files.createTempDirectory("netsplice-window");
        List<MainWindow> windows = new ArrayList<>();
        now(() -> {
            Stage stage = new Stage();
            Preferences preferences = Preferences.in(folder, new RecentFiles(folder.resolve("recent.txt")));
            preferences.settings().put("window-width", 1920);
            preferences.settings().put("window-height", 1080);
            windows.add(new MainWindow(stage, Main.formats(), preferences, Optional.empty()));
            windows.get(0).show();
        });
        DocumentView view = windows.get(0).current();
        Session session = view.session();
        Parent root = view.root();
        List<Double> seen = new ArrayList<>();
        CountDownLatch whole = firstPicture(session, view.canvas(), seen);
        time("show the document", 1, root, run -> session.replace(document, Optional.empty()));
        whole.await();
        SizeProgram.print("first frame", seen.subList(0, 1));
        SizeProgram.print("whole picture", seen.subList(1, 2));
        settle(session);
        List<NodeId> ids = List.copyOf(document.graph().nodes().keySet());
        time("select a layer", RUNS, root, run -> session.select(Set.of(ids.get(run))));
        edits(session, root);
        unfolding(session, root);
        time("search", RUNS, root, run -> session.search().look(run % 2 == 0 ? "dense" : "dense units>=8"));
        time("select everything", RUNS, root, run -> session.select(Set.copyOf(ids.subList(run, ids.size()))));
        now(() -> windows.get(0).stage().close());
    }

    private static void edits(Session session, Parent root) throws Exception {
        List<Node> nodes = List.copyOf(session.document().graph().nodes().values());
        Node middle = nodes.stream()
                .skip(nodes.size() / 2)
                .filter(node -> node.layer().className().equals("Dense"))
                .findFirst()
                .orElse(nodes.get(nodes.size() / 2));
        NodeId id = middle.id();
        Layer dropout = Layers.kind("Dropout").orElseThrow().standard();
        thereAndBack(session, "insert", RUNS, root, new InsertLayer(dropout, id, 0), 150);
        thereAndBack(session, "insert while ELK works", RUNS / 2, root, new InsertLayer(dropout, id, 0), 600);
        thereAndBack(session, "delete", RUNS, root, new Remove(Set.of(id)), 150);
        time("rename", RUNS, root, run -> session.apply(new Rename(id, "renamed" + run)));
        settle(session);
        drawn(session, nodes, id);
        time("undo", RUNS, root, run -> session.undo());
        settle(session);
        time("move", RUNS, root, run -> session.apply(new Move(Map.of(id, new Spot(run, 10)), 0)));
        settle(session);
        if (middle.layer().className().equals("Dense")) {
            time("configure", RUNS, root, run -> session.apply(configured(id, run % 2 == 0 ? "tanh" : "relu")));
            settle(session);
        }
    }

    /** Unfolds all networks. */
    private static void unfolding(Session session, Parent root) throws Exception {
        Set<GroupId> networks = session.document().graph().groups().values().stream()
                .filter(group -> group.parent().isEmpty())
                .map(Group::id)
                .collect(Collectors.toSet());
        now(() -> session.apply(new Fold(networks, true)));
        settle(session);
        int folded = session.scene().boxes().size();
        Edit unfold = new Fold(networks, false);
        thereAndBack(session, "unfold", RUNS / 2, root, unfold, 300);
        drawn(session, "unfold", 9, run -> unfold, scene -> scene.boxes().size() > folded);
        now(session::undo);
        settle(session);
    }

    /** Applies an edit and undoes it, many times. */
    private static void thereAndBack(Session session, String what, int runs, Parent root, Edit edit, int apart)
            throws Exception {
        Times there = new Times();
        Times back = new Times();
        for (int run = 0; run < runs; run++) {
            there.measure(root, () -> session.apply(edit), apart);
            back.measure(root, session::undo, apart);
        }
        there.print(what, runs / 3);
        back.print("undo: " + what, runs / 3);
        settle(session);
    }

    /** Finds out how long after the layout something is seen of the first picture, and all of it. */
    private static CountDownLatch firstPicture(Session session, CanvasView canvas, List<Double> seen) throws Exception {
        CountDownLatch whole = new CountDownLatch(1);
        long[] laidOut = new long[1];
        now(() -> session.onChange(() -> {
            boolean arrived = session.settled() && !session.scene().boxes().isEmpty();
            if (laidOut[0] == 0 && arrived) {
                laidOut[0] = System.nanoTime();
            }
        }));
        now(() -> canvas.getScene().addPostLayoutPulseListener(() -> {
            boolean shown = laidOut[0] > 0 && canvas.begun();
            double passed = (System.nanoTime() - laidOut[0]) / 1e6;
            if (shown && seen.isEmpty()) {
                seen.add(passed);
            }
            if (shown && canvas.complete() && seen.size() == 1) {
                seen.add(passed);
                whole.countDown();
            }
        }));
        return whole;
    }

    private static void drawn(Session session, List<Node> nodes, NodeId id) throws Exception {
        String name = "a_longer_name_that_needs_more_space";
        drawn(
                session,
                "rename",
                9,
                run -> new Rename(id, name.substring(0, 20 + run)),
                scene -> scene.box(id).orElseThrow().label().title().startsWith("a_longer"));
        int boxes = session.scene().boxes().size();
        Layer dropout = Layers.kind("Dropout").orElseThrow().standard();
        List<NodeId> chained = nodes.stream()
                .skip(nodes.size() / 2)
                .filter(node -> node.inputs().size() == 1)
                .map(Node::id)
                .toList();
        drawn(
                session,
                "insert",
                6,
                run -> new InsertLayer(dropout, chained.get(run), 0),
                scene -> scene.boxes().size() > boxes);
        drawn(
                session,
                "delete",
                6,
                run -> new Remove(Set.of(chained.get(run))),
                scene -> scene.boxes().size() < boxes);
    }

    /** How long it takes until a step is seen, perhaps as a draft, and until its layout is ready. */
    private static void drawn(Session session, String what, int runs, IntFunction<Edit> steps, Predicate<Scene> seen)
            throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            Edit edit = steps.apply(i);
            long start = System.nanoTime();
            now(() -> session.apply(edit));
            boolean[] shown = {false};
            boolean[] settled = {false};
            while (!settled[0]) {
                TimeUnit.MILLISECONDS.sleep(1);
                now(() -> {
                    settled[0] = session.settled();
                    if (!shown[0] && seen.test(session.scene())) {
                        shown[0] = true;
                        first.add((System.nanoTime() - start) / 1e6);
                    }
                });
            }
            last.add((System.nanoTime() - start) / 1e6);
            now(session::undo);
            settle(session);
        }
        SizeProgram.print(what + " until seen", first.subList(1, first.size()));
        SizeProgram.print(what + " until laid out", last.subList(1, last.size()));
    }

    private static Configure configured(NodeId id, String activation) {
        return new Configure(
                id,
                LayerNotation.parse("Dense(units=8,activation=" + activation + ")", Where.NOWHERE)
                        .layer());
    }

    private static void settle(Session session) throws Exception {
        boolean[] settled = {false};
        while (!settled[0]) {
            TimeUnit.MILLISECONDS.sleep(100);
            now(() -> settled[0] = session.settled());
        }
    }

    /** Runs steps; the first third is not counted. */
    private static void time(String what, int runs, Parent root, IntConsumer step) throws Exception {
        Times times = new Times();
        for (int i = 0; i < runs; i++) {
            int run = i;
            times.measure(root, () -> step.accept(run), 150);
        }
        times.print(what, runs / 3);
    }

    /** What was measured of steps of one kind. */
    private static final class Times {
        private final List<Double> passed = new ArrayList<>();
        private final List<Double> computing = new ArrayList<>();
        private final List<Double> controls = new ArrayList<>();
        private final List<Double> pauses = new ArrayList<>();

        /** Runs a step, and waits so many milliseconds, while its pulse comes. */
        void measure(Parent root, Runnable step, int apart) throws Exception {
            long[] pulse = new long[2];
            Runnable before = () -> pulse[0] = System.nanoTime();
            Runnable after = () -> pulse[1] += System.nanoTime() - pulse[0];
            now(() -> {
                root.getScene().addPreLayoutPulseListener(before);
                root.getScene().addPostLayoutPulseListener(after);
                long start = System.nanoTime();
                long spent = THREADS.getCurrentThreadCpuTime();
                step.run();
                passed.add((System.nanoTime() - start) / 1e6);
                computing.add((THREADS.getCurrentThreadCpuTime() - spent) / 1e6);
            });
            pauses.add(longestPause(apart));
            now(() -> {
                controls.add(pulse[1] / 1e6);
                root.getScene().removePreLayoutPulseListener(before);
                root.getScene().removePostLayoutPulseListener(after);
            });
        }

        void print(String what, int unheeded) {
            int runs = passed.size();
            SizeProgram.print(what, passed.subList(unheeded, runs));
            SizeProgram.print("  of that computing", computing.subList(unheeded, runs));
            SizeProgram.print("  layout of controls", controls.subList(unheeded, runs));
            SizeProgram.print("  longest pause later", pauses.subList(unheeded, runs));
        }
    }

    /** For how long at most the window does not answer within a time, while frames are drawn and a new picture arrives. */
    private static double longestPause(int milliseconds) throws Exception {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        long longest = 0;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            now(() -> {});
            longest = Math.max(longest, System.nanoTime() - start);
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return longest / 1e6;
    }

    private static void now(Runnable task) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> {
            try {
                task.run();
            } finally {
                done.countDown();
            }
        });
        done.await();
    }
}
