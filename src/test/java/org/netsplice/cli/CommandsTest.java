package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netsplice.app.Main;
import org.netsplice.format.Formats;

/** Commands, and what their help says, follow from what is registered. */
class CommandsTest extends CommandLineTests {
    @Test
    void theHelpListsTheCommandsInTheirOrder() {
        List<String> listed = run("--help")
                .out()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.matches("  \\S.*"))
                .map(line -> line.strip().split(" ")[0])
                .toList();
        assertThat(listed).isEqualTo(Program.commands()).contains("plot", "grad-cam", "evaluate");
        assertThat(Program.isCommand("plot")).isTrue();
        assertThat(Program.isCommand("model.keras")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "chain", "blend", "calibrate", "train", "convert"})
    void theHelpNamesEveryFormatThatCanBeWritten(String command) {
        String help = run(command, "--help").out().replaceAll("\\s", "");
        assertThat(help).contains("saystheformat:" + Main.formats().endings().replace(" ", "") + ".");
    }

    @Test
    void formatsAreToldWithTheirEndings() {
        Formats formats = Main.formats();
        assertThat(formats.readable()).containsExactly("splice", "keras", "h5", "hdf5", "json", "onnx", "zip");
        assertThat(formats.endings())
                .isEqualTo(".splice (NetSplice document), .keras (Keras model), .h5 (Keras model, HDF5),"
                        + " .py (Python for Keras 3), .onnx (ONNX model), .zip (DL4J graph), .java (Java for DL4J)");
    }

    @Test
    void theRemedyForAnUnknownFileNamesTheFilesThatCanBeOpened() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "some words");
        assertThat(run("summary", file.toString()).err())
                .isEqualTo("notes.txt: is not a file this program can open\n  Open a file of one of these kinds:"
                        + " .splice, .keras, .h5, .hdf5, .json, .onnx, .zip.\n");
    }

    @Test
    void dataAreAskedForInOneSentence() {
        for (String command : List.of("activations", "grad-cam", "calibrate", "evaluate", "train")) {
            List<String> rest = switch (command) {
                case "activations" -> List.of("--layer", "a", "-o", "x.npz");
                case "grad-cam" -> List.of("-o", "x.npz");
                case "evaluate" -> List.of("--target", "y.npy");
                default -> List.of("--target", "y.npy", "-o", "x.keras");
            };
            String[] words = Stream.concat(Stream.of(command, "model.keras"), rest.stream())
                    .toArray(String[]::new);
            assertThat(run(words).err())
                    .isEqualTo("netsplice " + command + ": give --input FILE for every input\n  See netsplice "
                            + command + " --help.\n");
        }
    }
}
