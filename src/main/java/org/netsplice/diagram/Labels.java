package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.edit.Figure;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Composes and measures what boxes say. */
public final class Labels {
    /** The size of text in points. */
    public static final double SIZE = 12;
    /** The height of a box's header. */
    public static final double HEADER = 24;
    /** The height of a row. */
    public static final double ROW = 17;
    /** Space at the left and right of a row. */
    public static final double PADDING = 10;
    /** Width of the column of keys. */
    public static final double KEYS = 30;

    /** Width of the triangle before the title of a folded group. */
    static final double ARROW = 14;

    private static final double WIDEST = 420;
    private static final Label.State UNMARKED = new Label.State(false, false, false, false, false);
    private final Report report;
    private final Detail detail;
    private final Set<NodeId> outputs = new HashSet<>();
    private final Set<Long> faulty = new HashSet<>();
    private final Map<WeightsId, Integer> calls = new HashMap<>();
    private final Map<NodeId, Kept> kept;
    private final Figure figure;
    private final Look usual;
    private final Map<NodeId, Integer> colors = new HashMap<>();

    /** A label of a node, and all it was made of. */
    public record Kept(
            Node node, List<TensorSpec> ins, List<TensorSpec> outs, Label.State state, Object look, Label label) {}

    /** How a label looks besides: what of it depends on the picture and not on the node. */
    private record Look(Detail detail, Optional<String> title, boolean plain, int color) {}

    public Labels(Report report, Detail detail) {
        this(report, detail, Figure.EMPTY, new HashMap<>());
    }

    /** Takes labels over from {@code kept} where nothing they say has changed, and leaves those that were made there. */
    public Labels(Report report, Detail detail, Figure figure, Map<NodeId, Kept> kept) {
        this.figure = detail.figure() ? figure : Figure.EMPTY;
        this.report = report;
        this.detail = detail;
        this.usual = new Look(detail, Optional.empty(), false, -1);
        this.kept = kept;
        report.graph().outputs().stream().map(Output::port).forEach(port -> outputs.add(port.node()));
        for (Problem problem : report.problems()) {
            if (problem.where() instanceof Where.AtNode at && problem.severity() == Problem.Severity.ERROR) {
                faulty.add(at.node());
            }
        }
        if (detail.figure()) {
            colorNetworks(report.graph());
        }
        report.graph().nodes().values().forEach(node -> calls.merge(node.weights(), 1, Integer::sum));
    }

    private void colorNetworks(Graph graph) {
        int next = 0;
        for (Group group : graph.groups().values()) {
            if (group.parent().isEmpty()) {
                int color = figure.colors().getOrDefault(group.id(), next);
                graph.nodesIn(group.id()).forEach(node -> colors.put(node.id(), color));
                next++;
            }
        }
    }

    /** The label of a box. */
    public Label of(Item item) {
        if (item.group().isPresent()) {
            return folded(item, item.group().get());
        }
        Node node = item.node().orElseThrow();
        List<TensorSpec> ins = report.inputs(node.id());
        List<TensorSpec> outs = report.outputs(node.id());
        Label.State state = state(node);
        Look look = detail.figure()
                ? new Look(
                        detail,
                        Optional.ofNullable(figure.labels().get(node.id())),
                        figure.plain().contains(node.id()),
                        colors.getOrDefault(node.id(), -1))
                : usual;
        Kept before = kept.get(node.id());
        boolean same = before != null
                && before.node().equals(node)
                && before.outs().equals(outs)
                && before.ins().equals(ins)
                && before.state().equals(state)
                && before.look().equals(look);
        if (!same) {
            before = new Kept(node, ins, outs, state, look, made(node, look, ins, outs, state));
            kept.put(node.id(), before);
        }
        return before.label();
    }

    private Label made(Node node, Look look, List<TensorSpec> ins, List<TensorSpec> outs, Label.State state) {
        List<Label.Row> rows = new ArrayList<>();
        if (detail.shapes() && !look.plain()) {
            if (!node.isInput()) {
                rows.add(new Label.Row("in", shapes(ins, node.inputs().size())));
            }
            rows.add(new Label.Row("out", shapes(outs, node.layer().outputCount())));
        }
        if (detail.dtype() && !look.plain()) {
            rows.add(new Label.Row(
                    "type", outs.isEmpty() ? "?" : outs.get(0).dtype().text()));
        }
        String badge = detail.activations() && !look.plain() ? node.layer().activationText() : "";
        return measured(
                look.title().orElse(node.name()),
                node.layer().className(),
                rows,
                badge,
                new Hue(tint(node), look.color(), rank(outs)),
                state);
    }

    private Label.State state(Node node) {
        if (detail.figure()) {
            return UNMARKED;
        }
        boolean weighted = !report.weights(node.id()).isEmpty();
        boolean untrained = report.untrained(node.id());
        boolean frozen = weighted && !node.trainable();
        boolean shared = weighted && calls.get(node.weights()) > 1;
        return new Label.State(
                outputs.contains(node.id()),
                untrained,
                detail.trainable() && frozen,
                shared,
                faulty.contains(node.id().number()));
    }

    private Label folded(Item item, Group group) {
        List<Label.Row> rows = new ArrayList<>();
        List<TensorSpec> ins = item.reads().stream()
                .flatMap(source -> report.spec(source.port()).stream())
                .toList();
        List<TensorSpec> outs = item.outlets().stream()
                .flatMap(port -> report.spec(port).stream())
                .toList();
        if (detail.shapes()) {
            List<TensorSpec> entering = item.reads().isEmpty() ? inputs(item) : ins;
            int count = item.reads().isEmpty() ? entering.size() : item.reads().size();
            if (count > 0) {
                rows.add(new Label.Row("in", shapes(entering, count)));
            }
            rows.add(new Label.Row("out", shapes(outs, item.outlets().size())));
        }
        List<NodeId> weighted = item.inside().stream()
                .filter(id -> !report.weights(id).isEmpty())
                .toList();
        boolean frozen = !weighted.isEmpty()
                && weighted.stream().noneMatch(id -> report.graph().node(id).trainable());
        Label.State state = detail.figure()
                ? UNMARKED
                : new Label.State(
                        item.inside().stream().anyMatch(outputs::contains),
                        weighted.stream().anyMatch(report::untrained),
                        detail.trainable() && frozen,
                        false,
                        item.inside().stream().anyMatch(id -> faulty.contains(id.number())));
        String type = group.kind() == Group.Kind.FRAME ? "group" : group.kind().className();
        int count = item.inside().size();
        String badge = count + (count == 1 ? " layer" : " layers");
        return measured(
                group.name(),
                type,
                rows,
                badge,
                new Hue(Label.Tint.NESTED, colors.getOrDefault(item.id(), -1), rank(outs)),
                state);
    }

    /** The notes of a figure, measured. */
    public static List<Scene.Note> notes(Figure figure) {
        List<Scene.Note> notes = new ArrayList<>();
        figure.notes().forEach((number, note) -> {
            List<String> lines = note.text().lines().map(Labels::printable).toList();
            double width = lines.stream()
                    .mapToDouble(line -> Type.width(line, false, SIZE))
                    .max()
                    .orElse(0);
            Rect area = new Rect(note.place().x(), note.place().y(), width + 2 * PADDING, lines.size() * ROW + PADDING);
            notes.add(new Scene.Note(number, lines, area));
        });
        return notes;
    }

    private static String shapes(List<TensorSpec> specs, int count) {
        if (count == 0 || specs.size() < count) {
            return specs.isEmpty() ? "?" : listed(specs) + ", ?";
        }
        return count == 1 ? specs.get(0).shape().toString() : "[" + listed(specs) + "]";
    }

    private static String listed(List<TensorSpec> specs) {
        return specs.stream().map(spec -> spec.shape().toString()).collect(Collectors.joining(", "));
    }

    /** What the inputs inside of a folded group take. */
    private List<TensorSpec> inputs(Item item) {
        return item.inside().stream()
                .map(report.graph()::node)
                .filter(Node::isInput)
                .flatMap(node -> report.outputs(node.id()).stream())
                .toList();
    }

    private static int rank(List<TensorSpec> outs) {
        return outs.isEmpty() ? 0 : outs.get(0).shape().rank();
    }

    private static Label.Tint tint(Node node) {
        if (node.layer().obstacle().isPresent()) {
            return Label.Tint.OPAQUE;
        }
        if (node.layer().className().equals("InputLayer")) {
            return Label.Tint.INPUT;
        }
        return node.layer().joins() ? Label.Tint.MERGE : Label.Tint.LAYER;
    }

    private record Hue(Label.Tint tint, int color, int rank) {}

    private Label measured(String name, String type, List<Label.Row> rows, String badge, Hue hue, Label.State state) {
        String title = Type.fitted(printable(detail.names() ? name : type), true, SIZE, WIDEST - 160);
        String right = detail.names() ? type : "";
        double header = Type.width(title, true, SIZE) + 2 * PADDING + (hue.tint() == Label.Tint.NESTED ? ARROW : 0);
        header += right.isEmpty() ? 0 : Type.width(right, false, SIZE - 1) + 18;
        double width = Math.max(header, 150);
        List<Label.Row> fitted = new ArrayList<>();
        double badgeWidth = badge.isEmpty() ? 0 : Type.width(badge, false, SIZE - 2) + 26;
        for (int i = 0; i < rows.size(); i++) {
            Label.Row row = rows.get(i);
            double beside = i == rows.size() - 1 ? badgeWidth : 0;
            double room = WIDEST - 2 * PADDING - KEYS - beside;
            String value = Type.fitted(row.value(), false, SIZE - 1, room);
            fitted.add(new Label.Row(row.key(), value));
            width = Math.max(width, 2 * PADDING + KEYS + Type.width(value, false, SIZE - 1) + beside);
        }
        int lines = Math.max(rows.size(), badge.isEmpty() ? 0 : 1);
        double height = HEADER + (lines == 0 ? 0 : lines * ROW + 8);
        return new Label(
                title,
                right,
                fitted,
                badge,
                hue.tint(),
                hue.color(),
                hue.rank(),
                state,
                Math.ceil(Math.max(width, badgeWidth + 2 * PADDING)),
                height);
    }

    /** Names may hold anything; what cannot be drawn on one line is shown as a blank. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c));
        return clean.toString();
    }
}
