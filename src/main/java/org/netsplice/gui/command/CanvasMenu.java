package org.netsplice.gui.command;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.GroupId;
import org.netsplice.gui.canvas.CanvasView;

/** The context menu of the canvas: for a layer, several layers, a network, or the background. */
public final class CanvasMenu {
    private static final String GAP = "";
    private static final List<String> LAYER = List.of(
            "rename",
            "replace",
            "view-weights",
            GAP,
            "freeze",
            "unfreeze",
            "bypass",
            "dissolve",
            "disconnect",
            GAP,
            "cut-after",
            "extract",
            "group",
            GAP,
            "cut",
            "copy",
            "duplicate",
            "delete");
    private static final List<String> SEVERAL = List.of(
            "merge",
            "group",
            "extract",
            "arrange-selection",
            GAP,
            "freeze",
            "unfreeze",
            "dissolve",
            "disconnect",
            GAP,
            "cut",
            "copy",
            "duplicate",
            "delete");
    private static final List<String> GROUP = List.of(
            "rename",
            "fold",
            GAP,
            "freeze",
            "unfreeze",
            "newer-weights",
            "reload",
            GAP,
            "share-inputs",
            "separate-inputs",
            GAP,
            "copy",
            "duplicate",
            "ungroup",
            "close-network");
    private static final List<String> GROUND =
            List.of("add", "paste", GAP, "select-all", "fit-all", "arrange", GAP, "unfold", "figure-note", "commands");

    private final CanvasView canvas;
    private final Gestures gestures;
    private final Commands commands;
    private final Session session;
    private final ContextMenu menu = new ContextMenu();

    CanvasMenu(Session session, CanvasView canvas, Gestures gestures, Commands commands) {
        this.session = session;
        this.canvas = canvas;
        this.gestures = gestures;
        this.commands = commands;
        menu.setId("canvas-menu");
        canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            boolean here = event.getButton() == MouseButton.SECONDARY
                    && event.isStillSincePress()
                    && !event.isShortcutDown()
                    && !canvas.pointer().gaveUp()
                    && !gestures.active();
            if (here) {
                show(below(canvas.pointerInScene()), event.getScreenX(), event.getScreenY());
            }
        });
        canvas.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            if (event.isKeyboardTrigger()) {
                show(ofSelection(), event.getScreenX(), event.getScreenY());
            }
        });
    }

    private void show(List<String> ids, double x, double y) {
        menu.getItems().clear();
        for (String id : ids) {
            if (id.equals(GAP)) {
                menu.getItems().add(new SeparatorMenuItem());
            } else {
                MenuItem item = commands.item(commands.named(id), "here-");
                menu.getItems().add(item);
            }
        }
        menu.show(canvas, x, y);
    }

    private List<String> ofSelection() {
        if (session.selectedGroup().isPresent() && session.selection().size() > 1) {
            return GROUP;
        }
        return session.selection().isEmpty() ? GROUND : session.selection().size() == 1 ? LAYER : SEVERAL;
    }

    /** Selects the box or title at a place, unless it is selected already, and returns the commands for it. */
    private List<String> below(Point at) {
        Optional<Scene.Box> box = session.scene().boxAt(at.x(), at.y()).filter(one -> session.exists(one.id()));
        if (box.isPresent()) {
            if (!session.selection().containsAll(box.get().inside())) {
                session.select(box.get().inside());
            }
            return box.get().folded().isPresent() ? GROUP : ofSelection();
        }
        Optional<GroupId> title = gestures.titleAt(at.x(), at.y());
        title.ifPresent(session::select);
        return title.isPresent() ? GROUP : GROUND;
    }
}
