package dev.elanus.host;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether the pages of a process are short: they are for a while after it waited for many within a tenth of a second. Where they are fetched ahead no
 * more waits are counted, so that after the while it is found out again whether they would be.
 */
final class Scarcity {
    static final long SAMPLE_NANOS = Duration.ofMillis(100).toNanos();
    static final long WHILE_NANOS = Duration.ofSeconds(10).toNanos();
    /** Of a process that starts, or reads a new segment once, there are as many for a moment; then a few calls are wasted. */
    static final double MANY_PER_SECOND = 200;

    private final LongSupplier nanoTime;
    private final LongSupplier waits;
    private final AtomicLong nextSample;
    private long sampledAt;
    private long sampled;
    private volatile boolean scarce;
    private long scarceUntil;

    /**
     * @param nanoTime see {@link System#nanoTime}
     * @param waits how often the process has waited for a page until now
     */
    Scarcity(LongSupplier nanoTime, LongSupplier waits) {
        this.nanoTime = nanoTime;
        this.waits = waits;
        sampledAt = nanoTime.getAsLong();
        sampled = waits.getAsLong();
        nextSample = new AtomicLong(sampledAt + SAMPLE_NANOS);
    }

    boolean isScarce() {
        long now = nanoTime.getAsLong();
        long next = nextSample.get();
        // Only one thread samples at a time, and the others take what it found.
        if (now - next >= 0 && nextSample.compareAndSet(next, now + SAMPLE_NANOS)) {
            sample(now);
        }
        return scarce;
    }

    private synchronized void sample(long now) {
        long count = waits.getAsLong();
        double perSecond = (count - sampled) * 1e9 / Math.max(1, now - sampledAt);
        if (perSecond >= MANY_PER_SECOND) {
            scarceUntil = now + WHILE_NANOS;
            scarce = true;
        } else if (scarce && now - scarceUntil >= 0) {
            scarce = false;
        }
        sampled = count;
        sampledAt = now;
    }
}
