package dev.elanus.maintenance;

/**
 * What a verification read and found.
 *
 * @param collections with a name
 * @param manifests that were decoded
 * @param objects of segments that were read whole: rows, indexes, bitmaps
 * @param batches of the log that were decoded
 * @param bytes that were read of objects and batches
 * @param orphans objects that no kept manifest names: of jobs at work or dead, or waiting for the garbage collector
 * @param orphanBytes of those
 * @param oldestOrphanMillis the age of the oldest of them, 0 where there is none
 * @param findings how many things are not as they should be
 */
public record VerifyReport(
        long collections,
        long manifests,
        long objects,
        long batches,
        long bytes,
        long orphans,
        long orphanBytes,
        long oldestOrphanMillis,
        long findings) {}
