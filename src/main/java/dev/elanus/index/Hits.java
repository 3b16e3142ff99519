package dev.elanus.index;

import dev.elanus.column.Column;

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
}
