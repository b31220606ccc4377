package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.netsplice.container.Npz;
import org.netsplice.graph.Shape;
import org.netsplice.testing.Fixtures;

/** What layers inside a model give, and where it looks. */
class InsideCommandsTest extends CommandLineTests {
    private static final String DATA = Fixtures.path("digits/cnn_a/input.npy").toString();

    @Test
    void chosenLayersAreWritten() {
        Path file = folder.resolve("a.npz");
        Result result = run("activations", DIGITS, "--input", DATA, "--layer", "conv_*", "-o", file.toString());
        assertThat(result).isEqualTo(new Result(0, "", "wrote 2 arrays to " + file + "\n"));
        assertThat(Npz.read(file)).containsOnlyKeys("conv_1", "conv_2");
    }

    @Test
    void anUnknownLayerIsTold() {
        Result result = run(
                "activations",
                DIGITS,
                "--input",
                DATA,
                "--layer",
                "nix",
                "-o",
                folder.resolve("a.npz").toString());
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).startsWith("no layer, group or network is called \"nix\"");
    }

    @Test
    void mapsAreWrittenAsNumbersAndAsAPicture() throws IOException {
        Path numbers = folder.resolve("m.npy");
        Result result = run("grad-cam", DIGITS, "--input", DATA, "-o", numbers.toString());
        assertThat(result).isEqualTo(new Result(0, "", "layer conv_2, class of the first row: 4\n"));
        assertThat(Fixtures.npy(numbers).shape()).isEqualTo(Shape.of(300, 2, 2));
        Path picture = folder.resolve("m.png");
        assertThat(run(
                                "grad-cam",
                                DIGITS,
                                "--input",
                                DATA,
                                "--layer",
                                "conv_1",
                                "--class",
                                "3",
                                "-o",
                                picture.toString())
                        .err())
                .isEqualTo("layer conv_1, class of the first row: 3\n");
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(224);
    }

    @Test
    void aClassThatIsNoneIsTold() {
        Path target = folder.resolve("m.npy");
        assertThat(run("grad-cam", DIGITS, "--input", DATA, "--class", "cat", "-o", target.toString())
                        .err())
                .startsWith("netsplice grad-cam: --class \"cat\" is neither a number nor a name in --classes");
    }
}
