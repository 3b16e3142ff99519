package dev.elanus.search;

import dev.elanus.schema.CollectionName;
import java.time.Duration;
import java.util.List;

/**
 * Rows by filter, in the order of their primary keys.
 *
 * @param partitions names; empty for all
 * @param outputFields names of fields, of dynamic keys, {@code *}, or {@code count(*)} alone
 * @param limit rows at most, or -1 for no limit, which a blank filter does not allow unless rows are counted
 * @param offset rows to leave out from the front
 * @param timeLimit how long the query may take
 */
public record QueryRequest(
        CollectionName collection,
        List<String> partitions,
        FilterText filter,
        List<String> outputFields,
        long limit,
        long offset,
        ReadPoint readPoint,
        Duration timeLimit) {
    /** The same in some partitions; in all where none is named. */
    public QueryRequest in(List<String> names) {
        return new QueryRequest(
                collection, List.copyOf(names), filter, outputFields, limit, offset, readPoint, timeLimit);
    }
}
