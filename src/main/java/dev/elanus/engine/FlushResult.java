package dev.elanus.engine;

import java.util.List;

/**
 * What a flush sealed.
 *
 * @param segmentIds all sealed segments of the collection
 * @param timestamp hybrid timestamp up to which rows are sealed
 */
public record FlushResult(List<Long> segmentIds, long timestamp) {}
