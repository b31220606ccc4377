package org.netsplice.diagram;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.diagram.Surface.Text;
import org.netsplice.problem.Printable;

/** Says which colour of a header means what, one row for each. */
public record Legend(List<Entry> entries) {
    private static final double PADDING = 8;
    private static final double SWATCH = 11;
    private static final double GAP = 7;
    private static final double SIZE = Labels.SIZE - 1;

    /** The longest name of a network that is shown whole, in points. */
    private static final double LONGEST = 220;

    public Legend {
        entries = List.copyOf(entries);
    }

    /**
     * A colour and what it means.
     *
     * @param tint the kind of layer; empty where the colour is that of a network
     * @param network the number of the network's colour
     */
    public record Entry(Optional<Label.Tint> tint, int network, String word) {

        /** The colour in a theme. */
        public int color(Theme theme) {
            return tint.map(theme::tint).orElseGet(() -> theme.frame(network));
        }
    }

    /** The colours that the headers of a picture have: those of networks, and those of kinds of layers in the order of {@link Label.Tint}. */
    public static Legend of(Scene scene) {
        Stream<Entry> framed = scene.frames().stream()
                .filter(frame -> frame.depth() == 0 && scene.detail().figure())
                .map(frame -> network(frame.color(), frame.title()));
        Stream<Entry> folded = scene.boxes().stream()
                .filter(box -> box.folded().isPresent()
                        && box.label().color() >= 0
                        && scene.frames().stream()
                                .noneMatch(frame -> frame.color() == box.label().color()))
                .map(box -> network(box.label().color(), box.label().title()));
        Stream<Entry> tints = scene.boxes().stream()
                .filter(box -> box.label().color() < 0)
                .map(box -> box.label().tint())
                .distinct()
                .sorted()
                .map(tint -> new Entry(Optional.of(tint), 0, tint.word()));
        return new Legend(Stream.of(framed, folded, tints).flatMap(all -> all).toList());
    }

    private static Entry network(int color, String title) {
        return new Entry(Optional.empty(), color, Type.fitted(Printable.name(title), false, SIZE, LONGEST));
    }

    /** Its width in points. */
    public double width() {
        double text = entries.stream()
                .mapToDouble(entry -> Type.width(entry.word(), false, SIZE))
                .max()
                .orElse(0);
        return Math.ceil(text + SWATCH + GAP + 2 * PADDING);
    }

    /** Its height in points. */
    public double height() {
        return entries.size() * Labels.ROW + 2 * PADDING - 4;
    }

    /** Paints it on a ground of its own; its upper left corner is at a place. */
    public void paint(Surface surface, Theme theme, double left, double top) {
        surface.begin("legend", "");
        Rect area = new Rect(left, top, width(), height());
        surface.fill(area, 5, theme.background());
        surface.outline(area, 5, theme.border(), 1, false);
        double row = top + PADDING - 2;
        for (Entry entry : entries) {
            Rect swatch = new Rect(left + PADDING, row + (Labels.ROW - SWATCH) / 2, SWATCH, SWATCH);
            surface.fill(swatch, 2, entry.color(theme));
            surface.text(
                    new Text(entry.word(), swatch.right() + GAP, row + Labels.ROW / 2 + SIZE * 0.36, false, SIZE),
                    theme.text());
            row += Labels.ROW;
        }
        surface.end();
    }
}
