package org.netsplice.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Legend;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.diagram.Type;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.Printable;

/**
 * A picture in the language of Graphviz: boxes are tables of its HTML-like labels, groups are clusters. Names stand in labels only
 * and are escaped; identifiers are numbers.
 */
final class DotFile {
    private final Picture picture;
    private final Scene scene;
    private final Theme theme;
    private final StringBuilder text = new StringBuilder();

    DotFile(Picture picture) {
        this.picture = picture;
        this.scene = picture.scene();
        this.theme = picture.theme();
    }

    String text() {
        Detail detail = scene.detail();
        text.append("digraph network {\n  graph [rankdir=")
                .append(detail.direction())
                .append(", splines=")
                .append(detail.splines().name().toLowerCase(Locale.ROOT))
                .append(", dpi=")
                .append(Math.round(picture.options().dpi()))
                .append(", pad=")
                .append(String.format(Locale.ROOT, "%.3f", picture.options().margin() / 96))
                .append(", bgcolor=")
                .append(picture.background().map(DotFile::color).orElse("transparent"))
                .append(", fontname=\"")
                .append(Type.FAMILY)
                .append("\", fontsize=12, labeljust=l]\n  node [shape=plain, fontname=\"")
                .append(Type.FAMILY)
                .append("\", fontsize=12]\n  edge [color=")
                .append(color(theme.wire()))
                .append(", penwidth=1.4, arrowsize=0.8]\n");
        clusters(Optional.empty(), "  ");
        notes();
        if (picture.options().shows(FigureSwitch.LEGEND)) {
            legend();
        }
        Set<String> edges = new LinkedHashSet<>();
        for (Scene.Wire wire : scene.wires()) {
            scene.box(wire.from())
                    .ifPresent(from -> scene.box(wire.to())
                            .ifPresent(to -> edges.add("  " + node(from.id()) + " -> " + node(to.id()) + "\n")));
        }
        edges.forEach(text::append);
        return text.append("}\n").toString();
    }

    private static String node(NodeId id) {
        return "n" + id.number();
    }

    private static String color(int color) {
        return String.format(Locale.ROOT, "\"#%06x\"", color & 0xFFFFFF);
    }

    /** Backslashes too, because Graphviz takes {@code \N} for the name of the node. */
    private static String safe(String words) {
        return words.isEmpty() ? " " : SvgSurface.escaped(words).replace("\\", "\\\\");
    }

    /** The frames in a group, or those in none, and what is in each. */
    private void clusters(Optional<GroupId> around, String indent) {
        Map<GroupId, Scene.Frame> frames = new LinkedHashMap<>();
        scene.frames().forEach(frame -> frames.put(frame.id(), frame));
        for (Scene.Box box : scene.boxes()) {
            if (framed(parent(box), frames).equals(around)) {
                text.append(indent)
                        .append(node(box.id()))
                        .append(" [label=<")
                        .append(table(box.label()))
                        .append(">]\n");
            }
        }
        for (Scene.Frame frame : scene.frames()) {
            if (framed(picture.graph().groups().get(frame.id()).parent(), frames)
                    .equals(around)) {
                text.append(indent)
                        .append("subgraph cluster_")
                        .append(frame.id().number())
                        .append(" {\n")
                        .append(indent)
                        .append("  graph [style=\"rounded")
                        .append(frame.depth() > 0 ? ",dashed" : "")
                        .append("\", color=")
                        .append(color(theme.frame(frame.color())))
                        .append(", label=<<font color=")
                        .append(color(theme.text()))
                        .append("><b>")
                        .append(safe(Printable.name(frame.title())))
                        .append("</b></font>>]\n");
                clusters(Optional.of(frame.id()), indent + "  ");
                text.append(indent).append("}\n");
            }
        }
    }

    private Optional<GroupId> parent(Scene.Box box) {
        return box.folded().isPresent()
                ? picture.graph().groups().get(box.folded().get()).parent()
                : picture.graph().groupOf(box.id()).map(Group::id);
    }

    /** The innermost of the groups around something that has a frame. */
    private Optional<GroupId> framed(Optional<GroupId> group, Map<GroupId, Scene.Frame> frames) {
        Optional<GroupId> found = group;
        while (found.isPresent() && !frames.containsKey(found.get())) {
            found = picture.graph().groups().get(found.get()).parent();
        }
        return found;
    }

    private String table(Label label) {
        int header = label.color() < 0 ? theme.tint(label.tint()) : theme.frame(label.color());
        String ink = color(Theme.on(header));
        List<String> rows = new ArrayList<>();
        rows.add("<tr><td bgcolor=" + color(header) + "><font color=" + ink + "><b>" + safe(label.title()) + "</b>"
                + (label.type().isEmpty() ? "" : "  " + safe(label.type())) + "</font></td></tr>");
        for (Label.Row row : label.rows()) {
            String key = row.key().isEmpty()
                    ? ""
                    : "<font color=" + color(theme.quiet()) + ">" + safe(row.key()) + "</font>  ";
            rows.add(row("left", key + "<font color=" + color(theme.text()) + ">" + safe(row.value()) + "</font>"));
        }
        if (!label.badge().isEmpty()) {
            rows.add(row("right", "<font color=" + color(theme.text()) + "><i>" + safe(label.badge()) + "</i></font>"));
        }
        return "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"5\" color=" + color(theme.border())
                + " bgcolor=" + color(theme.box()) + ">" + String.join("", rows) + "</table>";
    }

    private static String row(String side, String content) {
        return "<tr><td align=\"" + side + "\">" + content + "</td></tr>";
    }

    private void notes() {
        for (Scene.Note note : scene.notes()) {
            String lines = note.lines().stream()
                    .map(line -> safe(line) + "<br align=\"left\"/>")
                    .collect(Collectors.joining());
            text.append("  note")
                    .append(note.number())
                    .append(" [shape=box, style=filled, color=")
                    .append(color(theme.pill()))
                    .append(", fontcolor=")
                    .append(color(theme.text()))
                    .append(", label=<")
                    .append(lines)
                    .append(">]\n");
        }
    }

    private void legend() {
        String rows = Legend.of(scene).entries().stream()
                .map(entry -> "<tr><td bgcolor=" + color(entry.color(theme)) + " width=\"" + Math.round(Labels.ROW)
                        + "\"> </td><td align=\"left\" border=\"0\"><font color=" + color(theme.text()) + ">"
                        + safe(entry.word()) + "</font></td></tr>")
                .collect(Collectors.joining());
        text.append("  legend [label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"2\">")
                .append(rows)
                .append("</table>>]\n");
    }
}
