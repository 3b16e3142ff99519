package dev.elanus.log;

import dev.elanus.manifest.BatchId;
import dev.elanus.manifest.LogPosition;
import java.util.List;

/**
 * Writes that became durable together: one object of the log.
 *
 * <p>A writer may put a batch before it knows that the one before is its own. So a batch counts only if {@code previous} is the last batch before
 * it that counts; any other is void, and every reader skips it. Whether a batch counts depends on nothing but the batches before it, which
 * never change, so that all readers agree for ever.
 *
 * @param sequence its place in the log, counted from 1
 * @param timestamp hybrid timestamp of the first entry; entry i has {@code timestamp + i}
 * @param previous the last batch that counts before this one, as its writer expects
 * @param durable every place up to this sequence was taken when this batch was put: what is missing there was lost
 * @param entries none at all in a fence, which takes a place so that nobody else can write there unseen
 */
public record LogBatch(
        long sequence, long timestamp, BatchId id, BatchId previous, long durable, List<LogEntry> entries) {
    public LogBatch {
        entries = List.copyOf(entries);
    }

    /** Whether whoever lost its place to this batch must look at the manifest before it tries another. */
    boolean isFence() {
        return entries.isEmpty();
    }

    /** The timestamp of the last entry; of a fence, its own. */
    public long lastTimestamp() {
        return timestamp + Math.max(0, entries.size() - 1);
    }

    /** Whether the batch counts behind all batches up to {@code end}. */
    boolean follows(LogPosition end) {
        return previous.equals(end.last());
    }

    /** The same batch with only its first entries. */
    LogBatch first(int entryCount) {
        return new LogBatch(sequence, timestamp, id, previous, durable, entries.subList(0, entryCount));
    }

    /** The place behind this batch, which counts. */
    LogPosition end() {
        return new LogPosition(sequence, lastTimestamp(), id);
    }

    public long sizeBytes() {
        return entries.stream().mapToLong(LogEntry::sizeBytes).sum();
    }
}
