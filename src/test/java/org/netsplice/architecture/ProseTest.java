package org.netsplice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments and documents have none of the phrases that native engineers do not write. */
class ProseTest {
    private static final Pattern FORBIDDEN =
            Pattern.compile("\\b(Those of|That which|[Ss]o many (of|rows|numbers|times)|anew|gives back"
                    + "|tak(e|es|en|ing) over|[Cc]onclude[sd]?|(is|are) is|no more as|it is to say|what concerns)\\b");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(/\\*|\\*|//).*");
    private static final Pattern BARE_GENITIVE =
            Pattern.compile("^\\s*(/\\*\\* (Of|That|So)|(/\\*\\*|\\*|//) (Those|Which)) .*");

    private static List<String> lines(Path root, String extension) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(extension)).toList()) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    found.add(root.relativize(file) + ":" + number + ": " + line);
                }
            }
        }
        return found;
    }

    private static String text(String line) {
        return line.split(":", 3)[2].substring(1);
    }

    @Test
    void commentsAreWrittenInPlainEnglish() throws IOException {
        List<String> comments = lines(Path.of("src/main/java"), ".java").stream()
                .filter(line -> COMMENT.matcher(text(line)).matches())
                .toList();
        assertThat(comments.size()).isGreaterThan(1000);
        assertThat(comments.stream()
                        .filter(line -> FORBIDDEN.matcher(text(line)).find()
                                || BARE_GENITIVE.matcher(text(line)).matches()))
                .isEmpty();
    }

    @Test
    void documentsAreWrittenInPlainEnglish() throws IOException {
        List<String> prose = new ArrayList<>(lines(Path.of("docs"), ".md"));
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")) {
            Files.readAllLines(Path.of(name)).forEach(line -> prose.add(name + ":0: " + line));
        }
        assertThat(prose.size()).isGreaterThan(500);
        assertThat(prose.stream().filter(line -> FORBIDDEN.matcher(text(line)).find()))
                .isEmpty();
    }

    @Test
    void thePhrasesAreFoundWhereTheyStand() {
        assertThat(FORBIDDEN.matcher("     * Those of one node").find()).isTrue();
        assertThat(FORBIDDEN.matcher("what is is told").find()).isTrue();
        assertThat(BARE_GENITIVE.matcher("    /** Of the user. */").matches()).isTrue();
        assertThat(BARE_GENITIVE.matcher("    /** Which layers are trained. */").matches())
                .isTrue();
        assertThat(FORBIDDEN.matcher("the sizes of one node").find()).isFalse();
    }
}
