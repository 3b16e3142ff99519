package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.vector.Metric;
import dev.elanus.vector.TopK;
import org.jspecify.annotations.Nullable;

/**
 * Nearest rows of one segment for one query vector, best first, equal scores by row number; of rows of lists of vectors, where single vectors are
 * compared, every vector near enough is a hit.
 *
 * @param rows row numbers within the segment
 * @param scores one a row: squared distance, inner product or cosine of the full float32 vectors where the index kind
 *     keeps them
 * @param keys primary keys, one a row
 * @param elements of each hit the place of its vector within the row's list; null where a row has one vector, or all count together
 * @param rowsScanned rows whose distance was computed, approximate ones included
 */
public record Hits(int[] rows, float[] scores, Column keys, int @Nullable [] elements, long rowsScanned) {
    public Hits {
        assert rows.length == scores.length && rows.length == keys.rowCount();
        assert elements == null || elements.length == rows.length;
    }

    /** Hits that are rows as a whole. */
    public Hits(int[] rows, float[] scores, Column keys, long rowsScanned) {
        this(rows, scores, keys, null, rowsScanned);
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
