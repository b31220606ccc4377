package org.netsplice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of CONTRIBUTING.md still fit the code: what they change stands there, and what they add compiles. */
class RecipesTest {
    private static final Pattern BLOCK = Pattern.compile("```diff\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE =
            Pattern.compile("^--- (\\S+)\n\\+\\+\\+ b/(\\S+)\n((?:[@ +-].*\n|\n)*)", Pattern.MULTILINE);

    /** A file of an example, with the lines of its difference. */
    private record Change(String path, boolean isNew, List<String> lines) {
        /** The lines that the file is said to hold, in their order. */
        List<String> before() {
            return lines.stream()
                    .filter(line -> !line.startsWith("+") && !line.startsWith("@@"))
                    .map(line -> line.isEmpty() ? line : line.substring(1))
                    .toList();
        }

        String text() {
            return String.join(
                    "\n",
                    lines.stream()
                            .filter(line -> line.startsWith("+"))
                            .map(line -> line.substring(1))
                            .toList());
        }
    }

    private static final List<Change> CHANGES = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void read() throws IOException {
        CHANGES.clear();
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("CONTRIBUTING.md")));
        while (blocks.find()) {
            Matcher files = FILE.matcher(blocks.group(1));
            while (files.find()) {
                boolean isNew = files.group(1).equals("/dev/null");
                CHANGES.add(new Change(
                        files.group(2), isNew, Arrays.asList(files.group(3).split("\n"))));
            }
        }
    }

    /** The first line that does not stand in a file behind those before it; empty when all do. */
    private static String missing(List<String> lines, List<String> file) {
        int at = 0;
        for (String line : lines) {
            while (at < file.size() && !file.get(at).equals(line)) {
                at++;
            }
            if (at == file.size()) {
                return line;
            }
            at++;
        }
        return "";
    }

    @Test
    void fiveExamplesAreGiven() {
        assertThat(CHANGES.stream().filter(Change::isNew)).hasSize(4);
        assertThat(CHANGES.stream().filter(change -> !change.isNew()))
                .extracting(Change::path)
                .contains(
                        "src/main/java/org/netsplice/layers/Layers.java",
                        "src/main/java/org/netsplice/app/Main.java",
                        "src/main/java/org/netsplice/gui/command/ViewCommands.java",
                        "src/main/java/org/netsplice/cli/Program.java");
    }

    @Test
    void whatTheExamplesChangeStandsInTheFiles() throws IOException {
        for (Change change : CHANGES) {
            if (!change.isNew()) {
                List<String> file = Files.readAllLines(Path.of(change.path()));
                assertThat(missing(change.before(), file)).as(change.path()).isEmpty();
            }
        }
    }

    @Test
    void aLineThatIsGoneIsFound() {
        assertThat(missing(List.of("one", "three"), List.of("one", "two", "three")))
                .isEmpty();
        assertThat(missing(List.of("three", "one"), List.of("one", "two", "three")))
                .isEqualTo("one");
    }

    @Test
    void whatTheExamplesAddCompiles() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Change change : CHANGES) {
            if (change.isNew()) {
                Path source = folder.resolve(change.path());
                Files.createDirectories(source.getParent());
                sources.add(Files.writeString(source, change.text()));
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
    }
}
