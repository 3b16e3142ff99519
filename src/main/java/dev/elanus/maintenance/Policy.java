package dev.elanus.maintenance;

import java.time.Duration;

/**
 * When maintenance has something to do.
 *
 * @param sealBytes seal once this much of the log is not sealed
 * @param sealAge seal once something of the log is not sealed for this long
 * @param compactedBytes no segment is made larger than this by joining
 * @param fanIn so many segments of about a size are joined at a time
 * @param deletedShare a segment of which this share is deleted is rewritten
 * @param grace what no manifest has named for this long is garbage; readers look more often than that
 * @param longGrace a batch of the log is kept this long at least, and so is an object that no manifest names yet: a job that takes more than
 *     half of it starts anew
 * @param tombstone the last manifest of a dropped collection is kept this long, lest a process that was frozen takes its place and brings the
 *     collection back: none may be frozen for longer and go on
 */
public record Policy(
        long sealBytes,
        Duration sealAge,
        long compactedBytes,
        int fanIn,
        double deletedShare,
        Duration grace,
        Duration longGrace,
        Duration tombstone) {
    public static Policy defaults() {
        return new Policy(
                256L << 20,
                Duration.ofMinutes(5),
                4L << 30,
                4,
                0.3,
                Duration.ofHours(1),
                Duration.ofDays(1),
                Duration.ofDays(30));
    }
}
