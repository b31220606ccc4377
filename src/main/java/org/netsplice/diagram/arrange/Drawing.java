package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.Group;

/** The boxes and wires of a picture. Those that are as they were in the picture before are the same objects. */
final class Drawing {
    /** Of nothing. */
    static final Drawing NONE = new Drawing(new Boxes(List.of(), List.of()));

    private final Boxes boxes;
    private final List<Scene.Box> drawn;
    private final List<Scene.Wire> wires;
    /** Where the wires of each box begin. */
    private final int[] begins;

    private Drawing(Boxes boxes) {
        this.boxes = boxes;
        drawn = new ArrayList<>(boxes.size());
        wires = new ArrayList<>(2 * boxes.size());
        begins = new int[boxes.size()];
    }

    /** Draws boxes at their areas, and of each box the wires to its inputs, which are given by their points. */
    static Drawing of(Boxes boxes, Rect[] areas, List<List<List<Point>>> wires, Drawing before) {
        Drawing made = new Drawing(boxes);
        int shift = 0;
        for (int number = 0; number < boxes.size(); number++) {
            Item item = boxes.item(number);
            int there = before.find(item, number + shift);
            shift = there < 0 ? shift : there - number;
            made.begins[number] = made.wires.size();
            made.drawn.add(before.box(there, item, boxes.label(number), areas[number]));
            List<List<Point>> own = wires.get(number);
            for (int input = 0; input < item.reads().size(); input++) {
                made.wires.add(before.wire(there, item, input, own.get(input)));
            }
        }
        return made;
    }

    List<Scene.Box> boxes() {
        return drawn;
    }

    List<Scene.Wire> wires() {
        return wires;
    }

    /** The number of a box that is probably this one or the next; −1 when it is neither. */
    private int find(Item item, int number) {
        for (int there = Math.max(0, number); there < Math.min(number + 2, boxes.size()); there++) {
            if (boxes.item(there).equals(item)) {
                return there;
            }
        }
        return -1;
    }

    /** A box: the one with this number, if it is like that. */
    private Scene.Box box(int there, Item item, Label label, Rect area) {
        Scene.Box known = there < 0 ? null : drawn.get(there);
        return known != null && known.area().equals(area) && known.label().equals(label)
                ? known
                : new Scene.Box(
                        item.id(),
                        label,
                        area,
                        item.inside(),
                        item.reads().size(),
                        item.outlets(),
                        item.group().map(Group::id));
    }

    /** A wire to an input: the one to the box with this number, if it is like that. */
    private Scene.Wire wire(int there, Item item, int input, List<Point> points) {
        Scene.Wire known = there < 0 ? null : wires.get(begins[there] + input);
        Item.Source source = item.reads().get(input);
        return known != null && known.points().equals(points)
                ? known
                : new Scene.Wire(source.port().node(), source.port(), source.reader(), source.input(), points);
    }
}
