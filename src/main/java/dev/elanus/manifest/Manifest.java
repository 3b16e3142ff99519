package dev.elanus.manifest;

import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a collection's state. Immutable.
 *
 * @param dropped the collection is gone; this is its last version
 * @param nextIndexId the id of the next index definition
 * @param sealed everything in the log up to here is in segments and their bitmaps
 */
public record Manifest(
        long version,
        String commitId,
        CollectionDefinition collection,
        boolean loaded,
        boolean dropped,
        long nextIndexId,
        List<IndexDefinition> indexes,
        List<SegmentEntry> segments,
        LogPosition sealed)
        implements Versioned<Manifest> {
    public Manifest {
        indexes = List.copyOf(indexes);
        segments = List.copyOf(segments);
    }

    /** The state of a new collection, before it is published. */
    public static Manifest first(CollectionDefinition collection) {
        return new Manifest(0, "", collection, false, false, 1, List.of(), List.of(), LogPosition.START);
    }

    public long collectionId() {
        return collection.id();
    }

    public CollectionName name() {
        return collection.name();
    }

    public CollectionSchema schema() {
        return collection.schema();
    }

    @Override
    public Manifest after(long baseVersion, String newCommitId) {
        return new Manifest(
                baseVersion + 1, newCommitId, collection, loaded, dropped, nextIndexId, indexes, segments, sealed);
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

    Manifest withLoaded(boolean newLoaded) {
        return new Manifest(version, commitId, collection, newLoaded, dropped, nextIndexId, indexes, segments, sealed);
    }

    Manifest withProperties(Map<String, String> properties) {
        return new Manifest(
                version,
                commitId,
                collection.withProperties(properties),
                loaded,
                dropped,
                nextIndexId,
                indexes,
                segments,
                sealed);
    }

    Manifest asDropped() {
        return new Manifest(version, commitId, collection, false, true, nextIndexId, List.of(), List.of(), sealed);
    }

    Manifest withIndexes(List<IndexDefinition> newIndexes, long newNextIndexId) {
        return new Manifest(
                version, commitId, collection, loaded, dropped, newNextIndexId, newIndexes, segments, sealed);
    }

    Manifest withSegments(List<SegmentEntry> newSegments, LogPosition newSealed) {
        return new Manifest(
                version, commitId, collection, loaded, dropped, nextIndexId, indexes, newSegments, newSealed);
    }
}
