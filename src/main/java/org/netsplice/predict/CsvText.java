package org.netsplice.predict;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.netsplice.container.Guard;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * A text file of rows and cells, read row by row. Commas, semicolons and tabs separate cells, whichever the first line has most of;
 * with semicolons a comma is a decimal point.
 */
final class CsvText implements AutoCloseable {
    private static final int MARK = 0xFEFF;

    private final Path path;
    private final String file;
    private final FileChannel channel;
    private final Iterator<CSVRecord> rows;
    private final boolean decimalComma;

    private CsvText(Path path, String file, FileChannel channel, char separator) throws IOException {
        this.path = path;
        this.file = file;
        this.channel = channel;
        this.decimalComma = separator == ';';
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        this.rows =
                CSVParser.parse(text(Channels.newInputStream(channel)), format).iterator();
    }

    static CsvText open(Path path) {
        String file = String.valueOf(path.getFileName());
        try {
            FileChannel channel = FileChannel.open(path);
            try {
                char separator = separator(text(Channels.newInputStream(channel)));
                return new CsvText(path, file, channel.position(0), separator);
            } catch (IOException problem) {
                channel.close();
                throw problem;
            }
        } catch (IOException problem) {
            throw unreadable(path, file, problem);
        }
    }

    /** The characters of a text in UTF-8, without a byte order mark. */
    private static BufferedReader text(InputStream in) throws IOException {
        Reader decoded = new InputStreamReader(
                in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
        BufferedReader text = new BufferedReader(decoded, 1 << 16);
        text.mark(1);
        if (text.read() != MARK) {
            text.reset();
        }
        return text;
    }

    private static char separator(Reader text) throws IOException {
        long commas = 0;
        long tabs = 0;
        for (int c = text.read(); c >= 0 && c != '\n' && c != '\r'; c = text.read()) {
            if (c == ';') {
                return ';';
            }
            commas += c == ',' ? 1 : 0;
            tabs += c == '\t' ? 1 : 0;
        }
        return tabs > commas ? '\t' : ',';
    }

    private static ModelException unreadable(Path path, String file, Exception problem) {
        Throwable cause = problem.getCause() instanceof IOException inner ? inner : problem;
        if (cause instanceof CharacterCodingException) {
            return refused(new Where.InTable(file, 0, 0), "is not UTF-8 text", "Save it as CSV in UTF-8.");
        }
        if (problem instanceof IOException && !Files.isReadable(path)) {
            return Guard.unreadable(file, problem);
        }
        return refused(
                new Where.InTable(file, 0, 0),
                "is not a readable table: " + problem.getMessage(),
                "Check the quotes, or save it again as CSV.");
    }

    /** The name of the file. */
    String file() {
        return file;
    }

    /** The next row; empty at the end. */
    Optional<CSVRecord> next() {
        try {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        } catch (java.io.UncheckedIOException | IllegalStateException problem) {
            throw unreadable(path, file, problem);
        }
    }

    /** The share of the file that has been read, 0 to 1. */
    double done() {
        try {
            return (double) channel.position() / Math.max(1, channel.size());
        } catch (IOException problem) {
            throw unreadable(path, file, problem);
        }
    }

    /** A cell; empty where a row is too short. */
    static String cell(CSVRecord row, int column) {
        return column < row.size() ? row.get(column) : "";
    }

    /** Whether a cell holds something that is no number. */
    boolean isText(String cell) {
        return !cell.isEmpty() && parsed(cell).isEmpty();
    }

    /** The number in a cell. */
    float number(CSVRecord row, int column) {
        String cell = cell(row, column);
        return parsed(cell)
                .orElseThrow(() -> refused(
                        new Where.InTable(file, row.getRecordNumber(), column + 1L),
                        cell.isEmpty() ? "is empty" : "holds \"" + cell + "\" instead of a number",
                        "Put a number there, or remove the row or column."));
    }

    private Optional<Float> parsed(String cell) {
        String plain = decimalComma ? cell.replace(',', '.') : cell;
        boolean digits = !plain.isEmpty() && Character.isDigit(plain.charAt(plain.length() - 1));
        try {
            return Optional.of(Float.parseFloat(digits ? plain : normal(plain)));
        } catch (NumberFormatException problem) {
            return Optional.empty();
        }
    }

    /** The words of other programs for what is no number or infinite, as Java has them; without Java's letters for types. */
    private static String normal(String plain) {
        return switch (plain.toLowerCase(Locale.ROOT)) {
            case "nan", "na" -> "NaN";
            case "inf", "infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            default -> plain.matches(".*[dDfF]$") ? "no number" : plain;
        };
    }

    static ModelException.CannotPredict refused(Where where, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(where, what, remedy));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }
}
