package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.schema.CollectionSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hits of all queries, one query's after the other's, each best first.
 *
 * @param hitCounts hits of each query
 * @param keys primary keys, one a hit: a {@code FixedColumn} of Int64 or a {@code BytesColumn} of VarChar
 * @param scores one a hit: squared distance, inner product or cosine
 * @param elements of each hit the place of its vector within the row's list; null where rows are hits as a whole
 * @param output the output fields' values, one row a hit
 * @param groups of each hit the value that its group has in common, null where hits are not grouped
 * @param highlights texts of the hits with words marked, one for each field whose words were asked for
 * @param lastScore of the last hit, before rounding; NaN where there is none
 * @param paths which way the search took through each segment, and why; empty unless the parameter {@code explain} asked for it
 * @param readTimestamp hybrid timestamp of what was read
 */
public record SearchResult(
        CollectionSchema schema,
        int[] hitCounts,
        Column keys,
        float[] scores,
        int @Nullable [] elements,
        OutputRows output,
        OutputRows.@Nullable OutputColumn groups,
        List<Highlights> highlights,
        float lastScore,
        long readTimestamp,
        RequestCost cost,
        List<String> paths) {
    public SearchResult {
        assert hitCounts.length > 0
                && List.of(keys.rowCount(), output.rowCount()).stream().allMatch(n -> n == scores.length);
    }
}
