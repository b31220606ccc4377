package org.netsplice.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.export.Columns.Align;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.Printable;

/** The table of a network's layers, as {@code model.summary()} of Keras prints it, and in formats for other programs. */
public final class Summary {

    /**
     * How it is printed.
     *
     * @param nested whether the layers of nested models are listed
     * @param trainable whether a column tells which layers train
     * @param width characters of a line; 0 for Keras' default
     * @param sizes whether operations and memory are told
     */
    public record Options(boolean nested, boolean trainable, int width, boolean sizes) {}

    private final Report report;
    private final String name;
    private final Options options;
    private final ModelFacts facts;
    private final SummaryRows rows;

    /** The summary of a document, of which {@code report} is. */
    public Summary(Report report, Document document, Options options) {
        this.report = report;
        this.name = document.name();
        this.options = options;
        this.facts = new ModelFacts(document);
        this.rows = SummaryRows.of(report, facts, options.nested());
    }

    /** The formats by the names of the command line. */
    public static List<String> formats() {
        return List.of("text", "csv", "markdown", "latex", "json", "html");
    }

    /** The summary in one of the formats. */
    public String in(String format) {
        return switch (format) {
            case "csv" -> csv();
            case "markdown" -> markdown();
            case "latex" -> latex();
            case "json" -> json();
            case "html" -> html();
            default -> text();
        };
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
        if (!rows.sequential()) {
            header.add("Connected to");
        }
        if (options.trainable()) {
            header.add("Trainable");
        }
        if (options.sizes()) {
            header.add("FLOPs");
        }
        return header;
    }

    /** A row with numbers as programs read them. */
    private List<String> plainCells(SummaryRows.Row row) {
        List<String> cells = cells(row);
        cells.set(2, String.valueOf(row.parameters()));
        if (options.sizes()) {
            cells.set(cells.size() - 1, String.valueOf(row.flops()));
        }
        return cells;
    }

    private List<String> cells(SummaryRows.Row row) {
        List<String> cells = new ArrayList<>(List.of(
                row.prefix() + Printable.name(row.name()) + " (" + Printable.name(row.type()) + ")",
                row.shape().replace(",)", ")"),
                String.format(Locale.ROOT, "%,d", row.parameters())));
        if (!rows.sequential()) {
            cells.add(
                    row.connections().isEmpty()
                            ? "-"
                            : row.connections().stream().map(Printable::name).collect(Collectors.joining(", ")));
        }
        if (options.trainable()) {
            cells.add(row.trainable());
        }
        if (options.sizes()) {
            cells.add(String.format(Locale.ROOT, "%,d", row.flops()));
        }
        return cells;
    }

    /** Keras' table; positions of the columns as in {@code summary_utils.print_summary}. */
    private String text() {
        List<Double> positions =
                new ArrayList<>(rows.sequential() ? List.of(0.45, 0.80, 1.0) : List.of(0.3, 0.56, 0.74, 1.0));
        int standard = rows.sequential() ? 88 : 108;
        if (options.trainable()) {
            standard += 12;
            positions.replaceAll(position -> position * 0.9);
            positions.add(1.0);
        }
        if (options.sizes()) {
            standard += 16;
            positions.replaceAll(position -> position * 0.87);
            positions.add(1.0);
        }
        int width = options.width() > 0 ? options.width() : standard;
        List<Integer> widths = new ArrayList<>();
        int before = 0;
        for (double position : positions) {
            int at = (int) (width * position);
            widths.add(at - before);
            before = at;
        }
        List<Align> alignments = new ArrayList<>(List.of(Align.LEFT, Align.LEFT, Align.RIGHT));
        if (!rows.sequential()) {
            alignments.add(Align.LEFT);
        }
        if (options.trainable()) {
            alignments.add(Align.CENTER);
        }
        if (options.sizes()) {
            alignments.add(Align.RIGHT);
        }
        Columns table = new Columns(widths, alignments, width);
        table.head(header());
        table.rows(rows.all().stream().map(this::cells).toList());
        return "Model: \"" + Printable.name(name) + "\"\n" + table.finished() + footer();
    }

    private String footer() {
        Map<Boolean, Long> bytes = ModelSizes.weightBytes(report);
        long state = 0;
        long stateBytes = 0;
        for (Tensor numbers : facts.optimizer()) {
            state += numbers.length();
            stateBytes += (long) numbers.length() * numbers.dtype().bytes();
        }
        return total(
                        "Total params",
                        report.counts().parameters() + state,
                        bytes.get(true) + bytes.get(false) + stateBytes)
                + total("Trainable params", report.counts().trainable(), bytes.get(true))
                + total("Non-trainable params", report.counts().nonTrainable(), bytes.get(false))
                + (state > 0 ? total("Optimizer params", state, stateBytes) : "")
                + (options.sizes() ? sizes() : "");
    }

    /** Operations and memory of one row of data. */
    private String sizes() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, " FLOPs for one row: %,d\n", report.counts().flops()));
        text.append(" Activations for one row: ")
                .append(memory(report.counts().activationBytes()))
                .append('\n');
        for (ModelSizes.OutputSize output : ModelSizes.outputs(report)) {
            text.append(" Output ")
                    .append(Printable.name(output.name()))
                    .append(": ")
                    .append(output.shape())
                    .append(' ')
                    .append(output.dtype())
                    .append(output.bytes() < 0 ? "" : ", " + memory(output.bytes()) + " for one row")
                    .append('\n');
        }
        return text.toString();
    }

    private static String total(String what, long count, long bytes) {
        return String.format(Locale.ROOT, " %s: %,d (%s)%n", what, count, memory(bytes))
                .replace("\r", "");
    }

    /** Bytes as Keras prints them: two digits and the largest unit below 1024. */
    private static String memory(long bytes) {
        double value = bytes;
        for (String unit : List.of("B", "KB", "MB", "GB", "TB")) {
            if (value < 1024) {
                return rounded(value) + " " + unit;
            }
            value /= 1024;
        }
        return rounded(value) + " PB";
    }

    /** Two digits, halves to the even one as Python rounds. */
    private static String rounded(double value) {
        return new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** The rows with a tab between cells, as tables of office programs take them from the clipboard. */
    public String tabs() {
        StringBuilder text = new StringBuilder(line(header(), "\t", "", "", Escaping::tabs));
        rows.all().forEach(row -> text.append(line(plainCells(row), "\t", "", "", Escaping::tabs)));
        return text.toString();
    }

    /** A page with the table and the totals. */
    private String html() {
        String title = "Model: \"" + Printable.name(name) + "\"";
        List<List<String>> cells = rows.all().stream()
                .map(row -> {
                    List<String> one = cells(row);
                    one.set(0, one.get(0).replace("   ", "\u00a0\u00a0\u00a0"));
                    return one;
                })
                .toList();
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + Escaping.html(title)
                + "</title>\n<style>body{font-family:sans-serif}table{border-collapse:collapse}th,td{text-align:left;"
                + "padding:.2em .8em;border-bottom:1px solid #ddd}td:nth-child(3){text-align:right}</style></head><body>\n"
                + new TextTable(title, header(), cells).html()
                + footer().lines().map(String::strip).map(TextTable::paragraph).collect(Collectors.joining())
                + "</body></html>\n";
    }

    private String csv() {
        StringBuilder text = new StringBuilder(line(header(), ",", "", "", Escaping::csv));
        rows.all().forEach(row -> text.append(line(plainCells(row), ",", "", "", Escaping::csv)));
        return text.toString();
    }

    private String markdown() {
        String rule = "|" + " --- |".repeat(header().size());
        return lines(" | ", "| ", " |", Escaping::markdown, Optional.of(rule));
    }

    private String latex() {
        String columns = "l".repeat(header().size());
        return "\\begin{tabular}{" + columns + "}\n\\hline\n"
                + lines(" & ", "", " \\\\", Escaping::latex, Optional.of("\\hline"))
                + "\\hline\n\\end{tabular}\n";
    }

    private String lines(
            String between,
            String before,
            String after,
            java.util.function.UnaryOperator<String> cell,
            Optional<String> rule) {
        StringBuilder text = new StringBuilder();
        text.append(line(header(), between, before, after, cell));
        rule.ifPresent(line -> text.append(line).append('\n'));
        rows.all().forEach(row -> text.append(line(cells(row), between, before, after, cell)));
        return text.toString();
    }

    private static String line(
            List<String> cells,
            String between,
            String before,
            String after,
            java.util.function.UnaryOperator<String> cell) {
        return cells.stream().map(cell).collect(Collectors.joining(between, before, after + "\n"));
    }

    private String json() {
        List<Object> layers = new ArrayList<>();
        for (SummaryRows.Row row : rows.all()) {
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("name", row.name());
            layer.put("class", row.type());
            layer.put("output_shape", row.shape());
            layer.put("params", row.parameters());
            layer.put("connected_to", row.connections());
            layer.put("trainable", row.trainable());
            if (options.sizes()) {
                layer.put("flops", row.flops());
            }
            layers.add(layer);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", name);
        all.put("layers", layers);
        all.put("total_params", report.counts().parameters());
        all.put("trainable_params", report.counts().trainable());
        all.put("non_trainable_params", report.counts().nonTrainable());
        long state = facts.optimizer().stream().mapToLong(Tensor::length).sum();
        if (state > 0) {
            all.put("optimizer_params", state);
        }
        if (options.sizes()) {
            all.put("flops_per_row", report.counts().flops());
            all.put("activation_bytes_per_row", report.counts().activationBytes());
            Map<Boolean, Long> bytes = ModelSizes.weightBytes(report);
            all.put("weight_bytes", bytes.get(true) + bytes.get(false));
            List<Object> outputs = new ArrayList<>();
            for (ModelSizes.OutputSize output : ModelSizes.outputs(report)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", output.name());
                one.put("shape", output.shape());
                one.put("dtype", output.dtype());
                one.put("bytes_per_row", output.bytes());
                outputs.add(one);
            }
            all.put("outputs", outputs);
        }
        return Json.of(all).pretty() + "\n";
    }
}
