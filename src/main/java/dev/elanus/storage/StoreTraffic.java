package dev.elanus.storage;

import java.util.concurrent.atomic.LongAdder;

/** What a process sends to its store beyond what it was asked for, counted since its start. Safe for use from many threads. */
public final class StoreTraffic {
    private final LongAdder requests = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder hedged = new LongAdder();
    private final LongAdder hedgesWon = new LongAdder();

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
