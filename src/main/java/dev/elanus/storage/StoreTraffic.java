package dev.elanus.storage;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a process sends to its store beyond what it was asked for, counted since its start. Safe for use from many threads. */
public final class StoreTraffic {
    private static final long RECENT_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongAdder requests = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder hedged = new LongAdder();
    private final LongAdder hedgesWon = new LongAdder();

    /** What went wrong last, and when by {@link dev.elanus.host.Host#nanoTime}. */
    private volatile @Nullable Trouble last;

    private record Trouble(String text, long nanos) {}

    /** See {@link ObjectStore#trouble}. */
    String trouble(long nowNanos) {
        Trouble known = last;
        return known == null || nowNanos - known.nanos > RECENT_NANOS
                ? ""
                : "; the store was asked again because of: " + known.text;
    }

    void note(String trouble, long nowNanos) {
        last = new Trouble(trouble, nowNanos);
    }

    /** Requests in all, retries and hedges included. */
    public long requests() {
        return requests.sum();
    }

    /** Requests that were sent again because the one before failed in a way that passes. */
    public long retried() {
        return retried.sum();
    }

    /** Answers by which the store asked to slow down. */
    public long throttled() {
        return throttled.sum();
    }

    /** Second requests for the same bytes because the first took longer than nearly all do. */
    public long hedged() {
        return hedged.sum();
    }

    /** Second requests that were answered before the first. */
    public long hedgesWon() {
        return hedgesWon.sum();
    }

    void countRequest() {
        requests.increment();
    }

    void countRetry() {
        retried.increment();
    }

    void countThrottled() {
        throttled.increment();
    }

    void countHedge() {
        hedged.increment();
    }

    void countHedgeWon() {
        hedgesWon.increment();
    }
}
