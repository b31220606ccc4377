package org.netsplice.diagram.arrange;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.Group;

/** The boxes and wires of a scene. What is the same as in the scene before is the same object, so that comparing them is quick. */
final class SceneParts {
    /** The parts of an empty scene. */
    static final SceneParts NONE = new SceneParts(new Boxes(List.of(), List.of()));

    private final Boxes boxes;
    private final List<Scene.Box> drawn;
    private final List<Scene.Wire> wires;
    /** The place in {@link #wires} of the first wire of each box. */
    private final int[] begins;

    private SceneParts(Boxes boxes) {
        this.boxes = boxes;
        drawn = new ArrayList<>(boxes.size());
        wires = new ArrayList<>(2 * boxes.size());
        begins = new int[boxes.size()];
    }

    /** The parts of an arrangement in which every box has its place and every wire its route. */
    static SceneParts of(Arrangement arrangement, SceneParts before) {
        Boxes boxes = arrangement.boxes();
        SceneParts made = new SceneParts(boxes);
        int shift = 0;
        for (int number = 0; number < boxes.size(); number++) {
            Item item = boxes.item(number);
            int there = before.find(item, number + shift);
            shift = there < 0 ? shift : there - number;
            made.begins[number] = made.wires.size();
            made.drawn.add(before.box(there, item, boxes.label(number), arrangement.area(number)));
            for (int input = 0; input < item.reads().size(); input++) {
                made.wires.add(before.wire(
                        there, item, input, arrangement.routes(number).to(input)));
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

    /** The number of an item, which is expected here or one later; -1 when it is at neither place. */
    private int find(Item item, int number) {
        for (int there = Math.max(0, number); there < Math.min(number + 2, boxes.size()); there++) {
            if (boxes.item(there).equals(item)) {
                return there;
            }
        }
        return -1;
    }

    /** A box: the known one with this number, if it looks the same. */
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

    /** The wire to an input: the known one of the box with this number, if it runs the same way. */
    private Scene.Wire wire(int there, Item item, int input, List<Point> points) {
        Scene.Wire known = there < 0 ? null : wires.get(begins[there] + input);
        Item.Source source = item.reads().get(input);
        return known != null && known.points().equals(points)
                ? known
                : new Scene.Wire(source.port().node(), source.port(), source.reader(), source.input(), points);
    }
}
