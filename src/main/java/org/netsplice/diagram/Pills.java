package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Surface.Text;

/** Paints small words on coloured grounds: the badge of a box, and the marks above it. */
final class Pills {
    private static final double SIZE = Labels.SIZE - 2;
    /** How far a mark keeps from a wire. */
    private static final double CLEAR = 9;
    /** How far a mark may stick out beside its box. */
    private static final double OVERHANG = 24;

    private final Theme theme;
    private final Surface surface;

    Pills(Theme theme, Surface surface) {
        this.theme = theme;
        this.surface = surface;
    }

    /** A small word on a coloured ground, its right end and top at a place. */
    void pill(String text, double right, double top, int ground, int color) {
        double width = width(text);
        surface.fill(new Rect(right - width, top, width, 15), 7.5, ground);
        surface.text(new Text(text, right - width + 7, top + 11, false, SIZE), color);
    }

    private static double width(String pill) {
        return Type.width(pill, false, SIZE) + 14;
    }

    /** Marks above a box: from the right to the last wire that ends there, and further ones left of the first wire. */
    void marks(Scene scene, Box box) {
        List<Double> wires = upperEnds(scene, box);
        Rect area = box.area();
        double top = area.y() - 17;
        double least = wires.isEmpty() ? area.x() - OVERHANG : wires.get(wires.size() - 1) + CLEAR;
        double right = area.right() - 6;
        double left = wires.isEmpty() ? 0 : wires.get(0) - CLEAR;
        for (Mark mark : marks(box.label().state())) {
            double width = width(mark.text());
            double end;
            if (right - width >= least || left - width < area.x() - OVERHANG) {
                end = Math.max(right, least + width);
                right = end - width - 5;
                least = Math.min(least, right);
            } else {
                end = left;
                left -= width + 5;
            }
            pill(mark.text(), end, top, mark.ground(), Theme.on(mark.ground()));
            if (mark.locked()) {
                lock(end - width + 9, top, Theme.on(mark.ground()));
            }
        }
    }

    /** A word above a box, which may begin with a lock. */
    private record Mark(String text, int ground, boolean locked) {}

    private List<Mark> marks(Label.State state) {
        List<Mark> marks = new ArrayList<>();
        if (state.output()) {
            marks.add(new Mark("output", theme.frame(2), false));
        }
        if (state.untrained()) {
            marks.add(new Mark("untrained", theme.warning(), false));
        }
        if (state.frozen()) {
            marks.add(new Mark("    frozen", theme.input(), true));
        }
        if (state.shared()) {
            marks.add(new Mark("shared weights", theme.input(), false));
        }
        return marks;
    }

    /** Where wires meet the upper side of a box, from the left to the right. */
    private static List<Double> upperEnds(Scene scene, Box box) {
        Detail.Direction direction = scene.detail().direction();
        return switch (direction) {
            case TB ->
                IntStream.range(0, box.inputs())
                        .mapToObj(input -> Scene.inputAnchor(box.area(), input, box.inputs(), direction)
                                .x())
                        .toList();
            case BT ->
                box.outlets().stream()
                        .map(port -> box.outlet(port, direction).x())
                        .toList();
            case LR, RL -> List.of();
        };
    }

    /** A closed lock. */
    private void lock(double left, double top, int color) {
        surface.outline(new Rect(left + 1.5, top + 3, 4, 6), 2, color, 1.1, false);
        surface.fill(new Rect(left, top + 6.5, 7, 5.5), 1, color);
    }
}
