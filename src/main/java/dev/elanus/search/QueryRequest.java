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
 * @param orderBy names of fields and directions, {@code price:asc,rank:desc}; empty for the order of the keys
 * @param ignoreGrowing leave out rows that are not sealed yet
 * @param collectionId refuses a collection of another id, which has taken the name since; 0 for any
 */
public record QueryRequest(
        CollectionName collection,
        List<String> partitions,
        FilterText filter,
        List<String> outputFields,
        long limit,
        long offset,
        ReadPoint readPoint,
        Duration timeLimit,
        String orderBy,
        boolean ignoreGrowing,
        long collectionId) {
    /** A query of whatever collection has the name. */
    public QueryRequest(
            CollectionName collection,
            List<String> partitions,
            FilterText filter,
            List<String> outputFields,
            long limit,
            long offset,
            ReadPoint readPoint,
            Duration timeLimit) {
        this(collection, partitions, filter, outputFields, limit, offset, readPoint, timeLimit, "", false, 0);
    }

    /** The same of the collection of that id, or of any if it is 0. */
    public QueryRequest ofCollection(long id) {
        return copy(partitions, orderBy, ignoreGrowing, id);
    }

    /** The same without rows that are not sealed yet, or with them. */
    public QueryRequest ignoringGrowing(boolean ignore) {
        return copy(partitions, orderBy, ignore, collectionId);
    }

    /** The same in another order. */
    public QueryRequest orderedBy(String fields) {
        return copy(partitions, fields, ignoreGrowing, collectionId);
    }

    /** The same in some partitions; in all where none is named. */
    public QueryRequest in(List<String> names) {
        return copy(List.copyOf(names), orderBy, ignoreGrowing, collectionId);
    }

    private QueryRequest copy(List<String> names, String order, boolean ignore, long id) {
        return new QueryRequest(
                collection, names, filter, outputFields, limit, offset, readPoint, timeLimit, order, ignore, id);
    }
}
