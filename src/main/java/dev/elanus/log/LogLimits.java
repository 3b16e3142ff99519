package dev.elanus.log;

import java.time.Duration;

/**
 * What the write path allows.
 *
 * @param unsealedBytes past this much unsealed log, writes are refused until some is sealed
 * @param queuedBytes past this much that waits for its turn, writes are refused
 * @param batchBytes of one object of the log, unless a single write is larger: more would take one stream of a store long
 * @param lookAge a writer that has not looked at the manifest for this long looks again, before and after it writes
 */
public record LogLimits(long unsealedBytes, long queuedBytes, long batchBytes, Duration lookAge) {
    public static LogLimits defaults() {
        return new LogLimits(1L << 30, 256L << 20, 8L << 20, Duration.ofMinutes(10));
    }
}
