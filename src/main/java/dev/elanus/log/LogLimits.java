package dev.elanus.log;

import java.time.Duration;

/**
 * What the write path allows.
 *
 * @param unsealedBytes past this much unsealed log, writes are refused until some is sealed
 * @param batchBytes of one object of the log, unless a single write is larger
 * @param lookAge a writer that has not looked at the manifest for this long looks again, before and after it writes
 */
public record LogLimits(long unsealedBytes, long batchBytes, Duration lookAge) {
    public static LogLimits defaults() {
        return new LogLimits(1L << 30, 64L << 20, Duration.ofMinutes(10));
    }
}
