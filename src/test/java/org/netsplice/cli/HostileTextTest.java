package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.container.Npz;
import org.netsplice.container.ZipReader;
import org.netsplice.problem.Printable;
import org.netsplice.testing.Fixtures;

/** Text in files, whatever it holds, reaches neither the terminal nor what is written raw. */
@Tag("slow")
class HostileTextTest extends CommandLineTests {
    private static final Path MODEL = Fixtures.ROOT.resolve("bad/_base/model.keras");
    private static final List<String> NAMES = List.of(
            "\u001B[2J\u001B]0;owned\u0007",
            "\u202Egnp.exe",
            "x\n  can run\n",
            "x\r\u001B[K",
            "\u009B31m",
            "\uD800x",
            "x\uDC00",
            "\u0000",
            "\u2028\u2066",
            "=cmd|' /C calc'!A0",
            "<b>&\"'</b>]]>",
            "../../etc/x",
            "$(x)`x`\\write18{x}",
            "x".repeat(100_000));

    /** The model with one text of its configuration replaced. */
    private Path model(String old, String name) throws IOException {
        Path file = folder.resolve("model.keras");
        UnaryOperator<String> change =
                json -> json.replace("\"" + old + "\"", Json.of(name).toString());
        try (ZipReader zip = ZipReader.open(MODEL);
                OutputStream out = Files.newOutputStream(file);
                ZipOutputStream copy = new ZipOutputStream(out)) {
            for (String entry : zip.names()) {
                copy.putNextEntry(new ZipEntry(entry));
                byte[] content = zip.read(entry);
                copy.write(
                        entry.equals("config.json")
                                ? change.apply(new String(content, StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8)
                                : content);
            }
        }
        return file;
    }

    private static void assertPrintable(String what, String text) {
        assertThat(text.codePoints().filter(c -> c != '\n' && !Printable.shows(c)))
                .as(what)
                .isEmpty();
    }

    private Result clean(String... arguments) {
        Result result = run(arguments);
        String what = String.join(" ", List.of(arguments).subList(0, 1));
        assertThat(result.code()).as(what + ": " + result.err()).isNotEqualTo(ExitCode.BUG);
        assertPrintable(what, result.out());
        assertPrintable(what, result.err());
        return result;
    }

    @TestFactory
    Stream<DynamicTest> namesDoNotReachTheTerminalRaw() {
        Stream<DynamicTest> outputs = NAMES.stream().map(name -> everyCommandWith("probabilities", name));
        Stream<DynamicTest> others = Stream.of("base", "features", "hidden", "Dense", "relu")
                .flatMap(old -> NAMES.subList(0, 3).stream().map(name -> everyCommandWith(old, name)));
        return Stream.concat(outputs, others);
    }

    private DynamicTest everyCommandWith(String old, String name) {
        return DynamicTest.dynamicTest(old + " " + Printable.name(name), () -> everyCommand(old, name));
    }

    private void everyCommand(String old, String name) throws IOException {
        String model = model(old, name).toString();
        for (String format : org.netsplice.export.Summary.formats()) {
            Result summary = clean("summary", model, "--format", format);
            assertThat(summary.out()).as(format).doesNotContain("\n  can run\n");
        }
        Result check = clean("check", model);
        assertThat(check.out().lines().filter(line -> line.equals("  can run")).count())
                .isLessThanOrEqualTo(1);
        clean("predict", model, "--random", "2");
        clean("predict", model, "--random", "2", "--outputs", "nowhere");
        for (String target : List.of("p.csv", "p.npz")) {
            if (clean("predict", model, "--random", "2", "-o", file(target)).code() == ExitCode.DONE) {
                assertPrintable(target, names(folder.resolve(target)));
            }
        }
        if (clean("plot", model, "-o", file("p.svg"), "--show-layer-names", "--show-shapes", "--show-layer-activations")
                        .code()
                == ExitCode.DONE) {
            assertPrintable("svg", Files.readString(folder.resolve("p.svg")));
        }
        if (clean("convert", model, "-o", file("c.splice")).code() == ExitCode.DONE) {
            clean("check", file("c.splice"));
            clean("merge", file("c.splice"), model, "--op", "average", "-o", file("m.splice"));
        }
        clean("merge", model, MODEL.toString(), "--op", "average", "-o", file("m.splice"));
        clean("merge", model, MODEL.toString(), "--op", "dot", "--axes", "7,7", "-o", file("m.splice"));
    }

    /** The text of a table's first line, or the names of the arrays. */
    private static String names(Path file) throws IOException {
        return file.toString().endsWith("csv")
                ? Files.readAllLines(file).get(0)
                : String.join("\n", Npz.read(file).keySet());
    }

    @Test
    void aTableOfPredictionsHoldsNoFormulas() throws IOException {
        clean("predict", model("probabilities", "=HYPERLINK(\"x\")").toString(), "--random", "1", "-o", file("p.csv"));
        assertThat(Files.readString(folder.resolve("p.csv")))
                .startsWith("\"'=HYPERLINK(\"\"x\"\")[0]\",\"'=HYPERLINK(\"\"x\"\")[1]\"");
    }

    @Test
    void cellsOptionsAndFileNamesAreQuotedPrintably() throws IOException {
        Path csv = Files.writeString(folder.resolve("t.csv"), "1,2,\u001B[2J\u202E,4,5,6\n1,2,x\u001B[31m,4,5,6\n");
        assertThat(clean("predict", MODEL.toString(), "--input", csv.toString()).err())
                .startsWith("t.csv, row 2, column 3: holds \"x\\u001b[31m\" instead of a number\n");
        assertThat(clean("summary", "\u001B[2J.keras").err()).startsWith("\\u001b[2J.keras: there is no such file\n");
        clean("summary", MODEL.toString(), "--format", "\u001B[2J");
        clean("\u001B[2J");
        clean("predict", MODEL.toString(), "--random", "\u001B[2J");
        Path labels = Files.writeString(folder.resolve("labels.txt"), "\u001B[2J\n\u202E\n\u0007\n");
        assertThat(clean("predict", MODEL.toString(), "--random", "1", "--labels", labels.toString())
                        .code())
                .isZero();
    }
}
