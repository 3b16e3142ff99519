package dev.elanus.log;

import dev.elanus.manifest.LogPosition;
import java.util.List;

/**
 * Writes that became durable together: one object of the log.
 *
 * @param sequence its place in the log, counted from 1 without gaps
 * @param timestamp hybrid timestamp of the first entry; entry i has {@code timestamp + i}
 * @param id says whose batch it is: unique to the attempt to write it
 */
public record LogBatch(long sequence, long timestamp, BatchId id, List<LogEntry> entries) {
    /** 128 random bits. */
    public record BatchId(long high, long low) {}

    public LogBatch {
        entries = List.copyOf(entries);
        assert !entries.isEmpty();
    }

    public long lastTimestamp() {
        return timestamp + entries.size() - 1;
    }

    /** The place behind this batch. */
    LogPosition end() {
        return new LogPosition(sequence, lastTimestamp());
    }

    public long sizeBytes() {
        return entries.stream().mapToLong(LogEntry::sizeBytes).sum();
    }
}
