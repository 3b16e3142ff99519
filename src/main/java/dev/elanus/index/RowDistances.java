package dev.elanus.index;

import dev.elanus.vector.BitScores;
import dev.elanus.vector.CodeScores;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.ProductQuantizer;
import dev.elanus.vector.QueryVector;
import java.lang.foreign.MemorySegment;

/** Distances of one query from rows by number, as good as the rows' codes: smaller is nearer. */
@FunctionalInterface
interface RowDistances {
    /** Puts the distance of row {@code rows[i]} at {@code distances[i]}, for {@code 0 ≤ i < count}. */
    void of(int[] rows, int count, float[] distances);

    /** From int8 codes. */
    record ByInt8(CodeScores scores, MemorySegment codes, boolean negative) implements RowDistances {
        @Override
        public void of(int[] rows, int count, float[] distances) {
            scores.scores(codes, 0, rows, count, distances);
            for (int i = 0; i < count && negative; i++) {
                distances[i] = -distances[i];
            }
        }
    }

    /** From product-quantized codes. */
    record ByProduct(float[] table, MemorySegment codes, int pieces) implements RowDistances {
        @Override
        public void of(int[] rows, int count, float[] distances) {
            for (int i = 0; i < count; i++) {
                distances[i] = ProductQuantizer.distance(table, codes, (long) rows[i] * pieces, pieces);
            }
        }
    }

    /** From bits. */
    record ByBits(BitScores scores, MemorySegment bits) implements RowDistances {
        @Override
        public void of(int[] rows, int count, float[] distances) {
            scores.scores(bits, 0, rows, count, distances);
        }
    }

    /** Of bits by HAMMING or JACCARD, whose scores are distances. */
    static RowDistances of(GraphHead head, Metric metric, QueryVector.Bits query) {
        return new ByBits(new BitScores(metric, query.bytes(), 1), head.codes());
    }

    /** @param query prepared by {@link Geometry#query} */
    static RowDistances of(Kernels kernels, GraphHead head, Metric inner, float[] query) {
        return switch (head.codeKind()) {
            case INT8, INT8_EXACT ->
                new ByInt8(
                        new CodeScores(kernels, head.int8Quantizer(), inner, query),
                        head.codes(),
                        inner.largerIsNearer());
            case PRODUCT ->
                new ByProduct(head.productQuantizer().tableFor(kernels, inner, query), head.codes(), head.codeBytes());
            case BITS -> throw new IllegalStateException("bits are compared with bits");
        };
    }
}
