package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.vector.Metric;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.RowSource;
import java.lang.foreign.MemorySegment;

/**
 * How rows are compared inside of an index. COSINE becomes the inner product of vectors that are normalized once,
 * when the index is built, rather than at each comparison; zero vectors stay zero, so that their cosine is 0.
 *
 * @param metric what clients see
 */
record Geometry(Metric metric) {
    /** L2 or IP: the metric of stored rows and {@link #query prepared} queries. */
    Metric inner() {
        return metric == Metric.COSINE ? Metric.IP : metric;
    }

    /** The query as it is compared with stored rows. */
    float[] query(float[] vector) {
        return metric == Metric.COSINE ? RowScores.normalized(vector) : vector;
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
                long offset = (long) row * into.length * Float.BYTES;
                MemorySegment.copy(vectors.values(), Column.FLOAT_LE, offset, into, 0, into.length);
                if (metric == Metric.COSINE) {
                    RowScores.normalize(into);
                }
            }
        };
    }

    /** The score that clients see of a distance, which is smaller for what is nearer. */
    float score(float distance) {
        float score = inner().toScore(distance);
        return metric == Metric.COSINE ? Math.clamp(score, -1f, 1f) : score;
    }
}
