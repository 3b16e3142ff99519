package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sparse vector to search for.
 *
 * @param terms its indexes, uint32, ascending
 * @param weights one an index: its value, or under BM25 how often the query has the term times how rare it is
 * @param bm25 how values count under BM25; null under IP, where they are multiplied
 */
public record SparseQuery(
        int[] terms, float[] weights, @Nullable Bm25 bm25) {
    /** Bytes of an index and its value. */
    private static final int PAIR_BYTES = 8;

    /**
     * How much a term's frequency counts in BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond").
     *
     * @param k1 from which frequency on more of it counts little
     * @param b 0 to 1: how much a text's length counts
     * @param averageLength tokens in a text
     */
    public record Bm25(float k1, float b, double averageLength) {
        /** @return the factor of a term's rarity */
        float of(float frequency, float length) {
            double relative = averageLength == 0 ? 1 : length / averageLength;
            return (float) (frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * relative)));
        }

        /**
         * How rare a term is.
         *
         * @param rows all of them
         * @param having those that have the term
         */
        public static double rarity(long rows, long having) {
            return Math.log(1 + (rows - having + 0.5) / (having + 0.5));
        }
    }

    /** The query whose pairs of uint32 index and float32 value, ascending, are these bytes. */
    public static SparseQuery of(MemorySegment pairs) {
        int count = (int) (pairs.byteSize() / PAIR_BYTES);
        int[] terms = new int[count];
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            terms[i] = pairs.get(INT_LE, (long) i * PAIR_BYTES);
            weights[i] = pairs.get(FLOAT_LE, (long) i * PAIR_BYTES + Integer.BYTES);
        }
        return new SparseQuery(terms, weights, null);
    }

    /** The same query without its smallest values: that share of them, rounded down. */
    SparseQuery without(double share) {
        int dropped = (int) (share * terms.length);
        if (dropped == 0) {
            return this;
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < terms.length; i++) {
            places.add(i);
        }
        int[] kept = places.stream()
                .sorted(Comparator.comparing((Integer i) -> weights[i]))
                .skip(dropped)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        int[] keptTerms = new int[kept.length];
        float[] keptWeights = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptTerms[i] = terms[kept[i]];
            keptWeights[i] = weights[kept[i]];
        }
        return new SparseQuery(keptTerms, keptWeights, bm25);
    }

    /** What one term that a row has adds to its score. */
    float part(int place, float value, float length) {
        return weights[place] * (bm25 == null ? value : bm25.of(value, length));
    }
}
