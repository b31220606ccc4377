package org.netsplice.gui.window;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import org.netsplice.app.Main;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.diagram.arrange.Arranger;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.History;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.DisconnectAll;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.Move;
import org.netsplice.edit.step.Rename;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.recipe.Reach;
import org.netsplice.editor.session.Query;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.Layers;
import org.netsplice.problem.Where;
import org.netsplice.testing.DeepModels;
import org.netsplice.work.Progress;

/**
 * Measures documents of 10,000 layers, in a diagram of 1920 × 1080 and in that of a window of this size: edits of one layer and of all,
 * searches, layout, the layout after a merge, first frame, and frames while panning and zooming.
 * Run with the class path of the tests: {@code java -Xss64m -Dprism.order=sw org.netsplice.gui.window.SizeProgram [MODEL …]}. Virtual
 * machines may take milliseconds for every megabyte that is used for the first time, which is measured too, unless it is taken before with
 * {@code -Xms4g -XX:+AlwaysPreTouch}.
 */
public final class SizeProgram {
    private static final int RUNS = 60;
    private static final double WIDTH = 1920;
    private static final double HEIGHT = 1080;

    private SizeProgram() {}

    /** Prints one line for each measurement, in milliseconds. */
    public static void main(String[] args) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        if (args.length == 0) {
            measure("one deep network", DeepModels.residual(3332));
            measure("fifty networks", DeepModels.joined(50, 66));
        }
        for (String file : args) {
            Document document = Main.formats()
                    .open(Path.of(file), Optional.empty(), Progress.NONE)
                    .asDocument();
            measure(file, document);
        }
        Platform.exit();
    }

    private static void measure(String title, Document document) throws Exception {
        System.out.printf(
                Locale.ROOT, "%s: %,d layers%n", title, document.graph().nodes().size());
        edits(document);
        everything(document);
        Report report = Report.of(document.graph());
        Arranger arranger = new Arranger();
        long start = System.nanoTime();
        Scene scene = deep(() -> arranger.arrange(report, document.placement(), Detail.WINDOW, Progress.NONE));
        print("layout", List.of((System.nanoTime() - start) / 1e6));
        again(document, arranger);
        frames(scene, WIDTH, HEIGHT);
        frames(scene, 1190, 650);
    }

    /** Layouts recurse deeply. */
    private static <T> T deep(Supplier<T> task) {
        List<T> result = new ArrayList<>();
        Thread thread = new Thread(null, () -> result.add(task.get()), "layout", 512L << 20);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
        return result.get(0);
    }

    private static void edits(Document document) {
        List<Node> nodes = List.copyOf(document.graph().nodes().values());
        Node middle = nodes.stream()
                .skip(nodes.size() / 2)
                .filter(node -> node.layer().className().equals("Dense"))
                .findFirst()
                .orElse(nodes.get(nodes.size() / 2));
        Map<String, Edit> edits = Map.of(
                "edit: rename", new Rename(middle.id(), "renamed"),
                "edit: move", new Move(Map.of(middle.id(), new Spot(10, 10)), 0),
                "edit: configure",
                        new Configure(
                                middle.id(),
                                LayerNotation.parse("Dense(units=8,activation=tanh)", Where.NOWHERE)
                                        .layer()));
        edits.forEach((name, edit) -> {
            List<Double> times = new ArrayList<>();
            Report before = Report.of(document.graph());
            for (int i = 0; i < RUNS; i++) {
                History history = History.of(document);
                long start = System.nanoTime();
                Document changed = history.apply(edit).present();
                Report.of(changed.graph(), before);
                times.add((System.nanoTime() - start) / 1e6);
            }
            print(name, times.subList(RUNS / 3, RUNS));
        });
    }

    /** Steps on all layers at once. */
    private static void everything(Document document) {
        Graph graph = document.graph();
        Report report = Report.of(graph);
        Set<NodeId> all = graph.nodes().keySet();
        Map<String, Runnable> steps = new LinkedHashMap<>();
        steps.put("all: freeze", () -> new Freeze(all, true).apply(document));
        steps.put("all: disconnect", () -> new DisconnectAll(all).apply(document));
        steps.put("all: upstream", () -> Reach.upstream(graph, all));
        steps.put("all: downstream", () -> Reach.downstream(graph, all));
        for (String text : List.of("dense", "units>=8", "problem", "shared", "network=x")) {
            steps.put("find " + text, () -> Query.find(report, text));
        }
        steps.forEach((name, step) -> {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < RUNS / 4; i++) {
                long start = System.nanoTime();
                step.run();
                times.add((System.nanoTime() - start) / 1e6);
            }
            print(name, times.subList(RUNS / 12, RUNS / 4));
        });
    }

    /** The layout after a merge has been added to a document that was laid out before. */
    private static void again(Document document, Arranger arranger) {
        List<Port> ports =
                document.graph().outputs().stream().map(output -> output.port()).toList();
        Document merged = new AddLayer(Layers.kind("Dense").orElseThrow().standard(), "", ports, Optional.empty())
                .apply(document);
        Report known = Report.of(document.graph());
        Report report = Report.of(merged.graph(), known);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            deep(() -> arranger.arrange(known, document.placement(), Detail.WINDOW, Progress.NONE));
            long start = System.nanoTime();
            deep(() -> arranger.arrange(report, merged.placement(), Detail.WINDOW, Progress.NONE));
            times.add((System.nanoTime() - start) / 1e6);
        }
        print("layout of one merge", times.subList(RUNS / 3, RUNS));
    }

    private static void frames(Scene scene, double width, double height) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> {
            try {
                Session session = new Session(Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                }));
                CanvasView view = new CanvasView(session, new Gestures(session));
                view.setTheme(Theme.LIGHT);
                session.select(Set.of(scene.boxes().get(0).id()));
                new javafx.scene.Scene(view, width, height);
                view.resize(width, height);
                view.layout();
                WritableImage image = new WritableImage((int) width, (int) height);
                view.viewport().resize(width, height);
                view.viewport().fit(scene.bounds());
                long start = System.nanoTime();
                view.paint(scene);
                view.snapshot(new SnapshotParameters(), image);
                System.out.printf(Locale.ROOT, "  diagram of %.0f × %.0f%n", width, height);
                print("first frame", List.of((System.nanoTime() - start) / 1e6));
                for (double zoom : new double[] {0.05, 0.4, 1}) {
                    move(view, scene, image, zoom, false);
                    move(view, scene, image, zoom, true);
                }
            } finally {
                done.countDown();
            }
        });
        done.await();
    }

    private static void move(CanvasView view, Scene scene, WritableImage image, double zoom, boolean zooming) {
        view.viewport().zoomTo(zoom);
        view.viewport().center(scene.bounds().centerX(), scene.bounds().centerY());
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            if (zooming) {
                view.viewport().zoom(i < RUNS / 2 ? 1.02 : 1 / 1.02, image.getWidth() / 2, image.getHeight() / 2);
            } else {
                view.viewport().pan(i % 20 < 10 ? 23 : -9, i % 30 < 15 ? -31 : 17);
            }
            view.paint(scene);
            view.snapshot(new SnapshotParameters(), image);
            times.add((System.nanoTime() - start) / 1e6);
        }
        print(
                String.format(Locale.ROOT, "%s at %.0f %%", zooming ? "zooming" : "panning", zoom * 100),
                times.subList(RUNS / 3, RUNS));
    }

    static void print(String what, List<Double> times) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "  %-22s median %8.1f ms   95th percentile %8.1f ms%n",
                what,
                sorted[sorted.length / 2],
                sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)]);
    }
}
