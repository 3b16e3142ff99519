package dev.elanus.maintenance;

import dev.elanus.log.Expiry;
import dev.elanus.log.HybridClock;
import dev.elanus.log.Tail;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides what a collection needs. Pure: the same view and time give the same jobs. */
public final class Planner {
    /** The property that forbids joining and rewriting segments, where it is false. */
    private static final String AUTO_COMPACTION = "collection.autocompaction.enabled";

    private Planner() {}

    /**
     * The jobs that are due, most urgent first.
     *
     * @param nowMillis milliseconds since 1970
     */
    public static List<Job> plan(Manifest manifest, Tail tail, Policy policy, long nowMillis) {
        List<Job> jobs = new ArrayList<>();
        if (manifest.dropped()) {
            return jobs;
        }
        if (mustSeal(tail, policy, nowMillis)) {
            jobs.add(new Job.Seal());
        }
        Expiry expiry = Expiry.at(manifest, nowMillis);
        List<Long> expired = manifest.segments().stream()
                .filter(expiry::takesAll)
                .map(SegmentEntry::id)
                .toList();
        if (!expired.isEmpty()) {
            jobs.add(new Job.Expire(expired));
        }
        jobs.addAll(missingIndexes(manifest));
        if (!"false".equalsIgnoreCase(manifest.collection().properties().get(AUTO_COMPACTION))) {
            jobs.addAll(compactions(manifest, policy, expiry));
        }
        return jobs;
    }

    /** The indexes that are still to be built, the largest segments first. */
    public static List<Job> missingIndexes(Manifest manifest) {
        List<Job> jobs = new ArrayList<>();
        manifest.segments().stream()
                .sorted((a, b) -> Integer.compare(b.rowCount(), a.rowCount()))
                .forEach(segment -> {
                    for (IndexDefinition index : manifest.indexes()) {
                        if (index.isMissingIn(segment)) {
                            jobs.add(new Job.BuildIndex(segment.id(), index.id()));
                        }
                    }
                });
        return jobs;
    }

    private static boolean mustSeal(Tail tail, Policy policy, long nowMillis) {
        if (tail.isEmpty()) {
            return false;
        }
        long ageMillis = nowMillis - (tail.firstTimestamp() >>> HybridClock.COUNTER_BITS);
        return tail.sizeBytes() >= policy.sealBytes()
                || ageMillis >= policy.sealAge().toMillis();
    }

    /** Segments that may be joined: rows of named partitions stay apart, so that dropping or reading one finds its own segments. */
    private record Alike(int partition, int tier) {}

    private static int partitionOf(Manifest manifest, SegmentEntry segment) {
        return manifest.partitions().areKeyed() ? -1 : segment.onlyPartition();
    }

    /** Rows of partitions that are no more. */
    private static double shareOfDropped(Manifest manifest, SegmentEntry segment) {
        long dropped = segment.partitions().entrySet().stream()
                .filter(of -> !manifest.partitions().has(of.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return dropped / (double) segment.rowCount();
    }

    /**
     * What a client asks for who wants a collection compacted now: all that may lie together, up to a size, and every segment with rows to be
     * left out.
     *
     * @param bytes no segment is made larger than this by joining
     */
    public static List<Job.Compact> everything(Manifest manifest, long bytes, long nowMillis) {
        Expiry expiry = Expiry.at(manifest, nowMillis);
        Map<Integer, List<SegmentEntry>> byPartition = new TreeMap<>();
        manifest.segments()
                .forEach(segment -> byPartition
                        .computeIfAbsent(partitionOf(manifest, segment), _ -> new ArrayList<>())
                        .add(segment));
        List<Job.Compact> jobs = new ArrayList<>();
        for (List<SegmentEntry> segments : byPartition.values()) {
            segments.sort(Comparator.comparingLong(segment -> segment.rows().length()));
            List<SegmentEntry> together = new ArrayList<>();
            long length = 0;
            for (SegmentEntry segment : segments) {
                if (!together.isEmpty() && length + segment.rows().length() > bytes) {
                    addIfUseful(jobs, manifest, expiry, together);
                    together = new ArrayList<>();
                    length = 0;
                }
                together.add(segment);
                length += segment.rows().length();
            }
            addIfUseful(jobs, manifest, expiry, together);
        }
        return jobs;
    }

    private static void addIfUseful(
            List<Job.Compact> jobs, Manifest manifest, Expiry expiry, List<SegmentEntry> together) {
        boolean useful =
                together.size() > 1 || together.stream().anyMatch(segment -> shareGone(manifest, segment, expiry) > 0);
        if (useful) {
            jobs.add(new Job.Compact(together.stream().map(SegmentEntry::id).toList()));
        }
    }

    /** About which share of a segment's rows is of no use any more. */
    private static double shareGone(Manifest manifest, SegmentEntry segment, Expiry expiry) {
        return segment.deletedCount() / (double) segment.rowCount()
                + expiry.shareOf(segment)
                + shareOfDropped(manifest, segment);
    }

    /**
     * Segments of a power of {@code fanIn} in size belong together: joining so many of one size makes one of the next, so that each row is
     * rewritten a logarithmic number of times. A segment with many deleted or expired rows is rewritten by itself.
     */
    private static List<Job> compactions(Manifest manifest, Policy policy, Expiry expiry) {
        List<Job> jobs = new ArrayList<>();
        Map<Alike, List<SegmentEntry>> bySize =
                new TreeMap<>(Comparator.comparingInt(Alike::tier).thenComparingInt(Alike::partition));
        for (SegmentEntry segment : manifest.segments()) {
            if (expiry.takesAll(segment)) {
                continue;
            }
            if (shareGone(manifest, segment, expiry) > policy.deletedShare()) {
                jobs.add(new Job.Compact(List.of(segment.id())));
            } else {
                int tier = (int) (Math.log(segment.rows().length()) / Math.log(policy.fanIn()));
                bySize.computeIfAbsent(new Alike(partitionOf(manifest, segment), tier), _ -> new ArrayList<>())
                        .add(segment);
            }
        }
        for (List<SegmentEntry> alike : bySize.values()) {
            if (alike.size() >= policy.fanIn()) {
                List<SegmentEntry> joined = alike.subList(0, policy.fanIn());
                long bytes = joined.stream()
                        .mapToLong(segment -> segment.rows().length())
                        .sum();
                if (bytes <= policy.compactedBytes()) {
                    jobs.add(new Job.Compact(
                            joined.stream().map(SegmentEntry::id).toList()));
                }
            }
        }
        return jobs;
    }
}
