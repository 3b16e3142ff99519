package dev.elanus.manifest;

/**
 * Whose batch of the log it is: unique to the attempt to write it.
 *
 * @param writer random, the same for all batches of one process and collection, so that writers can be told apart
 * @param number random
 */
public record BatchId(long writer, long number) {
    /** No batch: what the log's first batch follows. */
    public static final BatchId NONE = new BatchId(0, 0);
}
