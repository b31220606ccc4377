package org.netsplice.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Parses JSON within bounds: at most 512 levels deep and {@link #LARGEST} bytes long; duplicate keys are errors. */
public final class JsonReader {
    /** The longest text that is parsed, in bytes. */
    public static final int LARGEST = 64 << 20;

    private static final int DEEPEST = 512;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LARGEST)
                            .maxDocumentLength(LARGEST)
                            .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper LENIENT = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern DUPLICATE = Pattern.compile("^Duplicate field '(.*)' for `ObjectNode`");

    private JsonReader() {}

    /**
     * Parses UTF-8 text. A text that holds an object, as {@code json.dump(model.to_json(), file)} writes it, is parsed once more.
     *
     * @param file the file's name, for messages
     * @param inside the place inside the file, for messages; may be empty
     */
    public static Json parse(byte[] text, String file, String inside) {
        try {
            JsonNode once = MAPPER.readTree(text);
            boolean twice = once != null
                    && once.isTextual()
                    && once.textValue().stripLeading().startsWith("{");
            JsonNode node = twice ? MAPPER.readTree(once.textValue()) : once;
            if (node == null || node.isMissingNode()) {
                throw invalid(file, inside, "is empty", null);
            }
            return new Json(node, file, inside);
        } catch (StreamConstraintsException problem) {
            throw invalid(file, inside, "is JSON beyond the limits: " + limit(problem.getOriginalMessage()), problem);
        } catch (JsonProcessingException problem) {
            String line = problem.getLocation() == null
                    ? ""
                    : " (line " + problem.getLocation().getLineNr() + ", column "
                            + problem.getLocation().getColumnNr() + ")";
            throw invalid(file, inside, "is not valid JSON: " + reason(problem.getOriginalMessage()) + line, problem);
        } catch (IOException problem) {
            throw invalid(file, inside, "cannot be read as JSON: " + problem.getMessage(), problem);
        }
    }

    /**
     * Reads what a person typed as a setting: JSON, Python's {@code True}, {@code False}, {@code None} and tuples, or a list of numbers
     * without brackets; anything else is a text.
     */
    public static Json typed(String text) {
        String trimmed = text.strip();
        if (List.of("True", "False", "None").contains(trimmed)) {
            return Json.of(trimmed.equals("None") ? null : (Object) trimmed.equals("True"));
        }
        String json = trimmed.startsWith("(") && trimmed.endsWith(")")
                ? "[" + trimmed.substring(1, trimmed.length() - 1).replaceAll(",\\s*$", "") + "]"
                : trimmed;
        if (json.matches("-?[0-9.]+(\\s*,\\s*-?[0-9.]+)+")) {
            return typed("[" + json + "]");
        }
        try {
            JsonNode node = LENIENT.readTree(json);
            return node == null || node.isMissingNode() ? Json.of("") : new Json(node, "", "");
        } catch (JsonProcessingException problem) {
            return Json.of(trimmed);
        }
    }

    private static String limit(String message) {
        return message.contains("depth")
                ? "nested more than " + DEEPEST + " levels deep"
                : "a text, a number or the whole is too long";
    }

    /** What Jackson complains about, without the names of its options. */
    private static String reason(String message) {
        Matcher twice = DUPLICATE.matcher(message);
        if (twice.find()) {
            return "the key \"" + twice.group(1) + "\" stands twice";
        }
        if (message.startsWith("Trailing token")) {
            return "something follows behind its end";
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static ModelException.Invalid invalid(String file, String inside, String what, Throwable cause) {
        return new ModelException.Invalid(
                Problem.error(
                        new Where.InFile(file, inside),
                        what,
                        "The file is damaged or was cut short; save or download it again."),
                cause);
    }
}
