package dev.elanus.log;

import dev.elanus.error.Corrupt;
import dev.elanus.host.Host;
import dev.elanus.schema.CollectionSchema;
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
    private final CollectionSchema schema;
    private final Host host;

    LogReader(long collectionId, CollectionSchema schema, Host host) {
        this.collectionId = collectionId;
        this.schema = schema;
        this.host = host;
    }

    /**
     * The sequences behind {@code sequence} that are there, ascending without a gap: one listing for each thousand. A listing is no snapshot: of batches
     * that are written while a folder is read, it may show a later one and not an earlier. But no batch is written before all its predecessors are, so what
     * stands before a listed one is there, unless it was collected.
     */
    List<Long> sequencesAfter(ObjectStore store, long sequence) {
        List<Long> found = new ArrayList<>();
        long last = sequence;
        while (true) {
            List<ObjectStore.Listed> page =
                    store.list(LogKeys.logPrefix(collectionId), LogKeys.batch(collectionId, last), PAGE);
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

    /**
     * The batches of some sequences, read together. The first ones may be gone, because they were collected; the caller knows up to where that may be.
     *
     * @throws Corrupt if one is gone behind one that is there
     */
    List<LogBatch> read(ObjectStore store, List<Long> sequences) {
        List<CompletableFuture<Optional<LogBatch>>> pending = sequences.stream()
                .map(sequence -> host.start(() -> find(store, sequence)))
                .toList();
        List<LogBatch> batches = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            Optional<LogBatch> batch = host.await(pending.get(i));
            if (batch.isEmpty() && !batches.isEmpty()) {
                throw new Corrupt("log of collection " + collectionId + ": batch " + sequences.get(i)
                        + " is gone, and batch " + batches.getLast().sequence() + " before it is there");
            }
            batch.ifPresent(batches::add);
        }
        return batches;
    }

    Optional<LogBatch> find(ObjectStore store, long sequence) {
        String key = LogKeys.batch(collectionId, sequence);
        return store.get(key).map(bytes -> decode(key, sequence, bytes));
    }

    private LogBatch decode(String key, long sequence, MemorySegment bytes) {
        LogBatch batch = LogBatchCodec.decode(key, bytes, schema);
        if (batch.sequence() != sequence) {
            throw new Corrupt(key + ": expected sequence " + sequence + ", found " + batch.sequence());
        }
        return batch;
    }
}
