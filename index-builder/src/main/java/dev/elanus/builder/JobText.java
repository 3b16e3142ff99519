package dev.elanus.builder;

import dev.elanus.maintenance.Job;
import java.util.List;

/** Jobs in words. */
final class JobText {
    private JobText() {}

    static String of(Job job) {
        return switch (job) {
            case Job.Seal _ -> "seal the log's tail";
            case Job.BuildIndex(long segmentId, long indexId) ->
                "build index %d over segment %x".formatted(indexId, segmentId);
            case Job.Expire(List<Long> segmentIds) -> "remove " + segmentIds.size() + " expired segments";
            case Job.Compact(List<Long> segmentIds) -> "join " + segmentIds.size() + " segments";
        };
    }
}
