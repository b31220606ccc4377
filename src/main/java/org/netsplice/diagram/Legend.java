package org.netsplice.diagram;

import java.util.List;
import org.netsplice.diagram.Surface.Text;

/** Says which colour of a header means what, one row for each. */
public record Legend(List<Label.Tint> tints) {
    private static final double PADDING = 8;
    private static final double SWATCH = 11;
    private static final double GAP = 7;
    private static final double SIZE = Labels.SIZE - 1;

    public Legend {
        tints = List.copyOf(tints);
    }

    /** The colours that a picture has, in the order of {@link Label.Tint}; boxes with the colour of their network count too. */
    public static Legend of(Scene scene) {
        return new Legend(scene.boxes().stream()
                .map(box -> box.label().tint())
                .distinct()
                .sorted()
                .toList());
    }

    /** Its width in points. */
    public double width() {
        double text = tints.stream()
                .mapToDouble(tint -> Type.width(tint.word(), false, SIZE))
                .max()
                .orElse(0);
        return Math.ceil(text + SWATCH + GAP + 2 * PADDING);
    }

    /** Its height in points. */
    public double height() {
        return tints.size() * Labels.ROW + 2 * PADDING - 4;
    }

    /** Paints it on a ground of its own; its upper left corner is at a place. */
    public void paint(Surface surface, Theme theme, double left, double top) {
        surface.begin("legend", "");
        Rect area = new Rect(left, top, width(), height());
        surface.fill(area, 5, theme.background());
        surface.outline(area, 5, theme.border(), 1, false);
        double row = top + PADDING - 2;
        for (Label.Tint tint : tints) {
            Rect swatch = new Rect(left + PADDING, row + (Labels.ROW - SWATCH) / 2, SWATCH, SWATCH);
            surface.fill(swatch, 2, theme.tint(tint));
            surface.text(
                    new Text(tint.word(), swatch.right() + GAP, row + Labels.ROW / 2 + SIZE * 0.36, false, SIZE),
                    theme.text());
            row += Labels.ROW;
        }
        surface.end();
    }
}
