package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.DataType;
import dev.elanus.vector.DistanceRange;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** Every allowed row of a column compared with the query. */
final class ExactScan {
    private ExactScan() {}

    static Hits search(Kernels kernels, Metric metric, VectorColumn vectors, Column keys, IndexQuery query) {
        return search(kernels, metric, vectors, keys, query, DistanceRange.ALL);
    }

    static Hits search(
            Kernels kernels, Metric metric, VectorColumn vectors, Column keys, IndexQuery query, DistanceRange range) {
        TopK top = new TopK(Math.max(1, Math.min(query.k(), vectors.rowCount())));
        RowScores scores = new RowScores(kernels, metric, query.vector());
        Numbers numbers = vectors.type() == DataType.FLOAT_VECTOR ? null : new Numbers(vectors.dimension());
        long[] scanned = new long[1];
        RowBatches.forEach(query.allowed(), vectors.rowCount(), (rows, count, found) -> {
            if (numbers == null) {
                scores.scores(vectors.values(), 0, rows, count, found);
            } else {
                numbers.read(vectors, rows, count);
                scores.scores(numbers.values, 0, numbers.places, count, found);
            }
            for (int i = 0; i < count; i++) {
                float distance = metric.toDistance(found[i]);
                if (range.contains(distance) && !vectors.isNull(rows[i])) {
                    top.offer(distance, rows[i]);
                }
            }
            scanned[0] += count;
        });
        long[] nearest = top.sorted();
        int[] hitRows = new int[nearest.length];
        float[] hitScores = new float[nearest.length];
        for (int i = 0; i < nearest.length; i++) {
            hitRows[i] = TopK.rowOf(nearest[i]);
            hitScores[i] = metric.toScore(TopK.distanceOf(nearest[i]));
        }
        return new Hits(hitRows, hitScores, keys.select(hitRows), scanned[0]);
    }

    /** The rows of a batch as float32, in memory that kernels read quickly. */
    private static final class Numbers {
        private final MemorySegment values;
        private final float[] row;
        private final int[] places = IntStream.range(0, RowBatches.ROWS).toArray();

        Numbers(int dimension) {
            values = Column.allocate((long) RowBatches.ROWS * dimension * Float.BYTES);
            row = new float[dimension];
        }

        void read(VectorColumn vectors, int[] rows, int count) {
            for (int i = 0; i < count; i++) {
                vectors.floatsAt(rows[i], row);
                MemorySegment.copy(row, 0, values, Column.FLOAT_LE, (long) i * row.length * Float.BYTES, row.length);
            }
        }
    }
}
