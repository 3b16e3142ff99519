package dev.elanus.log;

import dev.elanus.error.Corrupt;
import dev.elanus.host.Host;
import dev.elanus.storage.ObjectStore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Replay: reads a collection's batches in order. Safe for use from many threads. */
final class LogReader {
    private static final int PAGE = 1_000;
    /** More batches than this cannot have been written while one listing was made, so they were collected before. */
    private static final int MAX_UNLISTED = 1_000;

    private final long collectionId;
    private final Schemas schemas;
    private final Host host;

    LogReader(long collectionId, Schemas schemas, Host host) {
        this.collectionId = collectionId;
        this.schemas = schemas;
        this.host = host;
    }

    /**
     * The sequences behind {@code sequence} that may be there, ascending: one listing for each thousand. A listing is no snapshot: of batches that are
     * written while a folder is read, it may show a later one and not an earlier. So what it does not show before one that it shows is given, too.
     */
    List<Long> sequencesAfter(ObjectStore store, long sequence) {
        List<Long> found = new ArrayList<>();
        long last = sequence;
        while (true) {
            List<ObjectStore.Listed> page = list(store, last);
            for (ObjectStore.Listed listed : page) {
                long next = LogKeys.sequenceOf(collectionId, listed);
                boolean collected = found.isEmpty() && next - last > MAX_UNLISTED;
                for (long missed = collected ? next : last + 1; missed <= next; missed++) {
                    found.add(missed);
                }
                last = next;
            }
            if (page.size() < PAGE) {
                return found;
            }
        }
    }

    /** The first place behind {@code sequence} that is free, or was a moment ago. */
    long firstFree(ObjectStore store, long sequence) {
        long next = sequence + 1;
        while (true) {
            List<ObjectStore.Listed> page = list(store, next - 1);
            for (ObjectStore.Listed listed : page) {
                for (; next < LogKeys.sequenceOf(collectionId, listed); next++) {
                    if (find(store, next).isEmpty()) {
                        return next;
                    }
                }
                next++;
            }
            if (page.size() < PAGE) {
                return next;
            }
        }
    }

    private List<ObjectStore.Listed> list(ObjectStore store, long after) {
        return store.list(LogKeys.logPrefix(collectionId), LogKeys.batch(collectionId, after), PAGE);
    }

    /**
     * Those batches of some sequences that are there, read together, in their order. Missing are those that were collected, and those that no
     * writer has finished yet.
     */
    List<LogBatch> read(ObjectStore store, List<Long> sequences) {
        List<CompletableFuture<Optional<LogBatch>>> pending = sequences.stream()
                .map(sequence -> host.start(() -> find(store, sequence)))
                .toList();
        return pending.stream().map(host::await).flatMap(Optional::stream).toList();
    }

    Optional<LogBatch> find(ObjectStore store, long sequence) {
        String key = LogKeys.batch(collectionId, sequence);
        return store.get(key).map(bytes -> decode(key, sequence, bytes));
    }

    private LogBatch decode(String key, long sequence, MemorySegment bytes) {
        LogBatch batch = LogBatchCodec.decode(key, bytes, schemas);
        if (batch.sequence() != sequence) {
            throw new Corrupt(key + ": expected sequence " + sequence + ", found " + batch.sequence());
        }
        return batch;
    }
}
