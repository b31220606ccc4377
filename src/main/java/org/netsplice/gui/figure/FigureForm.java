package org.netsplice.gui.figure;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.netsplice.diagram.Detail;
import org.netsplice.export.FigureFormat;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.FigureSwitch;
import org.netsplice.gui.widget.DialogRows;

/** Controls for everything that can be chosen about a picture. */
final class FigureForm {
    private static final int FIRST_WIDTH = 1600;

    private final ComboBox<FigureFormat> format;
    private final ComboBox<Measure> measure;
    private final Spinner<Integer> dots;
    private final Spinner<Integer> width;
    private final Spinner<Integer> margin;
    private final ComboBox<FigureOptions.Page> page;
    private final ComboBox<FigureOptions.Look> look;
    private final ComboBox<Detail.Direction> direction;
    private final ComboBox<Detail.Splines> splines;
    private final CheckBox selection = new CheckBox("Only what is selected");
    private final Map<FigureSwitch, CheckBox> switches = new EnumMap<>(FigureSwitch.class);
    private final Runnable changed;
    private final VBox view;

    /** How the size of a picture is given. */
    private enum Measure {
        DOTS("dpi"),
        WIDTH("pixels wide");

        private final String title;

        Measure(String title) {
            this.title = title;
        }
    }

    /** Shows options; {@code changed} is told when one of them is another. */
    FigureForm(FigureOptions shown, boolean somethingSelected, Runnable changed) {
        this.changed = changed;
        format = choice("figure-format", FigureFormat.values(), FigureFormat::title, shown.format());
        measure = choice(
                "figure-measure", Measure.values(), one -> one.title, shown.width() > 0 ? Measure.WIDTH : Measure.DOTS);
        dots = number("figure-dpi", FigureOptions.LEAST_DPI, FigureOptions.MOST_DPI, (int) shown.dpi(), 10);
        width = number(
                "figure-width", 1, FigureOptions.MOST_WIDTH, shown.width() > 0 ? shown.width() : FIRST_WIDTH, 100);
        margin = number("figure-margin", 0, FigureOptions.MOST_MARGIN, (int) shown.margin(), 4);
        page = choice("figure-page", FigureOptions.Page.values(), FigureOptions.Page::title, shown.page());
        look = choice("figure-look", FigureOptions.Look.values(), FigureOptions.Look::title, shown.look());
        direction = choice("figure-direction", Detail.Direction.values(), Detail.Direction::title, shown.direction());
        splines = choice("figure-splines", Detail.Splines.values(), Detail.Splines::title, shown.splines());
        selection.setId("figure-selection");
        selection.setSelected(shown.selection() && somethingSelected);
        selection.setDisable(!somethingSelected);
        selection.selectedProperty().addListener((any, was, is) -> changed.run());
        VBox boxes = new VBox(6);
        for (FigureSwitch one : FigureSwitch.values()) {
            boxes.getChildren().add(box(one, shown.shows(one)));
        }
        boxes.getChildren().add(selection);
        view = new VBox(10, file(), boxes, look());
        fit();
        format.valueProperty().addListener((any, was, is) -> fit());
        measure.valueProperty().addListener((any, was, is) -> fit());
    }

    private Node file() {
        dots.setAccessibleText("Dots per inch");
        width.setAccessibleText("Pixels wide");
        HBox size = new HBox(6, new StackPane(dots, width), measure);
        DialogRows rows = new DialogRows();
        rows.add("Format", "", format);
        rows.add(
                "Size",
                "Dots per inch, where 96 draw the diagram as large as the window does at 100 %, or the width in pixels.",
                size);
        return rows.view();
    }

    private Node look() {
        DialogRows rows = new DialogRows();
        rows.add("Page", "The page of a PDF.", page);
        rows.add("Margin", "Space around the drawing, 96 for an inch.", margin);
        rows.add("Colours", "Figure for paper uses the labels, notes and colours of the figure.", look);
        rows.add("Direction", "", direction);
        rows.add("Wires", "", splines);
        return rows.view();
    }

    private CheckBox box(FigureSwitch one, boolean on) {
        CheckBox box = new CheckBox(one.title());
        box.setId("figure-" + one.word());
        box.setSelected(on);
        box.setTooltip(new Tooltip(one.help()));
        box.selectedProperty().addListener((any, was, is) -> changed.run());
        switches.put(one, box);
        return box;
    }

    private <T> ComboBox<T> choice(String id, T[] values, Function<T, String> title, T chosen) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.setMaxWidth(Double.MAX_VALUE);
        box.getItems().setAll(Arrays.asList(values));
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : title.apply(value);
            }

            @Override
            public T fromString(String text) {
                return box.getItems().stream()
                        .filter(value -> title.apply(value).equals(text))
                        .findFirst()
                        .orElse(chosen);
            }
        });
        box.setValue(chosen);
        box.valueProperty().addListener((any, was, is) -> changed.run());
        return box;
    }

    /** A field for a whole number; what is no number or too far away becomes the value before it or the nearest one allowed. */
    private Spinner<Integer> number(String id, int least, int most, int value, int step) {
        SpinnerValueFactory.IntegerSpinnerValueFactory values =
                new SpinnerValueFactory.IntegerSpinnerValueFactory(least, most, value, step);
        Spinner<Integer> spinner = new Spinner<>(values);
        values.setConverter(new StringConverter<>() {
            @Override
            public String toString(Integer number) {
                return String.valueOf(number);
            }

            @Override
            public Integer fromString(String text) {
                try {
                    return (int) Math.max(least, Math.min(most, Math.round(Double.parseDouble(text.strip()))));
                } catch (NumberFormatException problem) {
                    return spinner.getValue();
                }
            }
        });
        spinner.setId(id);
        spinner.setEditable(true);
        spinner.setMaxWidth(Double.MAX_VALUE);
        spinner.getEditor().setPrefColumnCount(5);
        spinner.focusedProperty().addListener((any, was, is) -> {
            if (!is) {
                spinner.commitValue();
                spinner.getEditor().setText(String.valueOf(spinner.getValue()));
            }
        });
        spinner.valueProperty().addListener((any, was, is) -> changed.run());
        return spinner;
    }

    /** Only what the format has a use for can be changed. */
    private void fit() {
        boolean sized = format.getValue() != FigureFormat.PDF && format.getValue() != FigureFormat.TIKZ;
        boolean wide = measure.getValue() == Measure.WIDTH;
        measure.setDisable(!sized);
        dots.setVisible(!wide);
        dots.setDisable(!sized);
        width.setVisible(wide);
        width.setDisable(!sized);
        page.setDisable(format.getValue() != FigureFormat.PDF);
    }

    /** What shows the controls. */
    Node view() {
        return view;
    }

    /** The options as they are chosen now. */
    FigureOptions value() {
        Set<FigureSwitch> shown = EnumSet.noneOf(FigureSwitch.class);
        switches.forEach((one, box) -> {
            if (box.isSelected()) {
                shown.add(one);
            }
        });
        return new FigureOptions(
                format.getValue(),
                shown,
                direction.getValue(),
                splines.getValue(),
                look.getValue(),
                dots.getValue(),
                measure.getValue() == Measure.WIDTH ? width.getValue() : 0,
                margin.getValue(),
                page.getValue(),
                selection.isSelected());
    }
}
