package dev.elanus.search;

import dev.elanus.schema.ConsistencyLevel;
import org.jspecify.annotations.Nullable;

/**
 * What a read must see.
 *
 * @param level null for the collection's own
 * @param guaranteeTimestamp hybrid timestamp up to which writes must be visible; 0 and small numbers promise nothing
 */
public record ReadPoint(@Nullable ConsistencyLevel level, long guaranteeTimestamp) {}
