package org.netsplice.gui.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.gui.widget.TypedChoice;

/** Shows a form. A part with the same key in the next form keeps its control, with the focus and the typed text. */
final class FormView extends VBox {
    /** The share of the width that names of fields have. */
    private static final double NAMES = 0.33;
    /** Names have at least this width, in font sizes. */
    private static final double LEAST = 6.6;
    /** Forms at least this wide, in font sizes, have values beside their names; narrower ones below. */
    private static final double BESIDE = 20;

    private static final double GAP = 8;
    /** Between a name and the value below it. */
    private static final double BELOW = 3;

    private final Map<String, Row> rows = new HashMap<>();
    private Object subject = "";

    /** The control of a part, and how it shows another part of its class; {@code fresh} when the form has another subject. */
    private record Row(Node node, Showing showing) {}

    private interface Showing {
        void show(Part part, boolean fresh);
    }

    FormView() {
        super(8);
    }

    /** Shows a form about a subject; text typed about another subject and not confirmed is dropped. */
    void show(Object about, List<Part> parts) {
        boolean fresh = !about.equals(subject);
        subject = about;
        List<Node> wanted = new ArrayList<>();
        Map<String, Row> kept = new HashMap<>();
        for (Part part : parts) {
            String key = key(part);
            while (kept.containsKey(key)) {
                key += " again";
            }
            Row row = rows.computeIfAbsent(key, any -> made(part));
            row.showing().show(part, fresh);
            kept.put(key, row);
            wanted.add(row.node());
        }
        rows.keySet().retainAll(kept.keySet());
        order(wanted);
    }

    private static String key(Part part) {
        String style = part instanceof Part.Words words ? words.style() : "";
        return part.getClass().getSimpleName() + " " + style + " " + part.key();
    }

    /** Puts the nodes in order and leaves those alone that stay. */
    private void order(List<Node> wanted) {
        getChildren().removeIf(node -> !wanted.contains(node));
        for (int i = 0; i < wanted.size(); i++) {
            Node node = wanted.get(i);
            if (i >= getChildren().size() || !getChildren().get(i).equals(node)) {
                getChildren().remove(node);
                getChildren().add(i, node);
            }
        }
    }

    private Row made(Part part) {
        if (part instanceof Part.Title) {
            return words("title-4", any -> ((Part.Title) any).text());
        } else if (part instanceof Part.Words words) {
            return words(words.style(), any -> ((Part.Words) any).text());
        } else if (part instanceof Part.Fact) {
            return fact();
        } else if (part instanceof Part.Input) {
            return input();
        } else if (part instanceof Part.Choice) {
            return choice();
        } else if (part instanceof Part.Offer) {
            return offer();
        } else if (part instanceof Part.Check) {
            return check();
        } else if (part instanceof Part.Line) {
            return line();
        } else if (part instanceof Part.Reading) {
            return reading();
        }
        return part instanceof Part.Link ? link() : buttons((Part.Buttons) part);
    }

    private interface Text {
        String of(Part part);
    }

    private static Row words(String style, Text text) {
        Label label = new Label();
        label.setWrapText(true);
        label.getStyleClass().add(style);
        return new Row(label, (part, fresh) -> {
            label.setText(text.of(part));
            if (!part.key().isEmpty()) {
                label.setId(part.key());
            }
        });
    }

    /** A name with its value: beside the name or, in a narrow form, below it. */
    private static final class Named extends Pane {
        private final Label label = new Label();
        private final Region content;
        private final Node control;

        private Named(Region content, Node control) {
            this.content = content;
            this.control = control;
            label.setWrapText(true);
            label.getStyleClass().add("field-name");
            label.setLabelFor(control);
            getChildren().addAll(label, content);
        }

        @Override
        public Orientation getContentBias() {
            return Orientation.HORIZONTAL;
        }

        private boolean beside(double width) {
            return width >= BESIDE * label.getFont().getSize();
        }

        /** The width of names: all of the form's width when values are below. */
        private double names(double width) {
            return beside(width)
                    ? Math.ceil(Math.max(width * NAMES, LEAST * label.getFont().getSize()))
                    : width;
        }

        private double values(double width) {
            return beside(width) ? width - GAP - names(width) : width;
        }

        /** How much lower the name is than its value, so that both stand on one line. */
        private double drop() {
            return content instanceof Label ? 0 : Math.max(0, content.getBaselineOffset() - label.getBaselineOffset());
        }

        @Override
        protected double computeMinWidth(double height) {
            return 0;
        }

        @Override
        protected double computePrefWidth(double height) {
            return BESIDE * label.getFont().getSize();
        }

        @Override
        protected double computePrefHeight(double width) {
            double given = width < 0 ? computePrefWidth(-1) : width;
            double name = label.prefHeight(names(given));
            double value = content.prefHeight(values(given));
            return beside(given) ? Math.max(name + drop(), value) : name + BELOW + value;
        }

        @Override
        protected double computeMinHeight(double width) {
            return prefHeight(width);
        }

        @Override
        protected void layoutChildren() {
            double width = getWidth();
            double names = names(width);
            double name = label.prefHeight(names);
            double values = values(width);
            double value = content.prefHeight(values);
            if (beside(width)) {
                content.resizeRelocate(names + GAP, 0, values, value);
                label.resizeRelocate(0, drop(), names, name);
            } else {
                label.resizeRelocate(0, 0, names, name);
                content.resizeRelocate(0, name + BELOW, values, value);
            }
        }

        private void name(String name, String help) {
            label.setText(name);
            control.setAccessibleText(name);
            help(label, help);
            if (control instanceof TextField field) {
                help(field, help);
            }
        }
    }

    private Row fact() {
        Label value = new Label();
        value.setWrapText(true);
        value.setMaxWidth(Double.MAX_VALUE);
        Named row = new Named(value, value);
        return new Row(row, (part, fresh) -> {
            Part.Fact fact = (Part.Fact) part;
            row.name(fact.name(), "");
            value.setText(fact.text());
            value.setAccessibleText(fact.name() + " " + fact.text());
        });
    }

    private Row input() {
        TypedField field = new TypedField();
        Label wrong = new Label();
        wrong.setWrapText(true);
        wrong.getStyleClass().add("problem");
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        VBox box = new VBox(3, field, wrong);
        Named row = new Named(box, field);
        return new Row(row, (part, fresh) -> {
            Part.Input input = (Part.Input) part;
            field.setId(input.key());
            row.name(input.name(), input.help());
            if (field.show(input.value(), fresh)) {
                wrong.setText("");
            }
            field.onTaken(typed -> wrong.setText(input.commit().apply(typed).orElse("")));
        });
    }

    private static void help(Control control, String help) {
        if (help.isEmpty()) {
            control.setTooltip(null);
        } else if (control.getTooltip() == null) {
            control.setTooltip(new Tooltip(help));
        } else {
            control.getTooltip().setText(help);
        }
    }

    private Row choice() {
        TypedChoice box = new TypedChoice();
        box.setMaxWidth(Double.MAX_VALUE);
        Named row = new Named(box, box);
        return new Row(row, (part, fresh) -> {
            Part.Choice choice = (Part.Choice) part;
            box.setId(choice.key());
            row.name(choice.name(), choice.help());
            box.show(choice.choices(), choice.value(), choice.commit());
        });
    }

    private static Row offer() {
        ComboBox<String> box = new ComboBox<>();
        return new Row(box, (part, fresh) -> {
            Part.Offer offer = (Part.Offer) part;
            box.setId(offer.key());
            box.setPromptText(offer.prompt());
            box.setAccessibleText(offer.name());
            box.setOnAction(null);
            box.getItems().clear();
            box.setValue(null);
            box.setOnShowing(event -> {
                if (box.getItems().isEmpty()) {
                    box.getItems().setAll(offer.choices().get());
                }
            });
            box.setOnAction(event -> Optional.ofNullable(box.getValue())
                    .ifPresent(chosen -> offer.chosen().accept(chosen)));
        });
    }

    private static Row check() {
        CheckBox box = new CheckBox();
        box.setWrapText(true);
        return new Row(box, (part, fresh) -> {
            Part.Check check = (Part.Check) part;
            box.setId(check.key());
            box.setText(check.text());
            box.setSelected(check.on());
            box.setIndeterminate(check.mixed());
            help(box, check.help());
            box.setOnAction(event -> check.commit().accept(box.isSelected()));
        });
    }

    private static Row line() {
        TypedField field = new TypedField();
        Button button = new Button();
        HBox.setHgrow(field, Priority.ALWAYS);
        HBox row = new HBox(6, field, button);
        row.setAlignment(Pos.CENTER_LEFT);
        return new Row(row, (part, fresh) -> {
            Part.Line line = (Part.Line) part;
            field.setAccessibleText(line.name());
            field.show(line.value(), fresh);
            field.onTaken(line.commit());
            dress(button, line.press());
            button.setAccessibleText(line.press().help());
        });
    }

    private Row reading() {
        TextArea text = new TextArea();
        text.setEditable(false);
        Named row = new Named(text, text);
        return new Row(row, (part, fresh) -> {
            Part.Reading reading = (Part.Reading) part;
            row.name(reading.name(), reading.help());
            text.setPrefRowCount(reading.rows());
            text.setText(reading.text());
        });
    }

    private static Row link() {
        Hyperlink link = new Hyperlink();
        return new Row(link, (part, fresh) -> {
            Part.Link shown = (Part.Link) part;
            link.setId(shown.key());
            link.setText(shown.text());
            link.setOnAction(event -> shown.action().run());
        });
    }

    private static Row buttons(Part.Buttons first) {
        List<Button> all = first.all().stream().map(press -> new Button()).toList();
        FlowPane row = new FlowPane(6, 6);
        row.getChildren().setAll(all);
        return new Row(row, (part, fresh) -> {
            for (int i = 0; i < all.size(); i++) {
                dress(all.get(i), ((Part.Buttons) part).all().get(i));
            }
        });
    }

    private static void dress(Button button, Part.Press press) {
        button.setId(press.id());
        button.setText(press.text());
        button.setDisable(!press.possible());
        help(button, press.help());
        button.setOnAction(event -> press.action().run());
    }
}
