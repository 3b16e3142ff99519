package dev.elanus.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs of characters in a text. */
final class Grams {
    private Grams() {}

    /** Every run of {@code min} to {@code max} characters. */
    static void forEach(String text, int min, int max, Consumer<String> action) {
        for (int start = 0; start < text.length(); start = text.offsetByCodePoints(start, 1)) {
            int end = start;
            for (int length = 1; length <= max && end < text.length(); length++) {
                end = text.offsetByCodePoints(end, 1);
                if (length >= min) {
                    action.accept(text.substring(start, end));
                }
            }
        }
    }

    /** The longest runs of a text that are indexed, which every text with it has; none if it is shorter than {@code min}. */
    static List<String> of(String text, int min, int max) {
        int length = Math.min(text.codePointCount(0, text.length()), max);
        List<String> grams = new ArrayList<>();
        if (length >= min) {
            forEach(text, length, length, grams::add);
        }
        return grams;
    }
}
