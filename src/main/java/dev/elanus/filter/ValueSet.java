package dev.elanus.filter;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The values of a list on the right of {@code in}, by kind. Numbers are equal if they are numerically, whether written as integers or not. */
public final class ValueSet {
    private final long[] longs;
    private final LongProbe probe;
    private final double[] doubles;
    private final Set<String> texts;
    private final boolean hasTrue;
    private final boolean hasFalse;

    private ValueSet(long[] longs, double[] doubles, Set<String> texts, boolean hasTrue, boolean hasFalse) {
        this.longs = longs;
        this.probe = new LongProbe(longs);
        this.doubles = doubles;
        this.texts = texts;
        this.hasTrue = hasTrue;
        this.hasFalse = hasFalse;
    }

    /** @param values no arrays and no JSON */
    static ValueSet of(List<TemplateValue> values) {
        long[] longs = new long[values.size()];
        double[] doubles = new double[values.size()];
        Set<String> texts = new HashSet<>();
        boolean[] has = new boolean[2];
        int longCount = 0;
        int doubleCount = 0;
        for (TemplateValue value : values) {
            switch (value) {
                case TemplateValue.Int(long number) -> longs[longCount++] = number;
                case TemplateValue.Floating(double number) ->
                    doubles[doubleCount++] = number + 0.0; // No negative zero.
                case TemplateValue.Text(String text) -> texts.add(text);
                case TemplateValue.Bool(boolean flag) -> has[flag ? 1 : 0] = true;
                case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ ->
                    throw new IllegalStateException("no scalar");
            }
        }
        return new ValueSet(
                Arrays.stream(longs, 0, longCount).sorted().distinct().toArray(),
                Arrays.stream(doubles, 0, doubleCount).sorted().distinct().toArray(),
                texts,
                has[1],
                has[0]);
    }

    /** The set as a column of float32 sees it: every number rounded to the nearest of those. */
    ValueSet asFloats() {
        double[] rounded = new double[longs.length + doubles.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) (i < longs.length ? longs[i] : doubles[i - longs.length]);
        }
        Arrays.sort(rounded);
        return new ValueSet(new long[0], rounded, texts, hasTrue, hasFalse);
    }

    boolean contains(long number) {
        return probe.contains(number) || doubles.length > 0 && Arrays.binarySearch(doubles, (double) number) >= 0;
    }

    boolean contains(double number) {
        double plain = number + 0.0;
        return doubles.length > 0 && Arrays.binarySearch(doubles, plain) >= 0
                || plain == (long) plain && probe.contains((long) plain);
    }

    boolean contains(String text) {
        return texts.contains(text);
    }

    boolean contains(boolean flag) {
        return flag ? hasTrue : hasFalse;
    }

    boolean hasNumbers() {
        return longs.length + doubles.length > 0;
    }

    boolean hasTexts() {
        return !texts.isEmpty();
    }

    boolean hasBooleans() {
        return hasTrue || hasFalse;
    }

    boolean isEmpty() {
        return !hasNumbers() && !hasTexts() && !hasBooleans();
    }

    /** The integers in ascending order, each once. */
    long[] longs() {
        return longs.clone();
    }

    double[] doubles() {
        return doubles.clone();
    }

    Set<String> texts() {
        return Set.copyOf(texts);
    }
}
