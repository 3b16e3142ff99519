package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Unavailable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A store that writes down what is read, in blocks, and can hold reads back, fail them, and flip a bit of one transfer. */
final class ProbedStore implements ObjectStore {
    private static final int BLOCK = 65_536;

    final Queue<String> reads = new ConcurrentLinkedQueue<>();
    /** Places in objects whose next transfer has a wrong bit there. */
    final Set<Long> flips = ConcurrentHashMap.newKeySet();

    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    volatile boolean failing;

    private final ObjectStore store;
    private final Semaphore begun = new Semaphore(0);

    ProbedStore(ObjectStore store) {
        this.store = store;
    }

    /** Waits until {@code count} reads have begun. */
    void awaitReads(int count) {
        try {
            if (!begun.tryAcquire(count, 20, TimeUnit.SECONDS)) {
                throw new AssertionError("expected " + count + " reads at the same time, found " + reads);
            }
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        reads.add(key + describe(key, range));
        // Before it is told that the read has begun: whoever waits for that may set another gate for the next.
        CompletableFuture<Void> own = gate;
        begun.release();
        own.join();
        if (failing) {
            throw new Unavailable("cannot read " + key);
        }
        MemorySegment bytes = store.read(key, range);
        for (long at : flips) {
            if (at >= range.offset() && at < range.end() && flips.remove(at)) {
                bytes = MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE));
                flip(bytes, at - range.offset());
            }
        }
        return bytes;
    }

    static void flip(MemorySegment bytes, long at) {
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) (bytes.get(ValueLayout.JAVA_BYTE, at) ^ 16));
    }

    /** First block and count, and whether the tail was read, by the object's length: bodies of the tests are whole blocks. */
    private String describe(String key, ByteRange range) {
        long length = store.get(key).map(MemorySegment::byteSize).orElse(Long.MAX_VALUE);
        boolean tail = range.end() == length;
        long blocks = tail ? (length - range.offset()) / BLOCK : (range.length() + BLOCK - 1) / BLOCK;
        return (blocks == 0 ? "" : " " + range.offset() / BLOCK + "+" + blocks) + (tail ? " tail" : "");
    }

    @Override
    public String describe() {
        return "probed " + store.describe();
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        return store.putIfAbsent(key, content);
    }

    @Override
    public void replace(String key, Content content) {
        store.replace(key, content);
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        return store.get(key);
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        return store.list(prefix, startAfter, limit);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public Optional<Path> localFile(String key) {
        return store.localFile(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
