package org.netsplice.gui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.edit.OrderInputs;
import org.netsplice.edit.OrderOutputs;
import org.netsplice.edit.Rename;
import org.netsplice.edit.RenameDocument;
import org.netsplice.edit.RenameOutput;
import org.netsplice.edit.ShareInputs;
import org.netsplice.editor.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.problem.ModelException;

/** The form of the whole document: its name, inputs and outputs. */
final class DocumentForm {
    private final Session session;
    private final Actions actions;

    DocumentForm(Session session, Actions actions) {
        this.session = session;
        this.actions = actions;
    }

    void fill(VBox content) {
        Graph graph = session.document().graph();
        Label title = new Label(session.document().name());
        title.getStyleClass().add("title-4");
        title.setWrapText(true);
        Fields fields = new Fields();
        fields.input(
                        "Name",
                        "What the merged model is called.",
                        session.document().name(),
                        name -> actions.tried(new RenameDocument(name.strip())))
                .setId("document-name");
        fields.text("Layers", String.format(Locale.ROOT, "%,d", graph.nodes().size()));
        fields.text(
                "Parameters",
                String.format(Locale.ROOT, "%,d", session.report().counts().parameters()));
        content.getChildren().addAll(title, fields.view());
        if (graph.nodes().isEmpty()) {
            return;
        }
        content.getChildren().add(section("Inputs"));
        List<NodeId> inputs = graph.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            NodeId id = inputs.get(i);
            TextField name = new TextField(graph.node(id).name());
            name.setAccessibleText("Name of input " + (i + 1));
            name.setOnAction(
                    event -> actions.apply(new Rename(id, name.getText().strip())));
            content.getChildren()
                    .add(row(name, swap(i, inputs.size(), order -> new OrderInputs(swapped(inputs, order)))));
        }
        share(content, inputs);
        content.getChildren().add(section("Outputs"));
        List<Output> outputs = graph.outputs();
        List<Port> ports = outputs.stream().map(Output::port).toList();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            TextField name = new TextField(graph.outputName(output));
            name.setAccessibleText("Name of output " + (i + 1));
            name.setOnAction(event ->
                    actions.apply(new RenameOutput(output.port(), name.getText().strip())));
            content.getChildren()
                    .add(row(name, swap(i, outputs.size(), order -> new OrderOutputs(swapped(ports, order)))));
        }
    }

    private static Label section(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("section");
        return label;
    }

    private static HBox row(TextField name, Button up) {
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox row = new HBox(6, name, up);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Button swap(int index, int count, java.util.function.IntFunction<org.netsplice.edit.Edit> edit) {
        Button up = new Button("↑");
        up.setAccessibleText("Move up");
        up.setDisable(index == 0 || count < 2);
        up.setOnAction(event -> actions.apply(edit.apply(index)));
        return up;
    }

    private static <T> List<T> swapped(List<T> list, int index) {
        List<T> copy = new ArrayList<>(list);
        Collections.swap(copy, index, index - 1);
        return copy;
    }

    /** A button that lets the networks share their input, or the reason why they cannot. */
    private void share(VBox content, List<NodeId> inputs) {
        if (inputs.size() < 2) {
            return;
        }
        Optional<ModelException.EditRefused> obstacle =
                ShareInputs.obstacle(session.document().graph(), inputs);
        Button share = new Button("Share one input");
        share.setId("share-inputs");
        share.setDisable(obstacle.isPresent());
        share.setOnAction(event -> actions.apply(new ShareInputs(inputs)));
        Label reason = new Label(obstacle.map(refusal -> Tasks.sentence(refusal.problem()))
                .orElse("All networks would read "
                        + session.document().graph().node(inputs.get(0)).name() + "."));
        reason.setWrapText(true);
        reason.getStyleClass().add("muted");
        content.getChildren().addAll(share, reason);
    }
}
