package dev.elanus.search;

import dev.elanus.schema.CollectionSchema;
import java.util.OptionalLong;

/**
 * Rows in ascending order of their primary keys, or their number.
 *
 * @param output the primary key first, then the output fields; no rows where they were counted
 * @param count the number of rows where {@code count(*)} was asked for
 * @param readTimestamp hybrid timestamp of what was read
 */
public record QueryResult(
        CollectionSchema schema, OutputRows output, OptionalLong count, long readTimestamp, RequestCost cost) {}
