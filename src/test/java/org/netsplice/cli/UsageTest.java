package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that a command does not understand, and what is said about them. */
class UsageTest extends CommandLineTests {

    private static Result refused(String text) {
        return new Result(2, "", text);
    }

    @Test
    void aMistypedOptionIsToldWithTheOneThatWasMeant() {
        assertThat(run("--verison"))
                .isEqualTo(
                        refused(
                                "netsplice: there is no option \"--verison\"\n  Did you mean --version? See netsplice --help.\n"));
        assertThat(run("plot", A, "--show-shape", "-o", file("a.png")))
                .isEqualTo(refused("netsplice plot: there is no option \"--show-shape\"\n"
                        + "  Did you mean --show-shapes? See netsplice plot --help.\n"));
        assertThat(run("summary", "--frob"))
                .isEqualTo(
                        refused("netsplice summary: there is no option \"--frob\"\n  See netsplice summary --help.\n"));
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() {
        assertThat(run("plot"))
                .isEqualTo(refused("netsplice plot: -o OUT and MODEL are missing\n  See netsplice plot --help.\n"));
        assertThat(run("plot", A, "-o"))
                .isEqualTo(refused("netsplice plot: OUT is missing behind -o\n  See netsplice plot --help.\n"));
        assertThat(run("summary", A, B))
                .isEqualTo(refused("netsplice summary: \"" + B
                        + "\" is one argument too many\n  See netsplice summary --help.\n"));
        assertThat(run("--debug")).isEqualTo(refused("netsplice: a command is missing\n  See netsplice --help.\n"));
    }

    @Test
    void valuesThatAnOptionCannotHaveAreToldInWords() {
        assertThat(run("plot", A, "--dpi", "x", "-o", file("a.png")))
                .isEqualTo(refused(
                        "netsplice plot: --dpi cannot be \"x\": that is not a number\n  See netsplice plot --help.\n"));
        assertThat(run("plot", A, "--rankdir", "XX", "-o", file("a.png")))
                .isEqualTo(refused("netsplice plot: --rankdir cannot be \"XX\"; choose TB, LR, BT, RL\n"
                        + "  See netsplice plot --help.\n"));
        assertThat(run("summary", A, "--format", "marcdown"))
                .isEqualTo(refused(
                        "netsplice summary: --format cannot be \"marcdown\"; did you mean markdown? Choose text,"
                                + " csv, markdown, latex, json, html\n  See netsplice summary --help.\n"));
    }

    @ParameterizedTest
    @CsvSource({"sum,add", "concat,concatenate", "mean,average", "max,maximum", "avrage,average", "Subtrct,subtract"})
    void operationsOfOtherProgramsAreKnownByName(String word, String meant) {
        assertThat(run("merge", A, B, "--op", word, "-o", file("m.splice")).err())
                .startsWith("netsplice merge: --op cannot be \"" + word + "\"; did you mean " + meant
                        + "? Choose concatenate, average,");
    }

    @Test
    void moreRandomRowsThanFitAreRefusedWithTheirSize() {
        for (String rows : List.of("2000000000", "1000000000")) {
            Result result = run("predict", DIGITS, "--random", rows);
            assertThat(result.code()).isEqualTo(6);
            assertThat(result.err())
                    .startsWith(rows + " rows of random numbers would take ")
                    .contains(" GB; the program may use ");
        }
    }
}
