package dev.elanus.search;

/**
 * What one request cost.
 *
 * @param waves dependent rounds of reads from the store
 * @param gets requests to the store
 * @param bytesRead from the store
 * @param rowsScanned rows whose distance or filter was computed
 * @param segmentsSearched sealed segments that were looked into
 * @param segmentsPruned sealed segments that statistics ruled out
 */
public record RequestCost(
        int waves, int gets, long bytesRead, long rowsScanned, int segmentsSearched, int segmentsPruned) {}
