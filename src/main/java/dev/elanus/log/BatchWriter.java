package dev.elanus.log;

import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.Unavailable;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.Put;
import java.util.Optional;

/** Puts batches at their places in the log and finds out what became of them. Safe for use from many threads. */
final class BatchWriter {
    private static final int MAX_LOST_REPLIES = 3;

    private final long collectionId;
    private final ObjectStore store;
    private final LogReader reader;

    BatchWriter(long collectionId, ObjectStore store, LogReader reader) {
        this.collectionId = collectionId;
        this.store = store;
        this.reader = reader;
    }

    /**
     * Puts a batch at its place.
     *
     * @return the batch of another writer that has the place, so that ours is not and never will be written; empty if it is written
     * @throws Unavailable if it was not written and never will be
     * @throws OutcomeUnknown if that is not known
     */
    Optional<LogBatch> put(LogBatch batch) {
        String key = LogKeys.batch(collectionId, batch.sequence());
        Content content = new Content.Memory(LogBatchCodec.encode(batch));
        // After a lost reply the very same batch is put again: an earlier attempt may still be on its way, and must be
        // recognised as ours.
        for (int lost = 0; lost < MAX_LOST_REPLIES; lost++) {
            Optional<LogBatch> there;
            try {
                if (store.putIfAbsent(key, content) instanceof Put.Stored) {
                    return Optional.empty();
                }
                // What lies there can be our own, written by a retry or before a reply was lost.
                there = find(batch.sequence());
            } catch (Unavailable refused) {
                if (lost == 0) {
                    throw refused;
                }
                throw new OutcomeUnknown(key + ": whether the write was stored is not known", refused);
            }
            if (there.isPresent()) {
                return there.filter(found -> !found.id().equals(batch.id()));
            }
        }
        throw new OutcomeUnknown(key + ": the store did not say whether the write was stored");
    }

    private Optional<LogBatch> find(long sequence) {
        try {
            return reader.find(store, sequence);
        } catch (Unavailable unreadable) {
            throw new OutcomeUnknown(
                    LogKeys.batch(collectionId, sequence) + ": whether the write was stored is not known", unreadable);
        }
    }
}
