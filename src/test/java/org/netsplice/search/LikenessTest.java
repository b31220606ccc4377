package org.netsplice.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static final List<String> LAYERS = List.of(
            "BatchNormalization", "Conv2D", "Dense", "Dropout", "GlobalMaxPooling2D", "MaxPooling2D", "EinsumDense");

    private static List<String> find(String typed) {
        return Likeness.find(typed, LAYERS, text -> text);
    }

    @Test
    void whatHoldsTheWordsIsFoundAloneAndWhatBeginsWithThemFirst() {
        assertThat(find("dense")).containsExactly("Dense", "EinsumDense");
        assertThat(find(" POOLING2d max ")).containsExactly("GlobalMaxPooling2D", "MaxPooling2D");
        assertThat(find("")).isEqualTo(LAYERS);
    }

    @Test
    void shortenedAndMisspelledWordsFindWhatIsLikeThem() {
        assertThat(find("btchnrm")).containsExactly("BatchNormalization");
        assertThat(find("dropuot")).containsExactly("Dropout");
        assertThat(find("maxpol2d")).containsExactly("MaxPooling2D", "GlobalMaxPooling2D");
        assertThat(find("densee")).startsWith("Dense");
    }

    @Test
    void whatIsLikeNothingFindsNothing() {
        assertThat(find("zzz")).isEmpty();
        assertThat(find("xq")).isEmpty();
        assertThat(find("quantum")).isEmpty();
    }

    @Test
    void veryLongTextsAreNotComparedLetterByLetter() {
        String endless = "a".repeat(1_000_000);
        assertThat(Likeness.find("abc", List.of(endless), text -> text)).isEmpty();
        assertThat(Likeness.find(endless + "b", List.of("a"), text -> text)).isEmpty();
    }

    @Property(tries = 300)
    void aWordWithoutOneOfItsLettersIsLikeTheWord(
            @ForAll @AlphaChars @StringLength(min = 4, max = 40) String word, @ForAll @IntRange(max = 39) int place) {
        int left = place % word.length();
        assertThat(Likeness.isLike(word.substring(0, left) + word.substring(left + 1), word))
                .isTrue();
        assertThat(Likeness.find(word, List.of("~" + word), text -> text)).hasSize(1);
    }
}
