package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.vector.Metric;
import dev.elanus.vector.TopK;

/**
 * Nearest rows of one segment for one query vector, best first, equal scores by row number.
 *
 * @param rows row numbers within the segment
 * @param scores one a row: squared distance, inner product or cosine of the full float32 vectors where the index kind
 *     keeps them
 * @param keys primary keys, one a row
 * @param rowsScanned rows whose distance was computed, approximate ones included
 */
public record Hits(int[] rows, float[] scores, Column keys, long rowsScanned) {
    public Hits {
        assert rows.length == scores.length && rows.length == keys.rowCount();
    }

    /**
     * What a selection kept.
     *
     * @param keys of all rows
     */
    static Hits of(TopK top, Metric metric, Column keys, long rowsScanned) {
        long[] nearest = top.sorted();
        int[] rows = new int[nearest.length];
        float[] scores = new float[nearest.length];
        for (int i = 0; i < nearest.length; i++) {
            rows[i] = TopK.rowOf(nearest[i]);
            scores[i] = metric.toScore(TopK.distanceOf(nearest[i]));
        }
        return new Hits(rows, scores, keys.select(rows), rowsScanned);
    }
}
