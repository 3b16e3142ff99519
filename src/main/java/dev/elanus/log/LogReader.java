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

    private final long collectionId;
    private final CollectionSchema schema;
    private final Host host;

    LogReader(long collectionId, CollectionSchema schema, Host host) {
        this.collectionId = collectionId;
        this.schema = schema;
        this.host = host;
    }

    /**
     * The sequences behind {@code sequence} that are there, ascending: one listing for each thousand. Where a sealed part of the log was
     * collected meanwhile, they start later.
     */
    List<Long> sequencesAfter(ObjectStore store, long sequence) {
        List<Long> found = new ArrayList<>();
        long last = sequence;
        while (true) {
            List<ObjectStore.Listed> page =
                    store.list(LogKeys.logPrefix(collectionId), LogKeys.batch(collectionId, last), PAGE);
            for (ObjectStore.Listed listed : page) {
                long next = LogKeys.sequenceOf(collectionId, listed);
                if (next != last + 1 && !found.isEmpty()) {
                    throw new Corrupt(
                            "log of collection " + collectionId + ": expected batch " + (last + 1) + ", found " + next);
                }
                found.add(next);
                last = next;
            }
            if (page.size() < PAGE) {
                return found;
            }
        }
    }

    /** The batches of some sequences, read together. */
    List<LogBatch> read(ObjectStore store, List<Long> sequences) {
        List<CompletableFuture<LogBatch>> pending = sequences.stream()
                .map(sequence -> host.start(() -> find(store, sequence)
                        .orElseThrow(() -> new Corrupt("log of collection " + collectionId + ": batch " + sequence
                                + " was listed and is gone"))))
                .toList();
        return pending.stream().map(host::await).toList();
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
