package org.netsplice.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.app.Main;
import org.netsplice.testing.Fixtures;

/** Runs the command line in process. */
abstract class CommandLineTests {
    static final String A =
            Fixtures.ROOT.resolve("seed_merge/model_a/model.keras").toString();
    static final String B =
            Fixtures.ROOT.resolve("seed_merge/model_b/model.keras").toString();
    static final String DIGITS =
            Fixtures.ROOT.resolve("digits/cnn_a/model.keras").toString();

    @TempDir
    Path folder;

    record Result(int code, String out, String err) {}

    static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Program.run(arguments, new PrintWriter(out), new PrintWriter(err), Main.formats(), false);
        return new Result(code, out.toString(), err.toString().replace(System.lineSeparator(), "\n"));
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }
}
