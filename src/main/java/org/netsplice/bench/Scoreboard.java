package org.netsplice.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.export.TextTable;
import org.netsplice.metrics.Bootstrap.Interval;
import org.netsplice.metrics.Confusion;
import org.netsplice.metrics.Metric;
import org.netsplice.metrics.Scored;
import org.netsplice.metrics.Task;

/** An evaluation as tables, a page, or JSON. */
public final class Scoreboard {
    private static final List<String> FORMATS = List.of("text", "csv", "markdown", "json");
    /** Confusion matrices of more classes are left out of tables for people; JSON has them. */
    private static final int MAX_CLASSES_SHOWN = 20;

    private final Evaluation evaluation;

    public Scoreboard(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** The formats of {@link #in}. */
    public static List<String> formats() {
        return FORMATS;
    }

    /** The evaluation in one of the formats. */
    public String in(String format) {
        return switch (format) {
            case "text" -> text();
            case "csv" -> metrics(false).csv();
            case "markdown" -> markdown();
            case "json" -> json().pretty() + "\n";
            default -> throw new IllegalArgumentException("no format " + format);
        };
    }

    /** The evaluation in the format that the name of a file asks for: .html, .json, .csv, else Markdown. */
    public String forFile(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".html")) {
            return html();
        }
        return in(name.endsWith(".json") ? "json" : name.endsWith(".csv") ? "csv" : "markdown");
    }

    private String text() {
        StringBuilder text = new StringBuilder(heading()).append("\n\n");
        text.append(metrics(true).text()).append('\n');
        sentences().forEach(sentence -> text.append(sentence).append('\n'));
        details().forEach(table -> text.append('\n').append(table.text()));
        return text.toString();
    }

    private String markdown() {
        StringBuilder text = new StringBuilder(heading()).append("\n\n");
        text.append(metrics(true).markdown()).append('\n');
        sentences().forEach(sentence -> text.append(sentence).append("\n\n"));
        details().forEach(table -> text.append(table.markdown()).append('\n'));
        return text.toString().stripTrailing() + "\n";
    }

    /** A page of its own that loads nothing. */
    public String html() {
        StringBuilder text = new StringBuilder();
        text.append(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Evaluation</title>\n<style>")
                .append("body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em}")
                .append(
                        "table{border-collapse:collapse;margin:1.5em 0}caption{text-align:left;font-weight:600;padding:.3em 0}")
                .append("th,td{padding:.25em .8em;border-bottom:1px solid #8884;text-align:right}")
                .append("th:first-child,td:first-child{text-align:left}</style></head><body>\n");
        text.append("<h1>Evaluation</h1>\n").append(TextTable.paragraph(heading()));
        text.append(metrics(true).html());
        sentences().forEach(sentence -> text.append(TextTable.paragraph(sentence)));
        details().forEach(table -> text.append(table.html()));
        return text.append("</body></html>\n").toString();
    }

    private String heading() {
        Scored first = evaluation.scores().get(0).scored();
        return String.format(
                Locale.ROOT, "%,d rows, %s", evaluation.rows(), Foreseen.what(evaluation.task(), first.width()));
    }

    /** Metrics as rows and networks as columns; the best of a row may be marked. */
    private TextTable metrics(boolean marked) {
        List<String> header = new ArrayList<>(List.of("metric"));
        evaluation.scores().forEach(score -> header.add(score.name()));
        List<List<String>> rows = new ArrayList<>();
        for (Metric metric : evaluation.metrics()) {
            List<String> row = new ArrayList<>(List.of(marked ? metric.title() : metric.name()));
            for (Evaluation.Score score : evaluation.scores()) {
                boolean best = marked
                        && evaluation.scores().size() > 1
                        && evaluation
                                .best(metric)
                                .filter(winner -> winner.value(metric) == score.value(metric))
                                .isPresent();
                row.add((best ? "* " : "") + number(score.value(metric)));
            }
            rows.add(row);
        }
        return new TextTable("", header, rows);
    }

    private List<TextTable> details() {
        List<TextTable> tables = new ArrayList<>();
        agreements(tables);
        intervals(tables);
        for (Evaluation.Score score : evaluation.scores()) {
            boolean classes = evaluation.task() == Task.BINARY || evaluation.task() == Task.CLASSES;
            if (classes && score.scored().classes() <= MAX_CLASSES_SHOWN) {
                tables.add(classes(score));
            }
        }
        return tables;
    }

    private void agreements(List<TextTable> tables) {
        List<List<String>> rows = new ArrayList<>();
        for (Evaluation.Pair pair : evaluation.agreements()) {
            int[] differing = pair.agreement().disagreeing();
            rows.add(List.of(
                    pair.one() + ", " + pair.other(),
                    number(pair.agreement().share()),
                    number(pair.agreement().kappa()),
                    String.valueOf(differing.length),
                    rows(differing)));
        }
        if (!rows.isEmpty()) {
            tables.add(new TextTable(
                    "How often two name the same class",
                    List.of("networks", "share", "kappa", "different", "rows that differ, from 1"),
                    rows));
        }
    }

    private void intervals(List<TextTable> tables) {
        List<List<String>> rows = new ArrayList<>();
        for (Metric metric : evaluation.metrics()) {
            boolean drawn = evaluation.scores().stream()
                    .allMatch(score -> score.intervals().containsKey(metric.name()));
            if (drawn) {
                List<String> row = new ArrayList<>(List.of(metric.title()));
                evaluation
                        .scores()
                        .forEach(score -> row.add(range(score.intervals().get(metric.name()))));
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            List<String> header = new ArrayList<>(List.of("metric"));
            evaluation.scores().forEach(score -> header.add(score.name()));
            tables.add(new TextTable("95 % intervals", header, rows));
        }
    }

    private static String range(Interval interval) {
        return number(interval.low()) + " to " + number(interval.high());
    }

    private TextTable classes(Evaluation.Score score) {
        Confusion confusion = Confusion.of(score.scored(), score.scored().allRows());
        List<String> header = new ArrayList<>(List.of("class", "rows", "precision", "recall", "F1"));
        for (int of = 0; of < confusion.classes(); of++) {
            header.add("as " + className(of));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int of = 0; of < confusion.classes(); of++) {
            List<String> row = new ArrayList<>(List.of(
                    className(of),
                    String.valueOf(confusion.support(of)),
                    number(confusion.precision(of)),
                    number(confusion.recall(of)),
                    number(confusion.f1(of))));
            for (int as = 0; as < confusion.classes(); as++) {
                row.add(String.valueOf(confusion.count(of, as)));
            }
            rows.add(row);
        }
        return new TextTable("Classes of " + score.name() + ", and what they were taken for", header, rows);
    }

    private String className(int of) {
        return of < evaluation.classes().size() ? evaluation.classes().get(of) : String.valueOf(of);
    }

    /** The rows and the task, what the merged network gains, and what is to be known about the values. */
    public List<String> summary() {
        List<String> summary = new ArrayList<>(List.of(heading() + "."));
        summary.addAll(sentences());
        return summary;
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        Metric metric = evaluation.metrics().get(0);
        for (Evaluation.Difference one : evaluation.differences()) {
            String how = one.gain() == 0
                    ? one.merged() + " equals its best part, " + one.best() + ", in " + metric.title()
                    : one.merged() + " is " + number(Math.abs(one.gain())) + (one.gain() > 0 ? " better" : " worse")
                            + " than its best part, " + one.best() + ", in " + metric.title();
            String certain = one.interval()
                    .map(interval -> String.format(
                            Locale.ROOT,
                            " (95 %% interval %s%s)",
                            range(interval),
                            interval.low() <= 0 && interval.high() >= 0 ? ", so it may be chance" : ""))
                    .orElse("");
            sentences.add(how + certain + ".");
        }
        evaluation.notes().forEach(note -> sentences.add("Note: " + note + "."));
        return sentences;
    }

    /** The first rows, counted from 1. */
    private static String rows(int... rows) {
        String first = Arrays.stream(rows)
                .limit(10)
                .mapToObj(row -> String.valueOf(row + 1))
                .collect(Collectors.joining(", "));
        return first + (rows.length > 10 ? " …" : "");
    }

    /** As many digits as matter: four after the point, or four that are not zero. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        String form = size != 0 && size < 0.001 ? "%.3e" : size >= 1e6 ? "%.5g" : "%.4f";
        String text = String.format(Locale.ROOT, form, value);
        return text.equals("-0.0000") ? "0.0000" : text;
    }

    /** The evaluation with every digit, under the keys of the command-line contract. */
    public Json json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rows", evaluation.rows());
        all.put("task", evaluation.task().text());
        if (!evaluation.classes().isEmpty()) {
            all.put("classes", evaluation.classes());
        }
        all.put("models", evaluation.scores().stream().map(this::json).toList());
        List<Object> agreements = new ArrayList<>();
        for (Evaluation.Pair pair : evaluation.agreements()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("models", List.of(pair.one(), pair.other()));
            one.put("share", pair.agreement().share());
            one.put("kappa", defined(pair.agreement().kappa()));
            one.put(
                    "disagreeing_rows",
                    Arrays.stream(pair.agreement().disagreeing()).boxed().toList());
            agreements.add(one);
        }
        all.put("agreement", agreements);
        List<Object> differences = new ArrayList<>();
        for (Evaluation.Difference difference : evaluation.differences()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("merged", difference.merged());
            one.put("best_member", difference.best());
            one.put("metric", evaluation.metrics().get(0).name());
            one.put("gain", difference.gain());
            difference.interval().ifPresent(interval -> one.put("interval", ends(interval)));
            differences.add(one);
        }
        all.put("differences", differences);
        all.put("notes", evaluation.notes());
        return Json.of(all);
    }

    private Map<String, Object> json(Evaluation.Score score) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", score.name());
        one.put("role", score.role().text());
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> intervals = new LinkedHashMap<>();
        for (Metric metric : evaluation.metrics()) {
            values.put(metric.name(), defined(score.value(metric)));
            if (score.intervals().containsKey(metric.name())) {
                intervals.put(metric.name(), ends(score.intervals().get(metric.name())));
            }
        }
        one.put("metrics", values);
        if (evaluation.task() == Task.BINARY || evaluation.task() == Task.CLASSES) {
            Confusion confusion = Confusion.of(score.scored(), score.scored().allRows());
            List<List<Long>> matrix = new ArrayList<>();
            for (int of = 0; of < confusion.classes(); of++) {
                List<Long> row = new ArrayList<>();
                for (int as = 0; as < confusion.classes(); as++) {
                    row.add(confusion.count(of, as));
                }
                matrix.add(row);
            }
            one.put("confusion", matrix);
        }
        if (!intervals.isEmpty()) {
            one.put("intervals", intervals);
        }
        return one;
    }

    /** JSON has no word for what is not a number. */
    private static Double defined(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static List<Double> ends(Interval interval) {
        return List.of(interval.low(), interval.high());
    }
}
