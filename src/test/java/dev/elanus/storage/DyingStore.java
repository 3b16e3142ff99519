package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A store as a process sees it that is killed at one of its requests: that request is applied or not, its reply never comes, and neither it nor
 * any later request returns. What the process does after its death reaches nothing.
 */
public class DyingStore implements ObjectStore {
    private final ObjectStore store;
    private final long deadlyRequest;
    private final boolean applied;
    private long requests;

    /** What a request of a dead process ends in. Not an exception, so that no code under test takes it for a failure of the store. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("the process was killed, as was asked for");
        }
    }

    /**
     * @param deadlyRequest counted from 1
     * @param applied whether the deadly request reaches the store
     */
    public DyingStore(ObjectStore store, long deadlyRequest, boolean applied) {
        this.store = store;
        this.deadlyRequest = deadlyRequest;
        this.applied = applied;
    }

    /** Whether the process came to its end. */
    public synchronized boolean isDead() {
        return requests >= deadlyRequest;
    }

    private synchronized <T> T request(Supplier<T> request) {
        if (isDead()) {
            throw new Killed();
        }
        requests++;
        if (!isDead()) {
            return request.get();
        }
        if (applied) {
            request.get();
        }
        throw new Killed();
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        return request(() -> store.putIfAbsent(key, content));
    }

    @Override
    public void replace(String key, Content content) {
        request(() -> {
            store.replace(key, content);
            return true;
        });
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        return request(() -> store.get(key));
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        return request(() -> store.read(key, range));
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        return request(() -> store.list(prefix, startAfter, limit));
    }

    @Override
    public void delete(String key) {
        request(() -> {
            store.delete(key);
            return true;
        });
    }

    @Override
    public Optional<Path> localFile(String key) {
        return store.localFile(key);
    }

    /** The store outlives the process. */
    @Override
    public void close() {}
}
