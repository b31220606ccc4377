package org.netsplice.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netsplice.check.Report;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.export.Summary;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.NestedInput;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * What is done to a network of twice as many layers is hardly more than twice the work. Work is counted in bytes of objects that are made,
 * because they do not depend on what else the machine does.
 */
class GrowthTest {
    private static final int LAYERS = 1000;
    private static final double MOST = 2.6;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    /** How the layers are wired. */
    enum Form {
        /** One after the other. */
        CHAIN,
        /** All read the input, and one adds them. */
        WIDE,
        /** Two layers, called again and again. */
        SHARED,
        /** One after the other, each an output. */
        OUTPUTS,
        /** One after the other, in nested models of twenty. */
        MODELS,
        /** One after the other, all in one nested model. */
        MODEL,
        /** One after the other, of kinds that are written as operations. */
        OPERATIONS
    }

    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();

    private Port add(String name, Layer layer, long weights, List<Port> inputs) {
        NodeId id = new NodeId(nodes.size() + 1L);
        nodes.put(id, new Node(id, name + id.number(), layer, inputs, new WeightsId(weights), true));
        return Port.of(id);
    }

    private static Layer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private Document document(Form form, int layers) {
        nodes.clear();
        Port input = add("in", new InputLayer(Shape.of(Shape.UNKNOWN, 2), DType.FLOAT32), 1, List.of());
        Layer dense = layer("Dense(units=2)");
        Layer average = layer("WeightedAverage");
        int inModel = form == Form.MODELS ? 20 : form == Form.MODEL ? layers : Integer.MAX_VALUE;
        Map<GroupId, Group> groups = new LinkedHashMap<>();
        TreeSet<NodeId> members = new TreeSet<>();
        List<Port> all = new ArrayList<>();
        Port last = input;
        for (int i = 0; i < layers; i++) {
            if (i % inModel == 0 && inModel <= layers) {
                last = add("entry", new NestedInput(), nodes.size() + 1L, List.of(last));
                members.add(last.node());
            }
            Port from = form == Form.WIDE ? input : last;
            last = form == Form.OPERATIONS
                    ? add("average", average, nodes.size() + 1L, List.of(from, from))
                    : add("dense", dense, form == Form.SHARED ? 2 + i % 2 : nodes.size() + 1L, List.of(from));
            all.add(last);
            members.add(last.node());
            if ((i + 1) % inModel == 0) {
                GroupId id = new GroupId(1_000_000 + i);
                groups.put(id, new Group(id, "model" + i, Group.Kind.NESTED, Optional.empty(), "model" + i, members));
                members = new TreeSet<>();
            }
        }
        if (form == Form.WIDE) {
            last = add("sum", layer("Add"), nodes.size() + 1L, all);
        }
        List<Output> outputs =
                form == Form.OUTPUTS ? all.stream().map(Output::of).toList() : List.of(Output.of(last));
        Graph graph = new Graph(nodes, groups, Map.of(), List.of(input.node()), outputs);
        return Document.EMPTY.with(graph).withNextId(2_000_000);
    }

    private Map<String, Runnable> steps(Document document) {
        Path keras = folder.resolve("a.keras");
        Path splice = folder.resolve("a.splice");
        Map<String, Runnable> steps = new LinkedHashMap<>();
        steps.put("check", () -> Report.of(document.graph()));
        steps.put("write .keras", () -> Main.formats().write(document, keras, Progress.NONE));
        steps.put("write .splice", () -> Main.formats().write(document, splice, Progress.NONE));
        steps.put("open .keras", () -> open(keras));
        steps.put("open .splice", () -> open(splice));
        Summary.Options options = new Summary.Options(false, true, 0, true);
        steps.put("summary", () -> new Summary(Report.of(document.graph()), document, options).in("text"));
        steps.put("compile", () -> Compiler.compile(document, Progress.NONE));
        return steps;
    }

    private static void open(Path path) {
        Main.formats().open(path, Optional.empty(), Progress.NONE).asDocument();
    }

    private Map<String, Long> work(Form form, int layers) {
        Map<String, Long> work = new LinkedHashMap<>();
        long thread = Thread.currentThread().getId();
        steps(document(form, layers)).forEach((name, step) -> {
            long before = THREADS.getThreadAllocatedBytes(thread);
            step.run();
            work.put(name, THREADS.getThreadAllocatedBytes(thread) - before);
        });
        return work;
    }

    @ParameterizedTest
    @EnumSource
    void twiceTheLayersAreTwiceTheWork(Form form) {
        work(form, 20);
        Map<String, Long> once = work(form, LAYERS);
        Map<String, Long> twice = work(form, 2 * LAYERS);
        once.forEach((name, bytes) -> assertThat((double) twice.get(name) / bytes)
                .as("%s of %s", name, form)
                .isLessThan(MOST));
    }

    /** Opening holds the file and the numbers, and compiling copies the numbers into native memory without another copy in Java's. */
    @Test
    void weightsAreCopiedOnce() {
        work(Form.CHAIN, 20);
        nodes.clear();
        Port last = add("in", new InputLayer(Shape.of(Shape.UNKNOWN, 1500), DType.FLOAT32), 1, List.of());
        for (int i = 0; i < 2; i++) {
            last = add("dense", layer("Dense(units=1500)"), nodes.size() + 1L, List.of(last));
            last = add("norm", layer("BatchNormalization"), nodes.size() + 1L, List.of(last));
        }
        Graph graph = new Graph(nodes, Map.of(), Map.of(), List.of(new NodeId(1)), List.of(Output.of(last)));
        Path file = folder.resolve("large.keras");
        Main.formats().write(Document.EMPTY.with(graph).withNextId(100), file, Progress.NONE);
        double weights = 2.0 * 1500 * 1500 * Float.BYTES;
        long thread = Thread.currentThread().getId();
        long start = THREADS.getThreadAllocatedBytes(thread);
        Document opened =
                Main.formats().open(file, Optional.empty(), Progress.NONE).asDocument();
        long between = THREADS.getThreadAllocatedBytes(thread);
        Compiler.compile(opened, Progress.NONE);
        long end = THREADS.getThreadAllocatedBytes(thread);
        assertThat((between - start) / weights).as("to open").isLessThan(2.9);
        assertThat((end - between) / weights).as("to compile").isLessThan(1.7);
    }
}
