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
import org.netsplice.graph.TensorSpec;
import org.netsplice.problem.Printable;

/** Composes and measures what a box says. */
final class Wording {
    /** Width of the triangle before the title of a folded group. */
    static final double ARROW = 14;

    private static final double WIDEST = 420;
    private static final Label.State UNMARKED = new Label.State(false, false, false, false, false);
    private static final Look USUAL = new Look(Optional.empty(), false, -1);

    private final Report report;
    private final Detail detail;
    private final Figure figure;
    private final BoxMarks marks;
    private final Map<NodeId, Integer> colors = new HashMap<>();

    /** How a box looks in a figure. */
    private record Look(Optional<String> title, boolean plain, int color) {}

    Wording(Report report, Detail detail, Figure figure, BoxMarks marks) {
        this.report = report;
        this.detail = detail;
        this.figure = detail.figure() ? figure : Figure.EMPTY;
        this.marks = marks;
        if (detail.figure()) {
            colorNetworks(report.graph());
        }
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

    /** The nodes of which this may say something else than another wording; all, when everything may be different. */
    Optional<Set<NodeId>> restated(Wording before) {
        if (!detail.equals(before.detail)) {
            return Optional.empty();
        }
        Set<NodeId> restated = new HashSet<>(report.differing(before.report));
        marks.differing(before.marks, restated);
        if (detail.figure()) {
            for (NodeId id : report.graph().nodes().keySet()) {
                if (!look(id).equals(before.look(id))) {
                    restated.add(id);
                }
            }
        }
        return Optional.of(restated);
    }

    private Look look(NodeId node) {
        return detail.figure()
                ? new Look(
                        Optional.ofNullable(figure.labels().get(node)),
                        figure.plain().contains(node),
                        colors.getOrDefault(node, -1))
                : USUAL;
    }

    /** The label of a box. */
    Label of(Item item) {
        return item.group().isPresent()
                ? folded(item, item.group().get())
                : plain(item.node().orElseThrow());
    }

    private Label plain(Node node) {
        List<TensorSpec> ins = report.inputs(node.id());
        List<TensorSpec> outs = report.outputs(node.id());
        Look look = look(node.id());
        List<Label.Row> rows = new ArrayList<>();
        String facts = node.layer().facts();
        if (detail.facts() && !look.plain() && !facts.isEmpty()) {
            rows.add(new Label.Row("", facts));
        }
        if (detail.shapes() && !look.plain()) {
            if (!node.isInput()) {
                rows.add(new Label.Row("in", shapes(ins, node.inputs().size())));
            }
            rows.add(new Label.Row("out", shapes(outs, node.layer().outputCount())));
        }
        if (detail.dtype() && !look.plain()) {
            rows.add(types(outs));
        }
        if (!look.plain() && !report.weights(node.id()).isEmpty()) {
            trainable(node.trainable()).ifPresent(rows::add);
        }
        String badge = detail.activations() && !look.plain() ? activation(node) : "";
        return measured(
                look.title().orElse(node.name()),
                node.layer().className(),
                rows,
                badge,
                new Hue(tint(node), look.color(), rank(outs)),
                state(node));
    }

    /** With marks, only an activation that changes something. */
    private String activation(Node node) {
        String text = node.layer().activationText();
        return detail.marks() && text.equals("linear") ? "" : text;
    }

    /** The row of a picture without marks that tells whether weights are trained. */
    private Optional<Label.Row> trainable(boolean trained) {
        return detail.trainable() && !detail.marks()
                ? Optional.of(new Label.Row("", trained ? "Trainable" : "Non-trainable"))
                : Optional.empty();
    }

    private boolean unmarked() {
        return detail.figure() || !detail.marks();
    }

    private Label.State state(Node node) {
        if (unmarked()) {
            return UNMARKED;
        }
        boolean weighted = !report.weights(node.id()).isEmpty();
        boolean untrained = report.untrained(node.id());
        boolean frozen = weighted && !node.trainable();
        boolean shared = weighted && marks.shared().contains(node.id());
        return new Label.State(
                marks.outputs().contains(node.id()),
                untrained,
                detail.trainable() && frozen,
                shared,
                marks.faulty().contains(node.id()));
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
        if (detail.dtype()) {
            rows.add(types(outs));
        }
        List<NodeId> weighted = item.inside().stream()
                .filter(id -> !report.weights(id).isEmpty())
                .toList();
        boolean frozen = !weighted.isEmpty()
                && weighted.stream().noneMatch(id -> report.graph().node(id).trainable());
        if (!weighted.isEmpty()) {
            trainable(!frozen).ifPresent(rows::add);
        }
        Label.State state = unmarked()
                ? UNMARKED
                : new Label.State(
                        item.inside().stream().anyMatch(marks.outputs()::contains),
                        weighted.stream().anyMatch(report::untrained),
                        detail.trainable() && frozen,
                        false,
                        item.inside().stream().anyMatch(marks.faulty()::contains));
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

    private static Label.Row types(List<TensorSpec> outs) {
        return new Label.Row(
                "type",
                outs.isEmpty()
                        ? "?"
                        : outs.stream().map(out -> out.dtype().text()).collect(Collectors.joining(", ")));
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
        return switch (node.layer().family()) {
            case INPUT -> Label.Tint.INPUT;
            case CONVOLUTION -> Label.Tint.CONVOLUTION;
            case POOLING -> Label.Tint.POOLING;
            case NORMALIZATION -> Label.Tint.NORMALIZATION;
            case ACTIVATION -> Label.Tint.ACTIVATION;
            case RECURRENT -> Label.Tint.RECURRENT;
            case ATTENTION -> Label.Tint.ATTENTION;
            case CORE -> Label.Tint.CORE;
            case MERGE -> Label.Tint.MERGE;
            case OTHER -> node.layer().joins() ? Label.Tint.MERGE : Label.Tint.OTHER;
        };
    }

    private record Hue(Label.Tint tint, int color, int rank) {}

    private Label measured(String name, String type, List<Label.Row> rows, String badge, Hue hue, Label.State state) {
        String title = Type.fitted(Printable.name(detail.names() ? name : type), true, Labels.SIZE, WIDEST - 160);
        String right = detail.names() ? Type.fitted(Printable.name(type), false, Labels.SIZE - 1, WIDEST) : "";
        double header = Type.width(title, true, Labels.SIZE)
                + 2 * Labels.PADDING
                + (hue.tint() == Label.Tint.NESTED && detail.marks() ? ARROW : 0);
        header += right.isEmpty() ? 0 : Type.width(right, false, Labels.SIZE - 1) + 18;
        double width = Math.max(header, 150);
        List<Label.Row> fitted = new ArrayList<>();
        double badgeWidth = badge.isEmpty() ? 0 : Type.width(badge, false, Labels.SIZE - 2) + 26;
        for (int i = 0; i < rows.size(); i++) {
            Label.Row row = rows.get(i);
            double beside = i == rows.size() - 1 ? badgeWidth : 0;
            double key = row.key().isEmpty() ? 0 : Labels.KEYS;
            double room = WIDEST - 2 * Labels.PADDING - key - beside;
            String value = Type.fitted(row.value(), false, Labels.SIZE - 1, room);
            fitted.add(new Label.Row(row.key(), value));
            width = Math.max(width, 2 * Labels.PADDING + key + Type.width(value, false, Labels.SIZE - 1) + beside);
        }
        int lines = Math.max(rows.size(), badge.isEmpty() ? 0 : 1);
        double height = Labels.HEADER + (lines == 0 ? 0 : lines * Labels.ROW + 8);
        return new Label(
                title,
                right,
                fitted,
                badge,
                hue.tint(),
                hue.color(),
                hue.rank(),
                state,
                Math.ceil(Math.max(width, badgeWidth + 2 * Labels.PADDING)),
                height);
    }
}
