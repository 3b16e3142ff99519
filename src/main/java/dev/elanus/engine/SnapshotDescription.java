package dev.elanus.engine;

import dev.elanus.schema.CollectionName;

/**
 * A version of a collection that is kept under a name.
 *
 * @param createdTimestamp hybrid: milliseconds since 1970 shifted left by 18
 * @param rowCount living rows
 */
public record SnapshotDescription(
        CollectionName collection, String name, String description, long createdTimestamp, long rowCount) {}
