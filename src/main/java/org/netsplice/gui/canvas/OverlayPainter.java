package org.netsplice.gui.canvas;

import java.util.List;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Theme;
import org.netsplice.diagram.Type;
import org.netsplice.editor.gesture.Overlay;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;

/** Paints the overlay that changes with the pointer: the selection, layers that fit, and dragged layers. */
final class OverlayPainter {
    private final Surface surface;
    private final Theme theme;
    private final double scale;

    OverlayPainter(Surface surface, Theme theme, double scale) {
        this.surface = surface;
        this.theme = theme;
        this.scale = scale;
    }

    /** Paints in the coordinates of the scene; line widths stay the same on the screen. */
    void paint(Session session, Overlay overlay, Rect visible) {
        double pixel = 1 / scale;
        Scene scene = session.scene();
        boolean searching = session.search().active();
        Set<NodeId> found = searching ? session.search().set() : Set.of();
        Set<NodeId> selection = session.selection();
        for (Box box : scene.boxes()) {
            if (!box.area().grown(8).meets(visible)) {
                continue;
            }
            boolean other = searching && box.inside().stream().noneMatch(found::contains);
            if (other || overlay.dimmed().contains(box.id())) {
                surface.fill(box.area().grown(2), 5, (theme.background() & 0xFFFFFF) | 0xA0000000);
            }
            if (overlay.lit().contains(box.id())) {
                surface.outline(box.area().grown(3), 7, theme.frame(2), 2 * pixel, false);
            }
            if (selection.contains(box.id()) && selection.containsAll(box.inside())) {
                surface.outline(box.area().grown(3), 7, theme.accent(), 2.5 * pixel, false);
            }
        }
        session.selectedWire().ifPresent(wire -> surface.line(wire.points(), theme.accent(), 3 * pixel, false));
        overlay.collected()
                .forEach(port -> scene.box(port.node()).ifPresent(box -> {
                    Point at = box.outlet(port, scene.detail().direction());
                    surface.circle(at, 7, theme.frame(2), theme.headerText());
                }));
        overlay.wires().forEach(points -> surface.line(points, theme.accent(), 2 * pixel, true));
        overlay.guides().forEach(points -> surface.line(points, theme.frame(3), pixel, false));
        overlay.area().ifPresent(area -> {
            surface.fill(area, 0, (theme.accent() & 0xFFFFFF) | 0x20000000);
            surface.outline(area, 0, theme.accent(), pixel, false);
        });
    }

    /** Paints the text beside the pointer, in the coordinates of the screen and inside of a view of this size. */
    void hint(Overlay overlay, Point at, double width, double height) {
        if (overlay.text().isEmpty()) {
            return;
        }
        double size = 12;
        List<String> lines = wrapped(overlay.text(), size, Math.min(420, width - 40));
        double widest = lines.stream()
                .mapToDouble(line -> Type.width(line, false, size))
                .max()
                .orElse(0);
        double boxWidth = widest + 20;
        double boxHeight = lines.size() * 17 + 12;
        double x = Math.max(4, Math.min(at.x() + 16, width - boxWidth - 4));
        double y = at.y() + 18 + boxHeight > height ? at.y() - 18 - boxHeight : at.y() + 18;
        Rect area = new Rect(x, y, boxWidth, boxHeight);
        int color = overlay.good() ? theme.accent() : theme.error();
        surface.fill(area, 6, theme.box());
        surface.outline(area, 6, color, 1.2, false);
        for (int i = 0; i < lines.size(); i++) {
            surface.text(
                    new Surface.Text(lines.get(i), x + 10, y + 19 + 17 * i, false, size),
                    overlay.good() ? theme.text() : color);
        }
    }

    private static List<String> wrapped(String text, double size, double most) {
        List<String> lines = new java.util.ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            String longer = line.length() == 0 ? word : line + " " + word;
            if (Type.width(longer, false, size) > most && line.length() > 0) {
                lines.add(line.toString());
                line = new StringBuilder(word);
            } else {
                line = new StringBuilder(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
