package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.InsertLayer;
import org.netsplice.edit.step.Several;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.Adapters;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/**
 * Ways to make the inputs of a layer fit, each one step: layers put in before it, another element type, or another axis. Only ways
 * that work are offered.
 */
public final class Fixes {
    private static final int MAX_FIXES = 5;

    private final Document document;
    private final Node node;
    private final List<TensorSpec> specs;
    private final List<Shape> shapes;
    private final List<Fix> found = new ArrayList<>();

    /**
     * A way.
     *
     * @param title what it would do, such as “Insert flattening”
     */
    public record Fix(String title, Edit edit) {}

    private Fixes(Document document, Node node, List<TensorSpec> specs) {
        this.document = document;
        this.node = node;
        this.specs = specs;
        this.shapes = specs.stream().map(TensorSpec::shape).toList();
    }

    /** The ways for a layer, the smallest change first; none when its inputs fit, where there is only a warning, or when their shapes are not known. */
    public static List<Fix> of(Document document, Report report, NodeId id) {
        Node node = report.graph().nodes().get(id);
        if (node == null || fits(report, id) || node.inputs().isEmpty()) {
            return List.of();
        }
        List<TensorSpec> specs = new ArrayList<>();
        for (Port port : node.inputs()) {
            Optional<TensorSpec> spec = report.spec(port);
            if (spec.isEmpty()) {
                return List.of();
            }
            specs.add(spec.get());
        }
        Fixes fixes = new Fixes(document, node, specs);
        fixes.casts();
        if (specs.size() > 1) {
            fixes.look();
        }
        return fixes.found.stream().limit(MAX_FIXES).toList();
    }

    /** Whether nothing keeps a layer from running; warnings do not. */
    private static boolean fits(Report report, NodeId id) {
        return report.problems(id).stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    private void look() {
        axes();
        Shape first = shapes.get(0);
        offer("Reshape to " + first, shape -> shape.equals(first) ? List.of() : Adapters.reshaped(first));
        sizes();
        offerWithDense("", shape -> List.of());
        offerWithDense("global average pooling", Adapters::pooled);
        offerWithDense("flattening", Adapters::flat);
    }

    /** Casts inputs that are not floating-point numbers. */
    private void casts() {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            if (!specs.get(i).dtype().floating()) {
                edits.add(new InsertLayer(Adapters.cast().get(0), node.id(), i));
            }
        }
        keep("Cast to float32", edits);
    }

    private void axes() {
        if (!(node.layer() instanceof ComputedLayer layer)
                || !layer.kind().config(layer).containsKey("axis")) {
            return;
        }
        for (int axis = 1; axis < shapes.get(0).rank(); axis++) {
            Map<String, Object> config = new LinkedHashMap<>(layer.kind().config(layer));
            config.put("axis", axis);
            keep(
                    "Use axis " + axis,
                    List.of(new Configure(node.id(), layer.kind().read(Json.of(config)))));
        }
    }

    /** Images cropped to the smallest, or padded to the largest. */
    private void sizes() {
        boolean images = shapes.stream().allMatch(shape -> shape.rank() == 4 && shape.knownButBatch());
        if (!images) {
            return;
        }
        long height = side(1, LongStream::min);
        long width = side(2, LongStream::min);
        offer("Crop to " + height + " × " + width, shape -> Adapters.cropped(shape, height, width));
        long tall = side(1, LongStream::max);
        long wide = side(2, LongStream::max);
        offer("Pad to " + tall + " × " + wide, shape -> Adapters.padded(shape, tall, wide));
    }

    private long side(int axis, Function<LongStream, java.util.OptionalLong> which) {
        return which.apply(shapes.stream().mapToLong(shape -> shape.size(axis))).orElseThrow();
    }

    /** What makes vectors of the inputs, alone and with a Dense layer that gives all of them the first one's size. */
    private void offerWithDense(String name, Function<Shape, List<Layer>> vectors) {
        if (!name.isEmpty()) {
            offer("Insert " + name, vectors);
        }
        long units = size(shapes.get(0), vectors.apply(shapes.get(0)));
        if (units < 1) {
            return;
        }
        offer("Insert " + (name.isEmpty() ? "" : name + " and ") + "Dense (" + units + ", untrained)", shape -> {
            List<Layer> layers = new ArrayList<>(vectors.apply(shape));
            if (size(shape, layers) != units) {
                layers.addAll(Adapters.projected(units));
            }
            return layers;
        });
    }

    private static long size(Shape shape, List<Layer> through) {
        Shape present = shape;
        for (Layer layer : through) {
            present = layer.outputs(List.of(TensorSpec.of(present))).get(0).shape();
        }
        return present.last();
    }

    private void offer(String title, Function<Shape, List<Layer>> adapters) {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            for (Layer layer : adapters.apply(shapes.get(i))) {
                edits.add(new InsertLayer(layer, node.id(), i));
            }
        }
        keep(title, edits);
    }

    /** Keeps a way when it works. */
    private void keep(String title, List<Edit> edits) {
        if (edits.isEmpty()) {
            return;
        }
        Edit edit = new Several(edits, Character.toLowerCase(title.charAt(0)) + title.substring(1));
        try {
            Document fixed = edit.apply(document);
            Report report = Report.of(fixed.graph());
            boolean works = fits(report, node.id())
                    && fixed.graph().nodes().keySet().stream()
                            .filter(id -> !document.graph().nodes().containsKey(id))
                            .allMatch(id -> fits(report, id));
            if (works) {
                found.add(new Fix(title, edit));
            }
        } catch (ModelException refused) {
            System.getLogger(Fixes.class.getName()).log(System.Logger.Level.TRACE, title, refused);
        }
    }
}
