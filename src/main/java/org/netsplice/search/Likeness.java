package org.netsplice.search;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.text.similarity.FuzzyScore;
import org.apache.commons.text.similarity.LongestCommonSubsequence;

/** Finds texts by what was typed: texts that hold it, and only where there is none, texts that are like it. */
public final class Likeness {
    /** More texts that are only like the typed one are of no help. */
    private static final int MAX_LIKE = 12;

    /** The fewest letters of a word that may be shortened or misspelled. */
    private static final int MIN_LETTERS = 3;

    /** The number of letters of which one may be wrong or missing. */
    private static final int LETTERS_PER_SLIP = 5;

    /** Longer texts are not compared letter by letter: the work is the product of both lengths. */
    private static final int MAX_LENGTH = 200;

    private static final LongestCommonSubsequence COMMON = new LongestCommonSubsequence();
    private static final FuzzyScore SCORE = new FuzzyScore(Locale.ROOT);

    private Likeness() {}

    /**
     * The items whose text holds every typed word, in any case of letters, those first that begin with what was typed; all of them
     * where nothing was typed. Where there is none, at most twelve whose text is like it, the likest first.
     *
     * @param text what an item is found by
     */
    public static <T> List<T> find(String typed, List<T> all, Function<T, String> text) {
        String wanted = plain(typed);
        List<String> words = List.of(wanted.split("\\s+"));
        List<T> holding = all.stream()
                .filter(one -> words.stream().allMatch(plain(text.apply(one))::contains))
                .sorted(Comparator.comparing(one -> !plain(text.apply(one)).startsWith(wanted)))
                .toList();
        return holding.isEmpty()
                ? all.stream()
                        .filter(one -> isLike(wanted, text.apply(one)))
                        .sorted(Comparator.comparing((T one) -> -SCORE.fuzzyScore(text.apply(one), wanted))
                                .thenComparing(one -> text.apply(one).length()))
                        .limit(MAX_LIKE)
                        .toList()
                : holding;
    }

    /**
     * Whether the letters of a typed text stand in another text in their order, with others between them. One letter in five may be
     * wrong or missing; fewer than three letters are like nothing.
     */
    public static boolean isLike(String typed, String text) {
        String wanted = plain(typed);
        if (wanted.length() < MIN_LETTERS || wanted.length() > MAX_LENGTH || text.length() > MAX_LENGTH) {
            return false;
        }
        return COMMON.apply(wanted, plain(text)) >= wanted.length() - wanted.length() / LETTERS_PER_SLIP;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).strip();
    }
}
