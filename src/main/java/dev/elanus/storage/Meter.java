package dev.elanus.storage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one request asked of a store. Safe for use from many threads. */
public final class Meter {
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger puts = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger waves = new AtomicInteger();
    private final AtomicLong bytesRead = new AtomicLong();

    /** Requests that read an object or a part of one. */
    public int gets() {
        return gets.get();
    }

    /** Requests that wrote or deleted an object. */
    public int puts() {
        return puts.get();
    }

    /** Listings. */
    public int lists() {
        return lists.get();
    }

    /** Bytes that came from the store. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** Dependent rounds of requests: each had to wait for the one before. */
    public int waves() {
        return waves.get();
    }

    public void countWave() {
        waves.incrementAndGet();
    }

    /** Adds what another meter counted before this one's next wave. */
    public void add(Meter other) {
        waves.addAndGet(other.waves());
        gets.addAndGet(other.gets());
        puts.addAndGet(other.puts());
        lists.addAndGet(other.lists());
        bytesRead.addAndGet(other.bytesRead());
    }

    /** Counts a request that read {@code bytes} of an object, 0 if there was none. */
    public void countGet(long bytes) {
        gets.incrementAndGet();
        bytesRead.addAndGet(bytes);
    }

    void countPut() {
        puts.incrementAndGet();
    }

    void countList() {
        lists.incrementAndGet();
    }
}
