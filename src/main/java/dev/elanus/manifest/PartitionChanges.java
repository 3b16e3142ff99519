package dev.elanus.manifest;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import java.util.List;

/** The changes of a collection's partitions. */
public final class PartitionChanges {
    private PartitionChanges() {}

    /** Adds a partition; one of that name changes nothing. */
    public static Change<Manifest> create(String name, long timestamp) {
        return Changes.alive(manifest -> manifest.partitions().find(name).isPresent()
                ? manifest
                : manifest.withPartitions(
                        manifest.partitions().with(manifest.name().name(), name, timestamp)));
    }

    /**
     * Drops a partition with its rows; a missing one changes nothing. Segments that hold nothing else go with it, what lies in others is left out
     * from now on and when they are rewritten.
     */
    public static Change<Manifest> drop(String name) {
        return Changes.alive(manifest -> {
            Partition gone = manifest.partitions().find(name).orElse(null);
            if (gone == null) {
                return manifest;
            }
            if (gone.name().equals(Partition.DEFAULT)) {
                throw new Invalid(Invalid.Reason.UNNUMBERED, "default partition cannot be deleted");
            }
            if (gone.loaded()) {
                throw new Invalid(
                        Invalid.Reason.UNNUMBERED,
                        "partition cannot be dropped, partition is loaded, please release it first");
            }
            Partitions left = manifest.partitions().without(gone.number());
            List<SegmentEntry> segments = manifest.segments().stream()
                    .filter(segment -> segment.partitions().keySet().stream().anyMatch(left::has))
                    .toList();
            return manifest.withPartitions(left).withSegments(segments, manifest.sealed());
        });
    }

    /**
     * Allows reading of some partitions; those that are loaded stay so.
     *
     * @throws NotFound if there is none of one of the names, or no index
     */
    public static Change<Manifest> load(List<String> names) {
        return Changes.alive(manifest -> {
            Changes.checkIndexed(manifest);
            return manifest.withPartitions(manifest.partitions().withLoaded(names, true));
        });
    }

    /** @throws NotFound if there is none of one of the names */
    public static Change<Manifest> release(List<String> names) {
        return Changes.alive(
                manifest -> manifest.withPartitions(manifest.partitions().withLoaded(names, false)));
    }
}
