package dev.elanus.manifest;

/**
 * A place in a collection's log.
 *
 * @param sequence of the last batch before the place, 0 at the log's start
 * @param timestamp hybrid timestamp that no batch up to there exceeds
 */
public record LogPosition(long sequence, long timestamp) {
    /** Before the first batch. */
    public static final LogPosition START = new LogPosition(0, 0);
}
