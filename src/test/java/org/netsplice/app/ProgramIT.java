package org.netsplice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;

/** The real program, as its own process. */
class ProgramIT {
    private static final Path JAR = Path.of("target/netsplice.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private Result run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(), arguments);
    }

    private Result run(List<String> machine, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(machine);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("DISPLAY");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void withoutADisplayItSaysSoAndDoesTheTour() throws Exception {
        Result result = run();
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Tutorial 1:").endsWith("Results are in netsplice-tour.\n");
        if (System.getProperty("os.name").startsWith("Linux")) {
            assertThat(result.err())
                    .isEqualTo(
                            "netsplice: no window can open here: there is no display (DISPLAY is not set)\n"
                                    + "  The tour of the two tutorials follows instead; netsplice --help lists the commands.\n");
        }
        assertThat(folder.resolve("netsplice-tour/concatenate.png")).exists();
    }

    @Test
    void filesThatNoWindowCanShowAreNamedInsteadOfATour() throws Exception {
        String file = Fixtures.ROOT
                .toAbsolutePath()
                .resolve("digits/cnn_a/model.keras")
                .toString();
        Result result = run(file);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("netsplice: no window can open here: ")
                .endsWith(
                        "\n  Commands need no window: netsplice summary " + file + "; netsplice --help lists them.\n");
        assertThat(folder.resolve("netsplice-tour")).doesNotExist();
    }

    /** In the POSIX locale Java can name only files with ASCII names. */
    private static boolean umlautsAreNames() {
        String encoding = System.getProperty("sun.jnu.encoding", "US-ASCII");
        return Charset.forName(encoding).newEncoder().canEncode("ö");
    }

    @Test
    void predictionsAreSilentAndRight() throws Exception {
        Path fixtures = Fixtures.ROOT.toAbsolutePath();
        Path target = folder.resolve(umlautsAreNames() ? "Größe p.npy" : "with blank p.npy");
        Result result = run(
                "predict",
                fixtures.resolve("digits/cnn_a/model.keras").toString(),
                "--input",
                fixtures.resolve("digits/cnn_a/input.npy").toString(),
                "-o",
                target.toString());
        assertThat(result).isEqualTo(new Result(0, "", ""));
        assertThat(Difference.largest(Fixtures.npy("digits/cnn_a/expected.npy"), Fixtures.npy(target)))
                .isLessThan(1e-5);
    }

    @Test
    void failuresHaveACodeAndNoStackTrace() throws Exception {
        Path bad = Fixtures.ROOT.toAbsolutePath().resolve("bad/truncated_keras/model.keras");
        assertThat(run("summary", bad.toString()))
                .isEqualTo(new Result(
                        3,
                        "",
                        "model.keras: is not a complete zip archive: zip END header not found\n"
                                + "  The file is damaged or not to be trusted; get it again from its source.\n"));
        assertThat(run("summary", bad.toString(), "--debug").err()).contains("at org.netsplice");
        assertThat(run("--nonsense").code()).isEqualTo(2);
    }

    @Test
    void whatDoesNotFitIntoMemoryIsASentenceWithSizes() throws Exception {
        Path model = Fixtures.ROOT.toAbsolutePath().resolve("digits/cnn_a/model.keras");
        Result rows = run(List.of("-Xmx64m"), "predict", model.toString(), "--random", "200000");
        assertThat(rows.code()).isEqualTo(6);
        assertThat(rows.err())
                .isEqualTo("200000 rows of random numbers would take 49 MB; the program may use 64 MB in all\n"
                        + "  Use fewer rows. Or give the program more: java -Xmx2g -jar netsplice.jar …\n");
        Path large = Fixtures.ROOT.toAbsolutePath().resolve("seed_ensemble/combined_average/model.keras");
        Result opened = run(List.of("-Xmx12m"), "convert", large.toString(), "-o", "copy.splice");
        assertThat(opened.code()).isEqualTo(3);
        assertThat(opened.err())
                .isEqualTo("model.keras: does not fit into memory; the program may use 12 MB in all\n"
                        + "  Use a smaller model. Or give the program more: java -Xmx2g -jar netsplice.jar …\n");
        assertThat(folder).isDirectoryNotContaining("glob:**dump*");
    }

    @Test
    void whatIsNeitherACommandNorAFileOpensNothing() throws Exception {
        assertThat(run("sumary", "model.keras"))
                .isEqualTo(new Result(
                        2,
                        "",
                        "netsplice: there is no command and no file \"sumary\"\n  Did you mean netsplice summary?\n"));
    }
}
