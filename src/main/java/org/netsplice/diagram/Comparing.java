package org.netsplice.diagram;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Wire;

/** Where two pictures differ. What stands at the same place in both is compared first; that is nearly always enough. */
final class Comparing {
    /** More areas than these are given as the one around them. */
    private static final int MAX_CHANGED = 100;

    private Comparing() {}

    /** The areas of all boxes, wires, frames and notes that only one of two pictures has like that. */
    static List<Rect> changed(Scene one, Scene two) {
        if (!one.detail().equals(two.detail())) {
            return List.of(one.bounds(), two.bounds());
        }
        List<Rect> changed = new ArrayList<>();
        boxes(one, two, changed);
        boxes(two, one, changed);
        wires(one, two, changed);
        wires(two, one, changed);
        only(one.frames(), two.frames()).forEach(frame -> changed.add(frame.area()));
        only(two.frames(), one.frames()).forEach(frame -> changed.add(frame.area()));
        only(one.notes(), two.notes()).forEach(note -> changed.add(note.area()));
        only(two.notes(), one.notes()).forEach(note -> changed.add(note.area()));
        return changed.size() <= MAX_CHANGED
                ? changed
                : List.of(changed.stream().reduce(Rect::with).orElseThrow());
    }

    private static void boxes(Scene one, Scene two, List<Rect> changed) {
        for (int i = 0; i < one.boxes().size(); i++) {
            Box box = one.boxes().get(i);
            boolean aligned = i < two.boxes().size() && two.boxes().get(i).id().equals(box.id());
            boolean same = aligned
                    ? box.looksLike(two.boxes().get(i))
                    : two.box(box.id()).filter(box::looksLike).isPresent();
            if (!same) {
                changed.add(box.marked());
            }
        }
    }

    private static void wires(Scene one, Scene two, List<Rect> changed) {
        Set<Wire> others = null;
        for (int i = 0; i < one.wires().size(); i++) {
            Wire wire = one.wires().get(i);
            if (i < two.wires().size() && two.wires().get(i).equals(wire)) {
                continue;
            }
            if (others == null) {
                others = new HashSet<>(two.wires());
            }
            if (!others.contains(wire)) {
                changed.add(wire.around());
            }
        }
    }

    private static <T> List<T> only(List<T> one, List<T> two) {
        if (one.equals(two)) {
            return List.of();
        }
        Set<T> others = new HashSet<>(two);
        return one.stream().filter(each -> !others.contains(each)).toList();
    }
}
