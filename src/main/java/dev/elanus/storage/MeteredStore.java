package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A store as one request sees it: every call is counted, also one that fails. Closing it leaves the store beneath open, which belongs to
 * the process and not to the request.
 */
public final class MeteredStore implements ObjectStore {
    private final ObjectStore store;
    private final Meter meter;

    public MeteredStore(ObjectStore store, Meter meter) {
        this.store = store;
        this.meter = meter;
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        meter.countPut();
        return store.putIfAbsent(key, content);
    }

    @Override
    public void replace(String key, Content content) {
        meter.countPut();
        store.replace(key, content);
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        long bytes = 0;
        try {
            Optional<MemorySegment> found = store.get(key);
            bytes = found.map(MemorySegment::byteSize).orElse(0L);
            return found;
        } finally {
            meter.countGet(bytes);
        }
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        long bytes = 0;
        try {
            MemorySegment found = store.read(key, range);
            bytes = found.byteSize();
            return found;
        } finally {
            meter.countGet(bytes);
        }
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        meter.countList();
        return store.list(prefix, startAfter, limit);
    }

    @Override
    public void delete(String key) {
        meter.countPut();
        store.delete(key);
    }

    @Override
    public int abortLeftOvers(Instant before) {
        return store.abortLeftOvers(before);
    }

    @Override
    public String trouble() {
        return store.trouble();
    }

    @Override
    public Optional<Path> localFile(String key) {
        return store.localFile(key);
    }

    @Override
    public void close() {}
}
