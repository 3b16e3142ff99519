package dev.elanus.maintenance;

import java.util.List;

/** One piece of maintenance of one collection. */
public sealed interface Job {
    /** Moves what the log holds behind the sealed position into a segment. */
    record Seal() implements Job {}

    /** Builds an index over a segment that lacks it. */
    record BuildIndex(long segmentId, long indexId) implements Job {}

    /** Removes segments of which every row is expired, without reading them. */
    record Expire(List<Long> segmentIds) implements Job {
        public Expire {
            segmentIds = List.copyOf(segmentIds);
        }
    }

    /** Rewrites segments as one, without their deleted and expired rows. */
    record Compact(List<Long> segmentIds) implements Job {
        public Compact {
            segmentIds = List.copyOf(segmentIds);
        }
    }
}
