package dev.elanus.engine;

import java.util.Map;

/**
 * One sealed segment.
 *
 * @param rowCount rows, deleted ones included
 * @param deletedCount rows that are marked deleted
 * @param recallByIndex recall@10 measured at seal, by the index's name, for indexes that are built
 */
public record SegmentDescription(
        long id, long rowCount, long deletedCount, long sizeBytes, Map<String, Double> recallByIndex) {}
