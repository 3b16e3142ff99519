package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.vector.DistanceRange;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.TopK;

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
        long[] scanned = new long[1];
        RowBatches.forEach(query.allowed(), vectors.rowCount(), (rows, count, found) -> {
            scores.scores(vectors.values(), 0, rows, count, found);
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
}
