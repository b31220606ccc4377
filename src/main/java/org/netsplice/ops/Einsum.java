package org.netsplice.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sums of products in Einstein's notation, {@code ab,bc->ac}, with an ellipsis for unnamed axes. No letter may occur twice in one operand. */
public final class Einsum {
    private static final String SPARE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final List<String> operands;
    private final String result;

    private Einsum(List<String> operands, String result) {
        this.operands = operands;
        this.result = result;
    }

    /** Parses an equation and replaces ellipses by letters. */
    private static Einsum parse(String equation, int[] ranks) {
        String[] sides = (equation.contains("->") ? equation : equation + "->" + implied(equation)).split("->", -1);
        String[] parts = sides[0].split(",", -1);
        Array.require(sides.length == 2 && parts.length == ranks.length, "einsum " + equation);
        int most = 0;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].contains("...")) {
                most = Math.max(most, ranks[i] - (parts[i].length() - 3));
            }
        }
        StringBuilder free = new StringBuilder();
        for (int i = 0; i < SPARE.length() && free.length() < most; i++) {
            if (equation.indexOf(SPARE.charAt(i)) < 0) {
                free.append(SPARE.charAt(i));
            }
        }
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            int own = ranks[i] - (parts[i].length() - 3);
            String letters = parts[i].contains("...")
                    ? parts[i].replace("...", free.substring(Math.max(0, most - own)))
                    : parts[i];
            Array.require(letters.length() == ranks[i], "einsum " + equation + " with an operand of rank " + ranks[i]);
            Array.require(
                    letters.chars().distinct().count() == letters.length(), "einsum with a diagonal: " + equation);
            operands.add(letters);
        }
        return new Einsum(operands, sides[1].replace("...", free));
    }

    /** The result of an equation without {@code ->}: the axes of the ellipsis, then the letters that occur once, in alphabetical order. */
    private static String implied(String operands) {
        StringBuilder result = new StringBuilder(operands.contains("...") ? "..." : "");
        operands.chars()
                .filter(letter ->
                        Character.isLetter(letter) && operands.indexOf(letter) == operands.lastIndexOf(letter))
                .sorted()
                .forEach(letter -> result.append((char) letter));
        return result.toString();
    }

    /** The sizes of the result; unknown sizes are -1. */
    public static long[] sizes(String equation, List<long[]> shapes) {
        Einsum einsum =
                parse(equation, shapes.stream().mapToInt(shape -> shape.length).toArray());
        Map<Character, Long> sizes = new LinkedHashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            for (int axis = 0; axis < shapes.get(i).length; axis++) {
                char letter = einsum.operands.get(i).charAt(axis);
                long size = shapes.get(i)[axis];
                long before = sizes.getOrDefault(letter, -1L);
                Array.require(
                        before < 0 || size < 0 || before == size,
                        "einsum " + equation + ": the letter " + letter + " has sizes " + before + " and " + size);
                sizes.put(letter, Math.max(before, size));
            }
        }
        Array.require(
                einsum.result.chars().allMatch(letter -> sizes.containsKey((char) letter)),
                "einsum " + equation + ": the result has a letter that no operand has");
        return einsum.result
                .chars()
                .mapToLong(letter -> sizes.get((char) letter))
                .toArray();
    }

    /** The result; operands are combined from left to right. */
    public static Array compute(String equation, List<Array> arrays) {
        Einsum einsum = parse(equation, arrays.stream().mapToInt(Array::rank).toArray());
        Array present = arrays.get(0);
        String letters = einsum.operands.get(0);
        for (int i = 1; i < arrays.size(); i++) {
            StringBuilder later = new StringBuilder(einsum.result);
            einsum.operands.subList(i + 1, arrays.size()).forEach(later::append);
            String next = einsum.operands.get(i);
            String kept = kept(letters + next, later.toString());
            present = pair(present, letters, arrays.get(i), next, kept);
            letters = kept;
        }
        return ordered(summed(present, letters, einsum.result), kept(letters, einsum.result), einsum.result);
    }

    private static String kept(String letters, String wanted) {
        Set<Character> kept = new LinkedHashSet<>();
        letters.chars().filter(letter -> wanted.indexOf(letter) >= 0).forEach(letter -> kept.add((char) letter));
        StringBuilder text = new StringBuilder();
        kept.forEach(text::append);
        return text.toString();
    }

    private static Array summed(Array x, String letters, String wanted) {
        int[] gone = java.util.stream.IntStream.range(0, letters.length())
                .filter(i -> wanted.indexOf(letters.charAt(i)) < 0)
                .toArray();
        return gone.length == 0 ? x : Reducing.over(x, false, Reducing.SUM, gone);
    }

    private static Array ordered(Array x, String letters, String wanted) {
        return Arranging.permute(x, wanted.chars().map(letters::indexOf).toArray());
    }

    /** Multiplies two operands as matrices: letters in both and in the result are the batch, other letters in both are summed. */
    private static Array pair(Array one, String first, Array two, String second, String result) {
        String firstKept = kept(first, result + second);
        String secondKept = kept(second, result + first);
        Array a = summed(one, first, firstKept);
        Array b = summed(two, second, secondKept);
        String batch = kept(kept(firstKept, secondKept), result);
        String inner = without(kept(firstKept, secondKept), result);
        String left = without(firstKept, secondKept);
        String right = without(secondKept, firstKept);
        Array x = ordered(a, firstKept, batch + left + inner);
        Array y = ordered(b, secondKept, batch + inner + right);
        long[] sizes = new long[batch.length() + left.length() + right.length()];
        long rows = 1;
        long columns = 1;
        long groups = 1;
        long depth = 1;
        for (int i = 0; i < x.rank(); i++) {
            if (i < batch.length() + left.length()) {
                sizes[i] = x.size(i);
            }
            groups *= i < batch.length() ? x.size(i) : 1;
            rows *= i >= batch.length() && i < batch.length() + left.length() ? x.size(i) : 1;
            depth *= i >= batch.length() + left.length() ? x.size(i) : 1;
        }
        for (int i = batch.length() + inner.length(); i < y.rank(); i++) {
            sizes[i - inner.length() + left.length()] = y.size(i);
            columns *= y.size(i);
        }
        Array product = Linear.matmul(x.reshape(groups, rows, depth), y.reshape(groups, depth, columns));
        String letters = batch + left + right;
        Array shaped = product.reshape(sizes.length == 0 ? new long[] {1} : sizes);
        return sizes.length == 0 ? shaped : ordered(shaped, letters, result);
    }

    private static String without(String letters, String others) {
        StringBuilder text = new StringBuilder();
        letters.chars().filter(letter -> others.indexOf(letter) < 0).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    @Override
    public String toString() {
        return Arrays.toString(operands.toArray()) + " -> " + result;
    }
}
