package dev.elanus.bench;

import dev.elanus.column.ByteRange;
import dev.elanus.host.Host;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.Put;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A store as seen from afar: each request takes a log-normal time more, median 30 ms and 99th percentile 80 ms, and each stream carries 90 MB/s. */
final class DistantStore implements ObjectStore {
    private static final double MEDIAN_MILLIS = 30;
    /** The natural logarithm of 80 / 30, over the 99th percentile of the normal distribution. */
    private static final double SIGMA = Math.log(80.0 / 30) / 2.326;

    private static final double BYTES_PER_MILLI = 90_000;

    private final ObjectStore store;
    private final Host host;
    private final double medianMillis;
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();

    DistantStore(ObjectStore store, Host host) {
        this(store, host, MEDIAN_MILLIS);
    }

    /** @param medianMillis added to each request; 0 for a store that is near, and as fast as it is */
    DistantStore(ObjectStore store, Host host, double medianMillis) {
        this.store = store;
        this.host = host;
        this.medianMillis = medianMillis;
    }

    private void travel(long bytes) {
        if (medianMillis == 0) {
            return;
        }
        double millis = medianMillis * Math.exp(SIGMA * host.random().nextGaussian()) + bytes / BYTES_PER_MILLI;
        host.pause(Duration.ofNanos((long) (millis * 1e6)));
    }

    @Override
    public String describe() {
        return "distant " + store.describe();
    }

    /** Objects that were put, in vain or not. */
    long puts() {
        return puts.get();
    }

    long bytesWritten() {
        return bytesWritten.get();
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        puts.incrementAndGet();
        bytesWritten.addAndGet(content.length());
        travel(content.length());
        return store.putIfAbsent(key, content);
    }

    @Override
    public void replace(String key, Content content) {
        travel(content.length());
        store.replace(key, content);
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        Optional<MemorySegment> found = store.get(key);
        travel(found.map(MemorySegment::byteSize).orElse(0L));
        return found;
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        travel(range.length());
        return store.read(key, range);
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        travel(0);
        return store.list(prefix, startAfter, limit);
    }

    @Override
    public void delete(String key) {
        travel(0);
        store.delete(key);
    }

    @Override
    public Optional<Path> localFile(String key) {
        return Optional.empty();
    }

    @Override
    public void close() {
        store.close();
    }
}
