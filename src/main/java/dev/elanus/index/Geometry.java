package dev.elanus.index;

import dev.elanus.column.VectorColumn;
import dev.elanus.column.VectorElements;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.RowSource;
import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;

/**
 * How rows are compared inside of an index. COSINE becomes the inner product of vectors that are normalized once,
 * when the index is built, rather than at each comparison; zero vectors stay zero, so that their cosine is 0.
 *
 * @param metric what clients see
 */
record Geometry(Metric metric) {
    /** L2 or IP: the metric of stored rows and {@link #query prepared} queries as numbers. Bits are numbers of 0 and 1. */
    Metric inner() {
        return switch (metric) {
            case COSINE, IP -> Metric.IP;
            case L2, HAMMING, JACCARD -> Metric.L2;
            default -> throw new IllegalStateException("no index object has the metric " + metric);
        };
    }

    /** The metric of rows as an index stores them: {@link #inner}, or that of bits. */
    Metric ofRows() {
        return metric == Metric.HAMMING || metric == Metric.JACCARD ? metric : inner();
    }

    /** The query as it is compared with stored rows as numbers. */
    float[] query(QueryVector vector) {
        return switch (vector) {
            case QueryVector.Floats floats ->
                metric == Metric.COSINE ? RowScores.normalized(floats.components()) : floats.components();
            case QueryVector.Bits bits -> {
                float[] numbers = new float[bits.bytes().length * Byte.SIZE];
                VectorElements.read(DataType.BINARY_VECTOR, MemorySegment.ofArray(bits.bytes()), 0, numbers);
                yield numbers;
            }
            case SparseQuery _, QueryVector.Several _ ->
                throw new IllegalStateException("neither sparse vectors nor lists have a geometry");
        };
    }

    /** The rows of a column as they are stored. */
    RowSource stored(VectorColumn vectors) {
        return new RowSource() {
            @Override
            public int rowCount() {
                return vectors.rowCount();
            }

            @Override
            public int dimension() {
                return vectors.dimension();
            }

            @Override
            public void read(int row, float[] into) {
                vectors.floatsAt(row, into);
                if (metric == Metric.COSINE) {
                    RowScores.normalize(into);
                }
            }
        };
    }

    /** The score that clients see of a distance, which is smaller for what is nearer. */
    float score(float distance) {
        float score = ofRows().toScore(distance);
        return metric == Metric.COSINE ? Math.clamp(score, -1f, 1f) : score;
    }
}
