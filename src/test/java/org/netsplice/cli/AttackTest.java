package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.container.Npz;
import org.netsplice.problem.Printable;
import org.netsplice.testing.Fixtures;

/**
 * Files made to do harm are answered in words with the right exit code, without an unexpected error, without end, and without a
 * character that acts on the terminal.
 */
@Tag("slow")
class AttackTest extends CommandLineTests {
    private static final Path ATTACKS = Fixtures.ROOT.resolve("attacks");
    private static final String TABULAR = attack("json_name_rtl.keras");
    /** Far longer than any of them takes; a walk that is not linear takes longer still. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String DAMAGED =
            "\n  The file is damaged or was written by a program that does not follow the format.\n";
    private static final String UNTRUSTED =
            "\n  The file is damaged or not to be trusted; get it again from its source.\n";
    private static final String NUMBER = "\n  Put a number there, or remove the row or column.\n";

    private static String attack(String name) {
        return ATTACKS.resolve(name).toString();
    }

    /** Runs a command, which ends in words. */
    private static Result answered(String... arguments) {
        Result result = assertTimeoutPreemptively(PATIENCE, () -> run(arguments));
        assertThat(result.code()).as(result.err()).isNotEqualTo(ExitCode.BUG);
        for (String text : List.of(result.out(), result.err())) {
            assertThat(text.codePoints().filter(c -> c != '\n' && !Printable.shows(c)))
                    .as(text)
                    .isEmpty();
        }
        return result;
    }

    /** A file that is refused whatever is done with it. */
    private record Refused(String file, String sentence) {}

    @TestFactory
    Stream<DynamicTest> changedFilesAreRefused() {
        String splice = "document.json.";
        String tensors = "weights.safetensors.3/0";
        return Stream.of(
                        new Refused(
                                "splice_top_weights_16.splice",
                                splice + "weights[0]: expected [weights, tensors], received 0 elements" + DAMAGED),
                        new Refused(
                                "splice_top_inputs_14.splice",
                                splice + "inputs: the input \"features\" is missing" + DAMAGED),
                        new Refused(
                                "splice_ins_none.splice",
                                splice + "inputs: the input \"features\" is missing" + DAMAGED),
                        new Refused(
                                "splice_node_reads_27.splice",
                                splice + "nodes[1].reads[0][1]: expected a whole number from 0 to 2147483647,"
                                        + " received 2147483648" + DAMAGED),
                        new Refused(
                                "splice_st_13.splice",
                                tensors + ".shape[0]: expected a whole number from 0 to 2147483647, received -6"
                                        + DAMAGED),
                        new Refused(
                                "splice_st_28.splice",
                                tensors + ": expected numbers of type F32, received \\u001b[2J" + DAMAGED),
                        new Refused(
                                "splice_st_ovf_0.splice",
                                tensors + ".shape[0]: expected a whole number from 0 to 2147483647,"
                                        + " received 4611686018427387904" + DAMAGED),
                        new Refused(
                                "zip_name_ansi.keras",
                                "\\u001b[2JEVIL: stands twice in the archive, so it is not clear which one counts"
                                        + UNTRUSTED))
                .map(refused -> DynamicTest.dynamicTest(refused.file(), () -> {
                    Result expected = new Result(3, "", refused.file() + ", " + refused.sentence());
                    String file = attack(refused.file());
                    assertThat(answered("check", file)).isEqualTo(expected);
                    assertThat(answered("summary", file)).isEqualTo(expected);
                    assertThat(answered("predict", file, "--random", "2")).isEqualTo(expected);
                    assertThat(answered("convert", file, "-o", file("c.keras"))).isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> dataIsRefused() {
        return Stream.of(
                        new Refused(
                                "in_hdr_13.npy",
                                ": holds elements of type \"\\u001b[2J\", which are not numbers" + UNTRUSTED),
                        new Refused(
                                "in_csv_ansi2.csv",
                                ", row 2, column 2: holds \"[2J\\u001b]0;x\" instead of a number" + NUMBER),
                        new Refused(
                                "in_csv_rtl.csv", ", row 2, column 2: holds \"\\u202e1\" instead of a number" + NUMBER))
                .map(refused -> DynamicTest.dynamicTest(refused.file(), () -> {
                    Result result = answered("predict", TABULAR, "--input", attack(refused.file()));
                    assertThat(result.err()).isEqualTo(refused.file() + refused.sentence());
                    assertThat(result.code()).isEqualTo(refused.file().endsWith("npy") ? 3 : 6);
                }));
    }

    @Test
    void namesAreShownHarmlessly() {
        assertThat(answered("check", attack("splice_docname_2.splice")).out())
                .startsWith("\\u0000\n  file splice_docname_2.splice, ")
                .contains("\n  8 layers, ");
        assertThat(answered("summary", attack("splice_docname_2.splice")).out()).startsWith("Model: \"\\u0000\"\n");
        assertThat(answered("summary", TABULAR).out()).contains("│ \\u202egnp.exe (Dense) ");
        assertThat(answered("summary", TABULAR, "--format", "csv").out())
                .contains("\"\\u202egnp.exe (Dense)\",\"(None, 8)\",\"56\"\n");
        assertThat(answered("check", attack("json_class_12.keras")).err())
                .isEqualTo("hidden: Dense\\u0000 cannot be computed: the layer Dense\\u0000 is not supported\n"
                        + "  Replace or remove it; everything else can be edited.\n");
    }

    /** A file, a command that reads it, and the first line of what it says. */
    private record Large(String file, List<String> command, int code, String line) {}

    @TestFactory
    Stream<DynamicTest> largeModelsAreOpenedAndDrawnInProportionToTheirSize() {
        List<String> check = List.of("check");
        List<String> plot = List.of("plot", "-o", "p.svg");
        List<String> convert = List.of("convert", "-o", "c.splice");
        return Stream.of(
                        new Large("json_calls_1000.keras", check, 0, "chain"),
                        new Large("json_calls_10000.keras", check, 0, "chain"),
                        new Large("json_chain_5000.keras", List.of("convert", "-o", "c.keras"), 0, ""),
                        new Large("json_chain_20000.keras", check, 0, "chain"),
                        new Large("json_chain_20000.keras", List.of("summary"), 0, "Model: \"chain\""),
                        new Large("json_chain_20000.keras", plot, 0, ""),
                        new Large("json_chain_20000.keras", convert, 0, ""),
                        new Large("json_add5000.keras", check, 0, "chain"),
                        new Large("json_add5000.keras", plot, 0, ""))
                .map(large -> DynamicTest.dynamicTest(large.file() + " " + large.command(), () -> {
                    List<String> arguments =
                            new ArrayList<>(List.of(large.command().get(0), attack(large.file())));
                    large.command().stream()
                            .skip(1)
                            .map(word -> word.startsWith("-") ? word : file(word))
                            .forEach(arguments::add);
                    Result result = answered(arguments.toArray(String[]::new));
                    assertThat(result.code()).as(result.err()).isEqualTo(large.code());
                    assertThat(result.out().lines().findFirst().orElse("")).isEqualTo(large.line());
                }));
    }

    @Test
    void modelsThatHoldEachOtherManyTimesAreRefusedWithTheirSize() {
        assertThat(answered("check", attack("json_laughs_12_8.keras")))
                .isEqualTo(
                        new Result(
                                3,
                                "",
                                "json_laughs_12_8.keras, config.json: has 78,536,544,841 layers when every call of the models inside it"
                                        + " is counted; at most 100,000 can be opened\n  Open one of the models inside it by itself.\n"));
        for (String file : List.of("json_laughs_6_10.keras", "json_laughs_4_20.keras")) {
            assertThat(answered("check", attack(file)).code()).as(file).isEqualTo(3);
        }
    }

    @Test
    void namesOfMegabytesAreShortened() {
        for (String width : List.of("40", "120")) {
            assertThat(answered("summary", attack("json_name_long2m.keras"), "--width", width)
                            .out())
                    .hasSizeBetween(500, 4000);
        }
        assertThat(answered("plot", attack("json_name_long2m.keras"), "-o", file("p.svg"), "--show-layer-names")
                        .code())
                .isZero();
    }

    @TestFactory
    Stream<DynamicTest> arraysAreNamedAfterOutputsAsFarAsCanBe() {
        record Case(String file, String array) {}
        String shortened = "n".repeat(100) + "…" + "n".repeat(99);
        return Stream.of(
                        new Case("json_outname_surrogate.keras", "_ud800x"),
                        new Case("json_outname_low_first.keras", "_udc00_ud800"),
                        new Case("json_outname_long100k.keras", shortened),
                        new Case("json_outname_long2m.keras", shortened))
                .map(one -> DynamicTest.dynamicTest(one.file(), () -> {
                    Result result = answered("predict", attack(one.file()), "--random", "2", "-o", file("p.npz"));
                    assertThat(result.code()).as(result.err()).isZero();
                    assertThat(Npz.read(folder.resolve("p.npz"))).containsOnlyKeys(one.array());
                }));
    }

    @Test
    void moreThanFitsIsRefusedBeforeItIsMade() {
        Result many = answered("predict", attack("splice_docname_2.splice"), "--random", "500000000");
        assertThat(many.code()).isEqualTo(6);
        assertThat(many.err())
                .matches(
                        "500000000 rows of random numbers would take 22\\.4 GB; the program may use [0-9.]+ [GM]B in all\n"
                                + "  Use fewer rows\\. Or give the program more: java -Xmx[0-9]+g -jar netsplice\\.jar …\n");
    }

    @Test
    void onlyFilesAreOpened() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "needs devices");
        Path pipe = folder.resolve("pipe.npy");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        for (String source : List.of("/dev/zero", pipe.toString())) {
            String sentence = " is a device, a pipe or a socket, and only files are opened\n"
                    + "  Save what it gives to a file, and open that.\n";
            for (Result result : List.of(
                    answered("check", source),
                    answered("predict", TABULAR, "--input", source),
                    answered("predict", TABULAR, "--random", "1", "--labels", source),
                    answered(
                            "check",
                            Fixtures.ROOT.resolve("digits/architecture.json").toString(),
                            "--weights",
                            source),
                    answered("merge", TABULAR, source, "--op", "add", "-o", file("m.splice")))) {
                assertThat(result.code()).isEqualTo(3);
                assertThat(result.err()).endsWith(sentence.substring(1)).contains(":" + sentence);
            }
        }
    }

    /** An archive of many arrays that each expand from little. */
    @Test
    void archivesThatExpandToMoreThanFitsAreRefused() throws IOException {
        byte[] header = "{'descr': '|i1', 'fortran_order': False, 'shape': (33000000,), }\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] array = ByteBuffer.allocate(33_000_000 + 10 + header.length)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0})
                .put(header)
                .array();
        byte[] small = new byte[0];
        Path bomb = folder.resolve("bomb.npz");
        try (OutputStream out = Files.newOutputStream(bomb);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("0.npy"));
            zip.write(array);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("1.npy"));
            zip.write(small);
        }
        byte[] manyTimes = repeated(Files.readAllBytes(bomb), 900);
        Files.write(bomb, manyTimes);
        Result read = answered("predict", TABULAR, "--input", bomb.toString());
        assertThat(read.code()).isEqualTo(6);
        assertThat(read.err())
                .startsWith("bomb.npz: has no array \"features\"; it has 00000, 00001, ")
                .contains("00019, …\n");
        Files.writeString(folder.resolve("rows.csv"), "1,2,3,4,5,6\n");
        Result result = answered("evaluate", TABULAR, "--input", file("rows.csv"), "--target", bomb.toString());
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .matches("bomb\\.npz: its arrays would take 27\\.7 GB; the program may use [0-9.]+ [GM]B in all\n"
                        + "  Take fewer or smaller arrays\\. Or give the program more: .*\n");
    }

    /** The archive with its directory naming the first entry so many times. */
    private static byte[] repeated(byte[] zip, int times) {
        ByteBuffer whole = ByteBuffer.wrap(zip).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - 22;
        int directory = whole.getInt(end + 16);
        int length = 46 + 5 + whole.getShort(directory + 30);
        List<byte[]> parts = new ArrayList<>(List.of(Arrays.copyOf(zip, directory)));
        for (int i = 0; i < times; i++) {
            byte[] entry = Arrays.copyOfRange(zip, directory, directory + length);
            byte[] name = String.format("%05d", i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(name, 0, entry, 46, 5);
            parts.add(entry);
        }
        byte[] tail = Arrays.copyOfRange(zip, end, zip.length);
        ByteBuffer.wrap(tail)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putShort(8, (short) times)
                .putShort(10, (short) times)
                .putInt(12, times * length);
        parts.add(tail);
        ByteBuffer all =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        png.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
    }

    /** A picture that says it has this many pixels, and holds none. */
    private Path picture(int width, int height) throws IOException {
        ByteBuffer png = ByteBuffer.allocate(200);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        byte[] head = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {16, 6, 0, 0, 0})
                .array();
        chunk(png, "IHDR", head);
        java.io.ByteArrayOutputStream data = new java.io.ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(data)) {
            out.write(0);
        }
        chunk(png, "IDAT", data.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return Files.write(folder.resolve("large.png"), Arrays.copyOf(png.array(), png.position()));
    }

    @Test
    void picturesAreMeasuredBeforeTheyAreDecoded() throws IOException {
        assertThat(answered(
                                "predict",
                                DIGITS,
                                "--input",
                                picture(60_000, 60_000).toString())
                        .err())
                .endsWith("large.png: has 3600000000 pixels, more than 100000000\n  Make it smaller.\n");
        int code = answered("predict", DIGITS, "--input", picture(9_000, 9_000).toString())
                .code();
        assertThat(code).isEqualTo(6);
    }
}
