package dev.elanus.manifest;

import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a collection's state. Immutable.
 *
 * @param dropped the collection is gone; this is its last version
 * @param nextIndexId the id of the next index definition
 * @param sealed everything in the log up to here is in segments and their bitmaps
 * @param holds snapshots and clones
 */
public record Manifest(
        long version,
        String commitId,
        CollectionDefinition collection,
        Partitions partitions,
        boolean dropped,
        long nextIndexId,
        List<IndexDefinition> indexes,
        List<SegmentEntry> segments,
        LogPosition sealed,
        Holds holds)
        implements Versioned<Manifest> {
    public Manifest {
        indexes = List.copyOf(indexes);
        segments = List.copyOf(segments);
    }

    /** The state of a new collection, before it is published. */
    public static Manifest first(CollectionDefinition collection) {
        return new Manifest(
                0,
                "",
                collection,
                Partitions.initial(collection.createdTimestamp()),
                false,
                1,
                List.of(),
                List.of(),
                LogPosition.START,
                Holds.NONE);
    }

    public long collectionId() {
        return collection.id();
    }

    public CollectionName name() {
        return collection.name();
    }

    /** Whether any partition may be read. */
    public boolean loaded() {
        return partitions.isAnyLoaded();
    }

    public CollectionSchema schema() {
        return collection.schema();
    }

    @Override
    public Manifest after(long baseVersion, String newCommitId) {
        return new Manifest(
                baseVersion + 1,
                newCommitId,
                collection,
                partitions,
                dropped,
                nextIndexId,
                indexes,
                segments,
                sealed,
                holds);
    }

    public Optional<IndexDefinition> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    public Optional<IndexDefinition> indexOfField(int fieldId) {
        return indexes.stream().filter(index -> index.fieldId() == fieldId).findFirst();
    }

    public Optional<SegmentEntry> segment(long id) {
        return segments.stream().filter(segment -> segment.id() == id).findFirst();
    }

    /** The keys of all objects of the segments. */
    public Set<String> objects() {
        Set<String> keys = new HashSet<>();
        for (SegmentEntry segment : segments) {
            keys.add(segment.rows().key());
            if (segment.deletes() != null) {
                keys.add(segment.deletes().key());
            }
            segment.indexes().forEach(index -> keys.add(index.object().key()));
        }
        return keys;
    }

    /** Living rows of the segments. */
    public long sealedRows() {
        return segments.stream().mapToLong(SegmentEntry::liveCount).sum();
    }

    /**
     * The first version of another collection that holds what this one's segments hold. Its log goes on where this one's was sealed: what it
     * adds is newer, and generated keys do not meet.
     *
     * @param newIds one a segment: an id tells a segment from all others, and from now on each has deletes and indexes of its own
     */
    public Manifest asClone(CollectionDefinition definition, List<Long> newIds) {
        List<SegmentEntry> copied = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            copied.add(segments.get(i).withId(newIds.get(i)));
        }
        return new Manifest(0, "", definition, partitions, false, nextIndexId, indexes, copied, sealed, Holds.NONE);
    }

    /** This state with the rows of an older one. */
    public Manifest withRowsOf(Manifest older) {
        return withPartitions(older.partitions.loadedAs(partitions)).withSegments(older.segments, older.sealed);
    }

    Manifest withHolds(Holds newHolds) {
        return new Manifest(
                version, commitId, collection, partitions, dropped, nextIndexId, indexes, segments, sealed, newHolds);
    }

    public Manifest withPartitions(Partitions newPartitions) {
        return new Manifest(
                version, commitId, collection, newPartitions, dropped, nextIndexId, indexes, segments, sealed, holds);
    }

    Manifest withCollection(CollectionDefinition newCollection) {
        return new Manifest(
                version, commitId, newCollection, partitions, dropped, nextIndexId, indexes, segments, sealed, holds);
    }

    public Manifest asDropped() {
        return new Manifest(
                version,
                commitId,
                collection,
                partitions.withLoaded(false),
                true,
                nextIndexId,
                List.of(),
                List.of(),
                sealed,
                holds.withoutSnapshots());
    }

    Manifest withIndexes(List<IndexDefinition> newIndexes, long newNextIndexId) {
        return new Manifest(
                version,
                commitId,
                collection,
                partitions,
                dropped,
                newNextIndexId,
                newIndexes,
                segments,
                sealed,
                holds);
    }

    Manifest withSegments(List<SegmentEntry> newSegments, LogPosition newSealed) {
        return new Manifest(
                version,
                commitId,
                collection,
                partitions,
                dropped,
                nextIndexId,
                indexes,
                newSegments,
                newSealed,
                holds);
    }
}
