package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.testing.Fixtures;

/** What check says of parts of a file that are not read, not used, or never run. */
class CheckTest extends CommandLineTests {

    private static String check(String path) {
        return run("check", Fixtures.ROOT.resolve(path).toString()).out();
    }

    @Test
    void entriesThatAreNotReadAreNamed() throws IOException {
        assertThat(check("bad/ok_extra_entries/model.keras"))
                .matches("small\n"
                        + "  file model\\.keras, 17,731 bytes, Keras archive, written by Keras 3\\.15\\.1\n"
                        + "  SHA-256 [0-9a-f]{64}\n"
                        + "  holds metadata\\.json, 64 bytes\n"
                        + "  holds config\\.json, 2,514 bytes\n"
                        + "  holds model\\.weights\\.h5, 14,628 bytes\n"
                        + "  holds README\\.txt, 5 bytes\n"
                        + "  3 layers, 83 parameters\n"
                        + "  input features \\(None, 6\\) float32\n"
                        + "  output probabilities \\(None, 3\\) float32\n"
                        + "  not read: README\\.txt \\(no part of a Keras model\\)\n"
                        + "  can run\n");
        assertThat(check("bad/zip_slip/model.keras"))
                .contains("  not read: ../../../evil.txt (its name points outside of the archive)\n");
        assertThat(check("bad/zip_bomb_asset/model.keras"))
                .contains("  not read: assets/bomb.bin (a file that a layer brings along)\n");
        assertThat(run("convert", DIGITS, "-o", file("a.splice")).code()).isZero();
        Path more = folder.resolve("more.splice");
        copy(Path.of(file("a.splice")), more, "note.txt", "document.json", "", "");
        assertThat(run("check", more.toString()).out()).contains("  not read: note.txt (no part of a document)\n");
    }

    @Test
    void whatAModelWasTrainedWithIsKeptButNotUsed() {
        assertThat(check("digits/cnn_a/model.keras"))
                .endsWith(
                        "  kept but not used: optimizer Adam, 12,342 numbers, loss sparse_categorical_crossentropy\n  can run\n");
    }

    @Test
    void objectsOfOtherModulesAreNeverRun() throws IOException {
        Path custom = folder.resolve("custom.keras");
        copy(
                Path.of(DIGITS),
                custom,
                "",
                "config.json",
                "\"sparse_categorical_crossentropy\"",
                "{\"module\": \"mine.losses\", \"class_name\": \"Focal\", \"config\": {}}");
        assertThat(run("check", custom.toString()).out())
                .contains("  never run: mine.losses.Focal\n", ", loss Focal\n", "  can run\n");
        assertThat(check("bad/lambda_layer/model.keras")).contains("  kept but not computed: python_code (Lambda)\n");
    }

    @Test
    void codeThatKerasWouldRunIsNamed() {
        assertThat(check("bad/lambda_layer/model.keras"))
                .contains("  not run: layer python_code: Keras would run Python bytecode, 167 characters\n");
        assertThat(check("bad/foreign_module/model.keras"))
                .contains("  not run: layer hidden: Keras would import the Python module os for system\n");
        assertThat(check("bad/custom_layer/model.keras"))
                .contains("  not run: layer scale: Keras would look for the class corpus>ScaleByTwo\n");
        assertThat(check("digits/cnn_a/model.keras")).doesNotContain("not run");
    }

    @Test
    void theDigestIsThatOfTheFile() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of(DIGITS)));
        assertThat(run("check", DIGITS).out())
                .contains("  SHA-256 " + HexFormat.of().formatHex(digest) + "\n");
    }

    @Test
    void theReportIsJsonForPrograms() {
        Json report = JsonReader.parse(
                run(
                                "check",
                                Fixtures.ROOT
                                        .resolve("bad/lambda_layer/model.keras")
                                        .toString(),
                                "--format",
                                "json")
                        .out()
                        .getBytes(StandardCharsets.UTF_8),
                "",
                "");
        assertThat(report.get("writer").text()).isEqualTo("Keras 3.15.1");
        assertThat(report.get("holds").items()).hasSize(3);
        assertThat(report.get("not_run").items()).hasSize(1);
        assertThat(report.get("runs").flag()).isFalse();
        assertThat(run("check", DIGITS, "--format", "xml").code()).isEqualTo(2);
    }

    /** Copies an archive with one more entry, and with a text of an entry replaced where it first stands. */
    private static void copy(Path from, Path to, String added, String changed, String old, String fresh)
            throws IOException {
        try (ZipFile zip = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                byte[] content = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(changed) && !old.isEmpty()) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    assertThat(text).contains(old);
                    int at = text.indexOf(old);
                    content = (text.substring(0, at) + fresh + text.substring(at + old.length()))
                            .getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
                out.closeEntry();
            }
            if (!added.isEmpty()) {
                out.putNextEntry(new ZipEntry(added));
                out.write('x');
                out.closeEntry();
            }
        }
    }
}
