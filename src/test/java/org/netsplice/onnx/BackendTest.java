package org.netsplice.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.onnx.proto.NodeProto;

/**
 * ONNX' own tests of its operators. What is not equal is listed in {@code onnx-backend.tsv} with the reason; a table in the documents says what is
 * supported. Both are written by {@code mvn surefire:test -Dtest=BackendTest -Ddocs.write=true}.
 */
class BackendTest {
    private static final Path CASES = Path.of("src/test/resources/fixtures/onnx-backend.bin.gz");
    private static final Path LIST = Path.of("src/test/resources/onnx-backend.tsv");
    private static final Path NAMES = Path.of("src/test/resources/onnx-operators.txt");
    private static final Path DOCUMENT = Path.of("docs/onnx-operators.md");

    @TempDir
    static Path folder;

    private static final Map<String, String> ANSWERS = new TreeMap<>();
    private static final Map<String, List<String>> BY_OPERATOR = new TreeMap<>();

    @BeforeAll
    static void answer() throws IOException {
        for (BackendCases.Case test : BackendCases.read(CASES)) {
            String answer = BackendCases.answer(test, folder);
            ANSWERS.put(test.name(), answer);
            List<NodeProto> nodes = ModelProto.read(ByteBuffer.wrap(test.model()), "test")
                    .graph()
                    .orElseThrow()
                    .nodes();
            if (nodes.size() == 1) {
                BY_OPERATOR
                        .computeIfAbsent(nodes.get(0).operator(), any -> new ArrayList<>())
                        .add(answer);
            }
        }
    }

    private static boolean equal(String answer) {
        return answer.startsWith(BackendCases.EQUAL);
    }

    private static void requireText(Path file, String text) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void whatIsNotEqualIsListedWithTheReason() throws IOException {
        StringBuilder text = new StringBuilder();
        ANSWERS.forEach((name, answer) -> {
            if (!equal(answer)) {
                text.append(name).append('\t').append(answer).append('\n');
            }
        });
        requireText(LIST, text.toString());
    }

    @Test
    void mostAreEqual() {
        assertThat(ANSWERS.values().stream().filter(BackendTest::equal).count())
                .isGreaterThan(ANSWERS.size() * 6L / 10);
    }

    @Test
    void theDocumentIsTrue() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Operators of ONNX

                Generated from the operators that are read and from ONNX' own tests of them; a test compares. A number such as 3 of 4 says how many of those tests
                give ONNX' numbers within 1e-5, or that no test of the operator fits. The first reason found stands for the others.

                | operator | read | tests | why not |
                |---|---|---|---|
                """);
        for (String name : Files.readAllLines(NAMES)) {
            List<String> answers = BY_OPERATOR.getOrDefault(name, List.of());
            long right = answers.stream().filter(BackendTest::equal).count();
            Optional<String> reason =
                    answers.stream().filter(answer -> !equal(answer)).findFirst();
            text.append("| ")
                    .append(name)
                    .append(" | ")
                    .append(Operators.named(name).isPresent() ? "yes" : "no")
                    .append(" | ")
                    .append(answers.isEmpty() ? "" : right + " of " + answers.size())
                    .append(" | ")
                    .append(reason.map(why -> why.replace("|", "\\|")).orElse(""))
                    .append(" |\n");
        }
        requireText(DOCUMENT, text.toString());
    }
}
