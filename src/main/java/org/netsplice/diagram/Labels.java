package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.edit.Figure;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.Printable;

/** What boxes say. Immutable; labels of an earlier picture can be reused. */
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

    private final Wording wording;
    private final List<Item> items;
    private final List<Label> labels;

    private Labels(Report report, Detail detail, Figure figure, List<Item> items, Optional<Labels> before) {
        this.wording = new Wording(report, detail, figure, BoxMarks.of(report));
        this.items = items;
        Optional<Set<NodeId>> restated = before.flatMap(labels -> wording.restated(labels.wording));
        this.labels = restated.isPresent()
                ? over(before.get(), restated.get())
                : items.stream().map(wording::of).toList();
    }

    /** The labels of boxes of a graph. */
    public static Labels of(Report report, Detail detail, List<Item> items) {
        return new Labels(report, detail, Figure.EMPTY, items, Optional.empty());
    }

    /** The labels of boxes of a graph; labels of an earlier picture are reused where nothing they say has changed. */
    public static Labels of(Report report, Detail detail, Figure figure, List<Item> items, Optional<Labels> before) {
        return new Labels(report, detail, figure, items, before);
    }

    /** Takes over what was said of nodes that are the same and not among these. */
    private List<Label> over(Labels before, Set<NodeId> restated) {
        Earlier earlier = new Earlier(before.items);
        List<Label> all = new ArrayList<>(items.size());
        for (Item item : items) {
            int place = earlier.find(item.id());
            boolean same = place >= 0
                    && item.node().isPresent()
                    && item.node().equals(before.items.get(place).node())
                    && (restated.isEmpty() || !restated.contains(item.id()));
            all.add(same ? before.labels.get(place) : wording.of(item));
        }
        return List.copyOf(all);
    }

    /** In the order of the boxes. */
    public List<Label> all() {
        return labels;
    }

    /** The notes of a figure, measured. */
    public static List<Scene.Note> notes(Figure figure) {
        List<Scene.Note> notes = new ArrayList<>();
        figure.notes().forEach((number, note) -> {
            List<String> lines = note.text().lines().map(Printable::text).toList();
            double width = lines.stream()
                    .mapToDouble(line -> Type.width(line, false, SIZE))
                    .max()
                    .orElse(0);
            Rect area = new Rect(note.place().x(), note.place().y(), width + 2 * PADDING, lines.size() * ROW + PADDING);
            notes.add(new Scene.Note(number, lines, area));
        });
        return notes;
    }
}
