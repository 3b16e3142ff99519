package dev.elanus.engine;

import dev.elanus.column.Column;

/**
 * A durable write.
 *
 * @param keys primary keys of all rows in the order given, generated ones included; empty for a delete
 * @param count rows inserted, upserted or deleted
 * @param timestamp hybrid timestamp of the write: a read that guarantees it sees the write
 */
public record WriteResult(Column keys, long count, long timestamp) {}
