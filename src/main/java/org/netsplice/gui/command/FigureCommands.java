package org.netsplice.gui.command;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.ChangeFigure;
import org.netsplice.editor.figure.FigureChoices;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.gui.figure.ExportView;

/** Commands for pictures in files and for the figure of a document, the picture that is made for a paper. */
final class FigureCommands extends CommandFamily {
    private final CanvasView canvas;
    private static final String FIGURE = "Figure";

    private final ExportView export;

    FigureCommands(Workbench workbench, List<Command> all, CanvasView canvas, FigureChoices choices) {
        super(workbench, all);
        this.canvas = canvas;
        this.export = new ExportView(workbench, choices);
    }

    /** Commands for pictures outside of the program. */
    void pictures() {
        add(Command.of("export", Commands.FILE, 1, "Export picture…", export::show, "Shortcut+E"));
        add(Command.of("copy-picture", Commands.FILE, 1, "Copy picture", export::copy, "Shortcut+Shift+E"));
    }

    private Figure figure() {
        return session.document().placement().figure();
    }

    void figures() {
        add(Command.of("figure", FIGURE, 0, "Figure mode", this::toggleFigure, "Shortcut+Shift+F", "Shift+F")
                .withTitle(() -> session.detail().figure() ? "Leave figure mode" : "Figure mode"));
        add(Command.of("figure-label", FIGURE, 1, "Label in figure…", this::label)
                .when(() -> session.selection().size() == 1));
        add(Command.of("figure-plain", FIGURE, 1, "Hide details in figure", () -> plain(true))
                .when(this::anySelected));
        add(Command.of("figure-details", FIGURE, 1, "Show details in figure", () -> plain(false))
                .when(this::anySelected));
        add(Command.of("figure-note", FIGURE, 1, "Add note…", this::addNote));
    }

    private void toggleFigure() {
        show(!session.detail().figure());
    }

    private void show(boolean figure) {
        if (session.detail().figure() != figure) {
            session.show(session.detail().withFigure(figure));
        }
    }

    private void label() {
        NodeId id = session.selection().iterator().next();
        String name = session.document().graph().node(id).name();
        ask("Label of " + name, figure().labels().getOrDefault(id, name)).ifPresent(text -> {
            String label = text.strip().equals(name) ? "" : text.strip();
            workbench.apply(new ChangeFigure(figure().withLabel(id, label), "label in figure"));
            show(true);
        });
    }

    private void plain(boolean hidden) {
        workbench.apply(new ChangeFigure(
                figure().withPlain(session.selection(), hidden),
                hidden ? "hide details in figure" : "show details in figure"));
        show(true);
    }

    private void addNote() {
        Rect seen = canvas.viewport().visible();
        note(figure().nextNote(), new Figure.Note("", new Spot(seen.centerX(), seen.centerY())));
    }

    /** Asks for the text of a note that is there; without a text it is removed. */
    void edit(Scene.Note note) {
        Figure.Note present = figure().notes().get(note.number());
        if (present != null) {
            note(note.number(), present);
        }
    }

    private void note(long number, Figure.Note note) {
        ask("Note", note.text()).ifPresent(text -> {
            workbench.apply(
                    new ChangeFigure(figure().withNote(number, new Figure.Note(text.strip(), note.place())), "note"));
            show(true);
        });
    }

    private Optional<String> ask(String title, String text) {
        TextArea area = new TextArea(text);
        area.setId("figure-text");
        area.setPrefRowCount(3);
        area.setPrefColumnCount(30);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.setTitle(title);
        dialog.initOwner(workbench.owner());
        dialog.getDialogPane().setContent(new VBox(8, new Label("Shown in the figure only."), area));
        dialog.getDialogPane().getButtonTypes().addAll(ButtonType.OK, ButtonType.CANCEL);
        dialog.setOnShown(event -> area.requestFocus());
        return dialog.showAndWait().filter(ButtonType.OK::equals).map(answer -> area.getText());
    }
}
