package dev.elanus.search;

import dev.elanus.log.HybridClock;
import dev.elanus.schema.ConsistencyLevel;
import org.jspecify.annotations.Nullable;

/**
 * What a read must see.
 *
 * @param level null for the collection's own
 * @param guaranteeTimestamp hybrid timestamp up to which writes must be visible; 0 and small numbers promise nothing
 * @param asOf hybrid timestamp: nothing that was written later is visible; 0 for now. Then the level says nothing
 */
public record ReadPoint(@Nullable ConsistencyLevel level, long guaranteeTimestamp, long asOf) {
    /** Numbers below this one are milliseconds since 1970, numbers above hybrid timestamps. */
    private static final long FIRST_HYBRID = 1L << 50;

    /** What a read of the present must see. */
    public ReadPoint(@Nullable ConsistencyLevel level, long guaranteeTimestamp) {
        this(level, guaranteeTimestamp, 0);
    }

    /**
     * The same for a read of the past.
     *
     * @param time a hybrid timestamp, or milliseconds since 1970 of which all is read; 0 for now
     */
    public ReadPoint asOf(long time) {
        boolean isMillis = time > 0 && time < FIRST_HYBRID;
        long last = (1L << HybridClock.COUNTER_BITS) - 1;
        return new ReadPoint(level, guaranteeTimestamp, isMillis ? time << HybridClock.COUNTER_BITS | last : time);
    }
}
