package dev.elanus.index;

import java.lang.foreign.MemorySegment;

/**
 * Rows sorted by the cluster they belong to.
 *
 * @param centroids {@code count · dimension} float32, little-endian
 * @param nearest the cluster of each row, -1 of one that belongs to none
 * @param rows row numbers, those of one cluster together and ascending
 * @param starts where the rows of each cluster start, and behind the last
 */
record Clusters(MemorySegment centroids, int count, int[] nearest, int[] rows, int[] starts) {
    /** Sorts rows by cluster. */
    static Clusters of(MemorySegment centroids, int count, int[] nearest) {
        int[] starts = new int[count + 1];
        for (int cluster : nearest) {
            if (cluster >= 0) {
                starts[cluster + 1]++;
            }
        }
        for (int cluster = 0; cluster < count; cluster++) {
            starts[cluster + 1] += starts[cluster];
        }
        int[] rows = new int[starts[count]];
        int[] at = starts.clone();
        for (int row = 0; row < nearest.length; row++) {
            if (nearest[row] >= 0) {
                rows[at[nearest[row]]++] = row;
            }
        }
        return new Clusters(centroids, count, nearest, rows, starts);
    }
}
