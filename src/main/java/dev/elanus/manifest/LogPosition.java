package dev.elanus.manifest;

/**
 * A place in a collection's log.
 *
 * @param sequence of the last batch before the place, 0 at the log's start
 * @param timestamp hybrid timestamp that no batch up to there exceeds
 * @param last the last batch up to there that counts: the next that counts names it as its predecessor
 */
public record LogPosition(long sequence, long timestamp, BatchId last) {
    /** Before the first batch. */
    public static final LogPosition START = new LogPosition(0, 0, BatchId.NONE);
}
