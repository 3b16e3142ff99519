package dev.elanus.search;

import dev.elanus.storage.Meter;

/**
 * What one request cost.
 *
 * @param waves dependent rounds of reads from the store
 * @param gets requests to the store, listings included
 * @param bytesRead from the store
 * @param rowsScanned rows whose distance or filter was computed
 * @param segmentsSearched sealed segments that were looked into
 * @param segmentsPruned sealed segments that statistics ruled out
 */
public record RequestCost(
        int waves, int gets, long bytesRead, long rowsScanned, int segmentsSearched, int segmentsPruned) {
    static RequestCost of(Meter meter, long rowsScanned, int segmentsSearched, int segmentsPruned) {
        return new RequestCost(
                meter.waves(),
                meter.gets() + meter.lists(),
                meter.bytesRead(),
                rowsScanned,
                segmentsSearched,
                segmentsPruned);
    }
}
