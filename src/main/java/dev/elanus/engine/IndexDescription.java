package dev.elanus.engine;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * An index as it stands.
 *
 * @param fieldName of a field, or a key of the dynamic field
 * @param params as the client gave them, with {@code index_type} and {@code metric_type} filled in
 * @param totalRows rows in sealed segments
 * @param indexedRows rows in sealed segments whose index is built
 * @param recall lowest recall@10 measured at seal over its segments, if any was measured
 */
public record IndexDescription(
        long id,
        String name,
        String fieldName,
        Map<String, String> params,
        long totalRows,
        long indexedRows,
        OptionalDouble recall) {
    /** Rows that are searched exactly until their segment is indexed. */
    public long pendingRows() {
        return Math.max(0, totalRows - indexedRows);
    }
}
