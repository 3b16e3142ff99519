package dev.elanus.log;

import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.Unavailable;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.Put;
import java.util.List;
import java.util.stream.LongStream;

/** Puts batches at their places in the log and finds out what became of them. Safe for use from many threads. */
final class BatchWriter {
    private static final int MAX_LOST_REPLIES = 3;
    private static final int READ_AHEAD = 4;

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
     * @return where another writer has the place, so that ours is not and never will be written: its batch, and those of the next places as
     *     far as they are taken; nothing if ours is written
     * @throws Unavailable if it was not written and never will be
     * @throws OutcomeUnknown if that is not known
     */
    List<LogBatch> put(LogBatch batch) {
        String key = LogKeys.batch(collectionId, batch.sequence());
        Content content = new Content.Memory(LogBatchCodec.encode(batch));
        // After a lost reply the very same batch is put again: an earlier attempt may still be on its way, and must be
        // recognised as ours.
        for (int lost = 0; lost < MAX_LOST_REPLIES; lost++) {
            List<LogBatch> there;
            try {
                if (store.putIfAbsent(key, content) instanceof Put.Stored) {
                    return List.of();
                }
                // What lies there can be our own, written by a retry or before a reply was lost.
                there = findFrom(batch.sequence());
            } catch (Unavailable refused) {
                if (lost == 0) {
                    throw refused;
                }
                throw new OutcomeUnknown(key + ": whether the write was stored is not known", refused);
            }
            if (!there.isEmpty() && there.getFirst().sequence() == batch.sequence()) {
                return there.getFirst().id().equals(batch.id()) ? List.of() : there;
            }
        }
        throw new OutcomeUnknown(key + ": the store did not say whether the write was stored");
    }

    /** The batches from a sequence on. Where others write, more than one is there by the time that we find out. */
    private List<LogBatch> findFrom(long sequence) {
        try {
            return reader.read(
                    store,
                    LongStream.range(sequence, sequence + READ_AHEAD).boxed().toList());
        } catch (Unavailable unreadable) {
            throw new OutcomeUnknown(
                    LogKeys.batch(collectionId, sequence) + ": whether the write was stored is not known", unreadable);
        }
    }
}
