package dev.elanus.engine;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Partition;
import dev.elanus.manifest.PartitionChanges;
import dev.elanus.manifest.Partitions;
import dev.elanus.schema.CollectionName;
import java.util.List;

/**
 * The partitions of collections. Every method may be called from many threads; one that names a missing collection throws
 * {@code NotFound(COLLECTION)}, one that names a missing partition {@code NotFound(PARTITION)} where it does not say otherwise.
 */
public final class PartitionDirectory {
    private final ElanusDatabase database;
    private final EngineParts parts;

    PartitionDirectory(ElanusDatabase database, EngineParts parts) {
        this.database = database;
        this.parts = parts;
    }

    /** The partitions of a collection, oldest first. */
    public List<PartitionDescription> list(CollectionName collection) {
        Manifest manifest = newest(collection);
        return manifest.partitions().all().stream()
                .map(partition -> new PartitionDescription(
                        partition.id(manifest.collectionId()),
                        partition.name(),
                        partition.createdTimestamp(),
                        partition.loaded()))
                .toList();
    }

    /** @throws Invalid if no partition can have the name */
    public boolean has(CollectionName collection, String partition) {
        PartitionRules.checkName(partition);
        return newest(collection).partitions().find(partition).isPresent();
    }

    /**
     * Creates a partition; one that is there is no error. It is loaded if all others are.
     *
     * @throws Invalid if the name breaks a rule, there are as many as there may be, or a key distributes the rows
     */
    public void create(CollectionName collection, String partition) {
        PartitionRules.checkName(partition);
        checkNotKeyed(collection, "disable create partition if partition key mode is used");
        commit(collection, PartitionChanges.create(partition, database.allocateTimestamp()));
    }

    /**
     * Drops a partition with its rows; a missing one is no error.
     *
     * @throws Invalid if it is the default one, or loaded, or a key distributes the rows
     */
    public void drop(CollectionName collection, String partition) {
        PartitionRules.checkName(partition);
        checkNotKeyed(collection, "disable drop partition if partition key mode is used");
        database.with(collection, (log, meter) -> {
            boolean there = database.freshView(log)
                    .manifest()
                    .partitions()
                    .find(partition)
                    .isPresent();
            log.commit(PartitionChanges.drop(partition));
            if (there) {
                // Who has not seen the drop yet would acknowledge rows that nobody reads: the fence makes them look.
                log.fence();
            }
            return there;
        });
    }

    /** Allows reading of some partitions. Needs an index on every vector field. */
    public void load(CollectionName collection, List<String> partitions) {
        checkSome(partitions);
        checkNotKeyed(collection, "disable load partitions if partition key mode is used");
        parts.prefetch(commit(collection, PartitionChanges.load(partitions)));
    }

    /** Forbids reading of some partitions. */
    public void release(CollectionName collection, List<String> partitions) {
        checkSome(partitions);
        checkNotKeyed(collection, "disable release partitions if partition key mode is used");
        commit(collection, PartitionChanges.release(partitions));
    }

    /** The exact number of live rows of a partition, as a Strong read sees it. */
    public long rowCount(CollectionName collection, String partition) {
        return database.rowCount(collection, List.of(partition));
    }

    /**
     * How much of some partitions may be read, in percent; of all where none is named.
     *
     * @throws Invalid if none of the collection is
     */
    public int loadedPercent(CollectionName collection, List<String> partitions) {
        Manifest manifest = newest(collection);
        List<Partition> wanted = partitions.isEmpty()
                ? manifest.partitions().all()
                : partitions.stream().map(manifest.partitions()::partition).toList();
        if (!manifest.loaded()) {
            throw new Invalid(
                    Invalid.Reason.NOT_LOADED, "collection not loaded[collection=" + manifest.collectionId() + "]");
        }
        List<Long> missing = wanted.stream()
                .filter(partition -> !partition.loaded())
                .map(partition -> partition.id(manifest.collectionId()))
                .toList();
        if (!partitions.isEmpty() && !missing.isEmpty()) {
            throw new Invalid(Invalid.Reason.PARTITION_NOT_LOADED, "partition not loaded[partition=" + missing + "]");
        }
        return 100;
    }

    /**
     * Whether some partitions may be read, each of them; where none is named, whether any of the collection's may.
     *
     * @throws NotFound if a partition is missing
     */
    public boolean areLoaded(CollectionName collection, List<String> partitions) {
        Partitions all = newest(collection).partitions();
        return partitions.isEmpty()
                ? all.isAnyLoaded()
                : partitions.stream().map(all::partition).allMatch(Partition::loaded);
    }

    private Manifest commit(CollectionName collection, Change<Manifest> change) {
        return database.with(collection, (log, meter) -> log.commit(change));
    }

    /** What every process has done to a collection so far. */
    private Manifest newest(CollectionName collection) {
        return database.with(collection, (log, meter) -> database.freshView(log).manifest());
    }

    private void checkNotKeyed(CollectionName collection, String refusal) {
        if (newest(collection).partitions().areKeyed()) {
            throw new Invalid(Invalid.Reason.UNNUMBERED, refusal);
        }
    }

    private static void checkSome(List<String> partitions) {
        if (partitions.isEmpty()) {
            throw new Invalid("due to no partition specified: expected names of partitions, found none");
        }
    }
}
