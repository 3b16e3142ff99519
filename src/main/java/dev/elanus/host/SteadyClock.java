package dev.elanus.host;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Nanoseconds that never go back and that count the time for which the machine was suspended. The operating system's own steady clock stands still
 * meanwhile, so that a function that was frozen for hours would take what it knew before for new. Where the wall clock has gained on the steady one by
 * more than a clock that is merely being corrected does, that time is added. A wall clock that is put forward does no harm: what is known is only
 * looked up once more. Safe for use from many threads.
 */
final class SteadyClock {
    /** Smaller gains are corrections. */
    private static final long JUMP_NANOS = Duration.ofSeconds(2).toNanos();
    /** Smaller drifts are not worth a write that other cores must see. */
    private static final long DRIFT_NANOS = Duration.ofMillis(50).toNanos();

    private final LongSupplier steady;
    private final InstantSource wall;
    /** The wall clock's lead over the steady one when they were last compared. */
    private volatile long lead;

    private volatile long suspendedNanos;

    SteadyClock(LongSupplier steady, InstantSource wall) {
        this.steady = steady;
        this.wall = wall;
        this.lead = leadNow(steady.getAsLong());
    }

    long nanoTime() {
        long now = steady.getAsLong();
        long gained = leadNow(now) - lead;
        if (gained > JUMP_NANOS || Math.abs(gained) > DRIFT_NANOS) {
            compare(now);
        }
        return now + suspendedNanos;
    }

    private synchronized void compare(long now) {
        long gained = leadNow(now) - lead;
        if (gained > JUMP_NANOS) {
            suspendedNanos += gained;
        }
        lead += gained;
    }

    private long leadNow(long now) {
        return Duration.ofMillis(wall.millis()).toNanos() - now;
    }
}
