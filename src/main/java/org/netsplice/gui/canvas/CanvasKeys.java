package org.netsplice.gui.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.netsplice.diagram.Scene;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.Printable;

/**
 * Keys while the canvas has the focus: Tab goes from box to box and leaves behind the last, arrows move what is selected or else the
 * view, Shift makes larger steps. What happens is announced to assistive programs.
 */
public final class CanvasKeys {
    private static final double STEP = 8;
    private static final double LARGE = 40;
    private static final double PAN = 60;
    /** Presses within this time of each other, in nanoseconds, are one step of the history. */
    private static final long TOGETHER = 1_000_000_000L;

    private final CanvasView view;
    private final Session session;
    private final Runnable toSettings;
    private long last;
    private long gesture = Gestures.KEYS;
    private Set<NodeId> announced = Set.of();

    CanvasKeys(CanvasView view, Session session, Runnable toSettings) {
        this.view = view;
        this.session = session;
        this.toSettings = toSettings;
    }

    void install() {
        view.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (pressed(event)) {
                event.consume();
            }
        });
        session.onChange(this::announceSelection);
    }

    private boolean pressed(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return false;
        }
        double step = event.isShiftDown() ? LARGE : STEP;
        return switch (event.getCode()) {
            case TAB -> next(event.isShiftDown() ? -1 : 1);
            case ENTER -> settings();
            case LEFT, KP_LEFT -> arrow(-1, 0, step, "left");
            case RIGHT, KP_RIGHT -> arrow(1, 0, step, "right");
            case UP, KP_UP -> arrow(0, -1, step, "up");
            case DOWN, KP_DOWN -> arrow(0, 1, step, "down");
            default -> false;
        };
    }

    /**
     * Whether a key is one of these, so that no command takes it while the canvas has the focus. With Shift and nothing that could be
     * moved further, arrows are left to commands.
     */
    public static boolean owns(KeyEvent event, boolean selected) {
        boolean free = event.isShiftDown() && !selected;
        return !event.isShortcutDown()
                && (event.getCode() == KeyCode.TAB || (event.getCode().isArrowKey() && !free));
    }

    /** Selects the next or the previous box; returns false after the last, where the focus leaves the canvas. */
    private boolean next(int by) {
        List<Scene.Box> boxes = session.scene().boxes();
        if (boxes.isEmpty() || !session.settled()) {
            return false;
        }
        List<Integer> selected = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            if (boxes.get(i).inside().stream().anyMatch(session.selection()::contains)) {
                selected.add(i);
            }
        }
        int from = selected.isEmpty()
                ? (by > 0 ? -1 : boxes.size())
                : by > 0 ? selected.get(selected.size() - 1) : selected.get(0);
        int to = from + by;
        if (to < 0 || to >= boxes.size()) {
            session.select(Set.of());
            return false;
        }
        session.select(boxes.get(to).inside());
        view.include(boxes.get(to).id());
        return true;
    }

    /** Moves the focus to the settings of the selection. */
    private boolean settings() {
        if (session.selection().isEmpty()) {
            return false;
        }
        toSettings.run();
        return true;
    }

    private boolean arrow(int x, int y, double step, String word) {
        if (session.selection().isEmpty()) {
            view.pan(-x * PAN, -y * PAN);
            return true;
        }
        long now = System.nanoTime();
        if (now - last > TOGETHER) {
            gesture++;
        }
        last = now;
        Gestures.nudge(session, x * step, y * step, gesture);
        view.announce("Moved " + what() + " " + word);
        return true;
    }

    private String what() {
        Set<NodeId> selection = session.selection();
        return selection.size() == 1
                ? session.document().graph().node(selection.iterator().next()).name()
                : selection.size() + " layers";
    }

    private void announceSelection() {
        Set<NodeId> selection = session.selection();
        if (selection.equals(announced)) {
            return;
        }
        announced = selection;
        if (selection.size() == 1) {
            Node node = session.document().graph().node(selection.iterator().next());
            String shapes = session.report().outputs(node.id()).stream()
                    .map(spec -> spec.shape().toString())
                    .collect(Collectors.joining(", "));
            view.announce(Printable.name(node.name()) + ", "
                    + Printable.name(node.layer().className()) + ", output " + shapes);
        } else {
            view.announce(selection.isEmpty() ? "Nothing selected" : selection.size() + " layers selected");
        }
    }
}
