package org.netsplice.editor.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.netsplice.editor.recipe.Pieces.Piece;
import org.netsplice.graph.Family;
import org.netsplice.graph.Node;

/** Titles of boxes that stand for several layers. */
final class BlockTitles {
    /** Common beginnings of fewer letters say nothing. */
    private static final int MIN_LETTERS = 3;
    /** More kinds of layers than these are not listed. */
    private static final int MAX_KINDS = 3;

    private static final Pattern LAST_NUMBER = Pattern.compile("^(.*?)(\\d+[a-z]?)([^\\d]*)$");
    private static final Set<Family> MAIN =
            Set.of(Family.CONVOLUTION, Family.RECURRENT, Family.ATTENTION, Family.CORE, Family.POOLING);

    private BlockTitles() {}

    /** The title of one block: its numbered name, or as {@link #of(List)}. */
    static String ofBlock(List<Piece> block) {
        return numbered(block.get(block.size() - 1))
                .orElseGet(() -> of(
                        block.stream().flatMap(piece -> piece.nodes().stream()).toList()));
    }

    /** The title of layers that follow each other: what their names have in common, or what they are. */
    static String of(List<Node> nodes) {
        Node last = nodes.get(nodes.size() - 1);
        String common = common(nodes);
        if (!common.isEmpty()) {
            return common;
        }
        boolean joins = last.layer().family() == Family.MERGE && !NumberedNames.isGiven(last);
        return joins ? last.name() : summary(nodes);
    }

    /**
     * The title of blocks that are alike.
     *
     * @param blocks one after the other
     * @param all how many blocks of that name there are in the network
     */
    static String ofRun(List<List<Piece>> blocks, int all) {
        String times = " × " + blocks.size();
        List<String> names = names(blocks);
        if (!names.isEmpty()) {
            Matcher first = LAST_NUMBER.matcher(names.get(0));
            Matcher last = LAST_NUMBER.matcher(names.get(names.size() - 1));
            if (first.matches() && last.matches() && first.group(1).equals(last.group(1))) {
                String head = first.group(1);
                return all == blocks.size() && !trimmed(head).isEmpty()
                        ? trimmed(head) + times
                        : head + first.group(2) + "–" + last.group(2) + times;
            }
        }
        List<Node> nodes = blocks.stream()
                .flatMap(List::stream)
                .flatMap(piece -> piece.nodes().stream())
                .toList();
        String common = common(nodes);
        String summary = summary(
                blocks.get(0).stream().flatMap(piece -> piece.nodes().stream()).toList());
        return (!common.isEmpty() ? common : summary.contains(" ") ? "(" + summary + ")" : summary) + times;
    }

    /** The numbered name of each block; none where a block has no such name. */
    private static List<String> names(List<List<Piece>> blocks) {
        List<Optional<String>> names = blocks.stream()
                .map(block -> numbered(block.get(block.size() - 1)))
                .toList();
        return names.stream().allMatch(Optional::isPresent)
                ? names.stream().map(Optional::get).toList()
                : List.of();
    }

    /** What stands before the number of a block's name; empty when its name has none. */
    static Optional<String> head(Piece piece) {
        return numbered(piece)
                .map(LAST_NUMBER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }

    /** The numbered name of a block, or of the merge at its end. */
    private static Optional<String> numbered(Piece piece) {
        if (piece.name().isPresent()) {
            return Optional.of(text(piece));
        }
        Node last = piece.last().layer().family() == Family.ACTIVATION
                        && piece.nodes().size() > 1
                ? piece.nodes().get(piece.nodes().size() - 2)
                : piece.last();
        boolean joins = last.layer().family() == Family.MERGE && !NumberedNames.isGiven(last);
        return joins && LAST_NUMBER.matcher(last.name()).matches()
                ? Optional.of(last.name().replaceFirst("[_/.-][a-zA-Z]+$", ""))
                : Optional.empty();
    }

    /** What names a block: its numbered beginning, or its number and the word that most of its layers have. */
    private static String text(Piece piece) {
        NumberedNames.Key key = piece.name().orElseThrow();
        if (!key.end() || !key.text().matches("\\d+")) {
            return key.text();
        }
        Map<String, Integer> words = new LinkedHashMap<>();
        for (Node node : piece.nodes()) {
            if (!NumberedNames.isGiven(node)) {
                for (String word : Set.of(node.name().split("[^A-Za-z]+"))) {
                    words.merge(word, 1, Integer::sum);
                }
            }
        }
        return words.entrySet().stream()
                        .filter(word -> !word.getKey().isEmpty())
                        .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .map(word -> word.getKey() + "_")
                        .orElse("")
                + key.text();
    }

    /** How the names of all layers begin; empty where Keras gave them their names, or too little is common. */
    private static String common(List<Node> nodes) {
        if (nodes.stream().anyMatch(NumberedNames::isGiven)) {
            return "";
        }
        String common = nodes.get(0).name();
        for (Node node : nodes) {
            while (!node.name().startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        String words = trimmed(common);
        return words.codePoints().filter(Character::isLetter).count() >= MIN_LETTERS ? words : "";
    }

    private static String trimmed(String text) {
        return text.replaceAll("[^\\p{L}]+$", "");
    }

    /** What layers are: the classes that compute, such as {@code MaxPooling2D + 2 Conv2D}. */
    private static String summary(List<Node> nodes) {
        Map<String, Long> counts = counts(nodes.stream()
                .filter(node -> MAIN.contains(node.layer().family()))
                .toList());
        if (counts.isEmpty()) {
            counts = counts(nodes);
        }
        String listed = counts.entrySet().stream()
                .limit(MAX_KINDS)
                .map(one -> (one.getValue() == 1 ? "" : one.getValue() + " ") + one.getKey())
                .collect(Collectors.joining(" + "));
        return counts.size() > MAX_KINDS ? listed + " + …" : listed;
    }

    private static Map<String, Long> counts(List<Node> nodes) {
        return nodes.stream()
                .collect(Collectors.groupingBy(
                        node -> node.layer().className(), LinkedHashMap::new, Collectors.counting()));
    }
}
