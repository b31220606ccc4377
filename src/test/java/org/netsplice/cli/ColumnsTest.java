package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;

/** Predicting from tables with other columns than the inputs need. */
class ColumnsTest extends CommandLineTests {
    private static final Path MERGED = Fixtures.ROOT.resolve("tabular/cancer_merged");

    @Test
    void oneTableFeedsSeveralInputs() {
        String model = MERGED.resolve("model.keras").toString();
        String table = MERGED.resolve("all_features_with_label.csv").toString();
        assertThat(run(
                        "predict",
                        model,
                        "--input",
                        "in_mean=" + table + "#1-10",
                        "--input",
                        "in_other=" + table + "#radius error,12-30",
                        "-o",
                        file("p.npy")))
                .isEqualTo(new Result(0, "", ""));
        assertThat(Difference.largest(
                        Fixtures.npy("tabular/cancer_merged/expected.npy"), Fixtures.npy(folder.resolve("p.npy"))))
                .isLessThan(1e-5);
    }

    @Test
    void aNameThatNoInputHasIsTold() throws IOException {
        String model = Fixtures.ROOT.resolve("bad/_base/model.keras").toString();
        Files.writeString(folder.resolve("t.csv"), "a,b,c,d,e,f,label\n1,2,3,4,5,6,x\n");
        assertThat(run("predict", model, "--input", "featurs=" + file("t.csv")))
                .isEqualTo(new Result(
                        2,
                        "",
                        "netsplice predict: there is no input \"featurs\"; did you mean features? The inputs are features (None, 6)\n"
                                + "  See netsplice predict --help.\n"));
        assertThat(run("predict", model, "--input", file("t.csv"), "--ignore", "label", "-o", file("a.npy")))
                .isEqualTo(new Result(0, "", ""));
        assertThat(run("predict", model, "--input", file("t.csv"), "--columns", "a,2-6", "-o", file("b.npy")))
                .isEqualTo(new Result(0, "", ""));
        assertThat(Files.readAllBytes(folder.resolve("a.npy"))).isEqualTo(Files.readAllBytes(folder.resolve("b.npy")));
        assertThat(run("predict", model, "--input", file("t.csv") + "#a,b", "-o", file("t.csv"))
                        .code())
                .isEqualTo(2);
    }
}
