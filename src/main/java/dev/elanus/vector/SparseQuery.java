package dev.elanus.vector;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.BytesColumn;
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
        int[] terms, float[] weights, @Nullable Bm25 bm25) implements QueryVector {
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
        /** The factor of a term's rarity, below {@code k1 + 1}. */
        public float of(float frequency, float length) {
            return frequency * (k1 + 1) / (frequency + constant() + slope() * length);
        }

        private float constant() {
            return averageLength == 0 ? k1 : k1 * (1 - b);
        }

        private float slope() {
            return averageLength == 0 ? 0 : (float) (k1 * b / averageLength);
        }

        /** By how much at most what {@link #of} gives is more than what it gives with other parameters; infinite where that cannot be said. */
        public float atMost(Bm25 other) {
            if (k1 != other.k1 || b != other.b) {
                return Float.POSITIVE_INFINITY;
            }
            return averageLength <= other.averageLength ? 1 : (float) (averageLength / other.averageLength);
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
    public SparseQuery without(double share) {
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
    public float part(int place, float value, float length) {
        return weights[place] * (bm25 == null ? value : bm25.of(value, length));
    }

    /**
     * The score of a row; NaN where it has none of the query's terms.
     *
     * @param pairs holds the row's indexes and values, ascending, {@code length} bytes from {@code offset} on
     */
    public float score(MemorySegment pairs, long offset, long length) {
        float rowLength = bm25 == null ? 0 : lengthOf(pairs, offset, length);
        float sum = 0;
        boolean common = false;
        int term = 0;
        long at = offset;
        long end = offset + length;
        while (term < terms.length && at < end) {
            int order = Integer.compareUnsigned(terms[term], pairs.get(INT_LE, at));
            if (order == 0) {
                sum += part(term, pairs.get(FLOAT_LE, at + Integer.BYTES), rowLength);
                common = true;
            }
            term += order <= 0 ? 1 : 0;
            at += order >= 0 ? PAIR_BYTES : 0;
        }
        return common ? sum : Float.NaN;
    }

    /**
     * The same query, its weights how often the query has a term, for BM25.
     *
     * @param statistics of all rows that the search compares
     */
    public SparseQuery scored(float k1, float b, TermStatistics statistics) {
        float[] scored = new float[weights.length];
        for (int i = 0; i < scored.length; i++) {
            scored[i] = (float)
                    (weights[i] * Bm25.rarity(statistics.rows(), statistics.having()[i]));
        }
        return new SparseQuery(terms, scored, new Bm25(k1, b, statistics.averageLength()));
    }

    /** How many rows of a column have each of the query's terms. */
    public TermStatistics statistics(BytesColumn column) {
        long[] having = new long[terms.length];
        double length = 0;
        long present = 0;
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            present++;
            long offset = column.startAt(row);
            length += lengthOf(column.bytes(), offset, column.lengthAt(row));
            int term = 0;
            long at = offset;
            while (term < terms.length && at < offset + column.lengthAt(row)) {
                int order = Integer.compareUnsigned(terms[term], column.bytes().get(INT_LE, at));
                having[term] += order == 0 ? 1 : 0;
                term += order <= 0 ? 1 : 0;
                at += order >= 0 ? PAIR_BYTES : 0;
            }
        }
        return new TermStatistics(present, length, having);
    }

    /** The sum of a row's values: under BM25 the tokens of its text. */
    public static float lengthOf(MemorySegment pairs, long offset, long length) {
        double sum = 0;
        for (long at = offset; at < offset + length; at += PAIR_BYTES) {
            sum += pairs.get(FLOAT_LE, at + Integer.BYTES);
        }
        return (float) sum;
    }

    @Override
    public long sizeBytes() {
        return (long) terms.length * PAIR_BYTES;
    }
}
