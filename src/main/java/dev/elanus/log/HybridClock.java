package dev.elanus.log;

import java.time.InstantSource;

/**
 * Timestamps of milliseconds since 1970, shifted left by 18, plus a counter (Kulkarni et al. 2014, "Logical Physical Clocks", without the
 * message part). They never go back, whatever the wall clock does. Safe for use from many threads.
 */
public final class HybridClock {
    /** Bits of the counter. */
    public static final int COUNTER_BITS = 18;

    private final InstantSource wall;
    private long last;

    public HybridClock(InstantSource wall) {
        this.wall = wall;
    }

    /** A timestamp greater than any that this clock gave out. */
    public long next() {
        return reserve(1, 0);
    }

    /**
     * The first of {@code count} consecutive timestamps that are greater than any that this clock gave out and than {@code after}.
     */
    public synchronized long reserve(int count, long after) {
        long first = Math.max(wall.millis() << COUNTER_BITS, Math.max(last, after) + 1);
        last = first + count - 1;
        return first;
    }

    /** The hybrid timestamp of now by the wall clock alone. */
    public long wallTimestamp() {
        return wall.millis() << COUNTER_BITS;
    }
}
