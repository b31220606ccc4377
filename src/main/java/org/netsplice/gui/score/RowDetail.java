package org.netsplice.gui.score;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.netsplice.bench.Evaluation;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.result.Thumbnail;
import org.netsplice.metrics.Scored;
import org.netsplice.predict.Digits;
import org.netsplice.problem.Printable;

/** One row: its input, what is right, and what each network said. */
final class RowDetail extends ScrollPane {
    private static final int CLASSES_SHOWN = 3;
    private static final int NUMBERS_SHOWN = 12;
    private static final double PICTURE = 64;
    /** In font sizes. */
    private static final double WIDTH = 13;

    private final VBox content = new VBox(4);

    RowDetail() {
        setId("row-detail");
        content.setPadding(new Insets(2, 8, 8, 8));
        setContent(content);
        setFitToWidth(true);
        getStyleClass().add("plain-scroll");
        double size = javafx.scene.text.Font.getDefault().getSize();
        setMinWidth(WIDTH * size);
        setPrefWidth(WIDTH * size);
        clear();
    }

    void clear() {
        content.getChildren().setAll(words("Click a row to see its input and what each network said.", "muted"));
    }

    void show(Scores scores, int row) {
        VBox about = new VBox(4, words(scores.rowName(row), "section"), words("right: " + scores.right(row), "plain"));
        content.getChildren().setAll(about);
        scores.pictures()
                .ifPresentOrElse(
                        pictures ->
                                content.getChildren().setAll(new HBox(8, Thumbnail.of(pictures, row, PICTURE), about)),
                        () -> scores.data()
                                .forEach((input, data) ->
                                        content.getChildren().add(words(numbers(input, data, row), "muted"))));
        for (Evaluation.Score network : scores.networks()) {
            content.getChildren().add(words(Printable.name(network.name()), "section"));
            content.getChildren().add(words(said(scores, network, row), "plain"));
        }
    }

    private static String said(Scores scores, Evaluation.Score network, int row) {
        if (!scores.ofClasses()) {
            return scores.said(network, row);
        }
        Scored scored = network.scored();
        List<Integer> likeliest = IntStream.range(0, scored.classes())
                .boxed()
                .sorted(Comparator.comparingDouble(of -> -scored.probability(row, of)))
                .limit(CLASSES_SHOWN)
                .toList();
        return likeliest.stream()
                .map(of -> scores.className(of) + "   " + Digits.of(scored.probability(row, of)))
                .collect(Collectors.joining("\n"));
    }

    private static String numbers(String input, Tensor data, int row) {
        int width = data.length() / (int) data.shape().size(0);
        return Printable.name(input) + ": "
                + IntStream.range(0, Math.min(width, NUMBERS_SHOWN))
                        .mapToObj(i -> Digits.of(data.at(row * width + i)))
                        .collect(Collectors.joining(", "))
                + (width > NUMBERS_SHOWN ? ", …" : "");
    }

    private static Label words(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
