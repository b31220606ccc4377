package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
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
    private final Report report;
    private final Detail detail;
    private final Set<NodeId> outputs = new HashSet<>();
    private final Set<Long> faulty = new HashSet<>();
    private final Map<WeightsId, Integer> calls = new HashMap<>();
    private final Map<NodeId, Kept> kept;

    /** A label of a node, and all it was made of. */
    public record Kept(
            Node node, List<TensorSpec> ins, List<TensorSpec> outs, Label.State state, Detail detail, Label label) {}

    public Labels(Report report, Detail detail) {
        this(report, detail, new HashMap<>());
    }

    /** Takes labels over from {@code kept} where nothing they say has changed, and leaves those that were made there. */
    public Labels(Report report, Detail detail, Map<NodeId, Kept> kept) {
        this.report = report;
        this.detail = detail;
        this.kept = kept;
        report.graph().outputs().stream().map(Output::port).forEach(port -> outputs.add(port.node()));
        for (Problem problem : report.problems()) {
            if (problem.where() instanceof Where.AtNode at && problem.severity() == Problem.Severity.ERROR) {
                faulty.add(at.node());
            }
        }
        report.graph().nodes().values().forEach(node -> calls.merge(node.weights(), 1, Integer::sum));
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
        Kept before = kept.get(node.id());
        boolean same = before != null
                && before.node().equals(node)
                && before.outs().equals(outs)
                && before.ins().equals(ins)
                && before.state().equals(state)
                && before.detail().equals(detail);
        if (!same) {
            before = new Kept(node, ins, outs, state, detail, made(node, ins, outs, state));
            kept.put(node.id(), before);
        }
        return before.label();
    }

    private Label made(Node node, List<TensorSpec> ins, List<TensorSpec> outs, Label.State state) {
        List<Label.Row> rows = new ArrayList<>();
        if (detail.shapes()) {
            if (!node.isInput()) {
                rows.add(new Label.Row("in", shapes(ins, node.inputs().size())));
            }
            rows.add(new Label.Row("out", shapes(outs, node.layer().outputCount())));
        }
        if (detail.dtype()) {
            rows.add(new Label.Row(
                    "type", outs.isEmpty() ? "?" : outs.get(0).dtype().text()));
        }
        String badge = detail.activations() ? node.layer().activationText() : "";
        return measured(node.name(), node.layer().className(), rows, badge, tint(node), state);
    }

    private Label.State state(Node node) {
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
        if (detail.shapes()) {
            rows.add(new Label.Row("in", shapes(ins, item.reads().size())));
            List<TensorSpec> outs = item.outlets().stream()
                    .flatMap(port -> report.spec(port).stream())
                    .toList();
            rows.add(new Label.Row("out", shapes(outs, item.outlets().size())));
        }
        List<NodeId> weighted = item.inside().stream()
                .filter(id -> !report.weights(id).isEmpty())
                .toList();
        boolean frozen = !weighted.isEmpty()
                && weighted.stream().noneMatch(id -> report.graph().node(id).trainable());
        Label.State state = new Label.State(
                item.inside().stream().anyMatch(outputs::contains),
                weighted.stream().anyMatch(report::untrained),
                detail.trainable() && frozen,
                false,
                item.inside().stream().anyMatch(id -> faulty.contains(id.number())));
        String type = group.kind() == Group.Kind.FRAME ? "group" : group.kind().className();
        int count = item.inside().size();
        String badge = count + (count == 1 ? " layer" : " layers");
        return measured(group.name(), type, rows, badge, Label.Tint.NESTED, state);
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

    private static Label.Tint tint(Node node) {
        if (node.layer().obstacle().isPresent()) {
            return Label.Tint.OPAQUE;
        }
        if (node.layer().className().equals("InputLayer")) {
            return Label.Tint.INPUT;
        }
        return node.layer().joins() ? Label.Tint.MERGE : Label.Tint.LAYER;
    }

    private Label measured(
            String name, String type, List<Label.Row> rows, String badge, Label.Tint tint, Label.State state) {
        String title = Type.fitted(printable(detail.names() ? name : type), true, SIZE, WIDEST - 160);
        String right = detail.names() ? type : "";
        double header = Type.width(title, true, SIZE) + 2 * PADDING + (tint == Label.Tint.NESTED ? ARROW : 0);
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
                title, right, fitted, badge, tint, state, Math.ceil(Math.max(width, badgeWidth + 2 * PADDING)), height);
    }

    /** Names may hold anything; what cannot be drawn on one line is shown as a blank. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c));
        return clean.toString();
    }
}
