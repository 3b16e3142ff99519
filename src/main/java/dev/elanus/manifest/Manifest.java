package dev.elanus.manifest;

import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a collection's state. Immutable.
 *
 * @param createdTimestamp hybrid: milliseconds since 1970 shifted left by 18
 * @param updatedTimestamp hybrid timestamp of the last change of the schema
 * @param dropped the collection is gone; this is its last version
 * @param nextIndexId the id of the next index definition
 * @param sealed everything in the log up to here is in segments and their bitmaps
 */
public record Manifest(
        long version,
        String commitId,
        long collectionId,
        CollectionName name,
        CollectionSchema schema,
        ConsistencyLevel consistencyLevel,
        int shards,
        Map<String, String> properties,
        long createdTimestamp,
        long updatedTimestamp,
        boolean loaded,
        boolean dropped,
        long nextIndexId,
        List<IndexDefinition> indexes,
        List<SegmentEntry> segments,
        LogPosition sealed)
        implements Versioned<Manifest> {
    public Manifest {
        properties = Map.copyOf(properties);
        indexes = List.copyOf(indexes);
        segments = List.copyOf(segments);
    }

    @Override
    public Manifest after(long baseVersion, String newCommitId) {
        return new Manifest(
                baseVersion + 1,
                newCommitId,
                collectionId,
                name,
                schema,
                consistencyLevel,
                shards,
                properties,
                createdTimestamp,
                updatedTimestamp,
                loaded,
                dropped,
                nextIndexId,
                indexes,
                segments,
                sealed);
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
        return new Manifest(
                version,
                commitId,
                collectionId,
                name,
                schema,
                consistencyLevel,
                shards,
                properties,
                createdTimestamp,
                updatedTimestamp,
                newLoaded,
                dropped,
                nextIndexId,
                indexes,
                segments,
                sealed);
    }

    Manifest asDropped() {
        return new Manifest(
                version,
                commitId,
                collectionId,
                name,
                schema,
                consistencyLevel,
                shards,
                properties,
                createdTimestamp,
                updatedTimestamp,
                false,
                true,
                nextIndexId,
                List.of(),
                List.of(),
                sealed);
    }

    Manifest withIndexes(List<IndexDefinition> newIndexes, long newNextIndexId) {
        return new Manifest(
                version,
                commitId,
                collectionId,
                name,
                schema,
                consistencyLevel,
                shards,
                properties,
                createdTimestamp,
                updatedTimestamp,
                loaded,
                dropped,
                newNextIndexId,
                newIndexes,
                segments,
                sealed);
    }

    Manifest withSegments(List<SegmentEntry> newSegments, LogPosition newSealed) {
        return new Manifest(
                version,
                commitId,
                collectionId,
                name,
                schema,
                consistencyLevel,
                shards,
                properties,
                createdTimestamp,
                updatedTimestamp,
                loaded,
                dropped,
                nextIndexId,
                indexes,
                newSegments,
                newSealed);
    }
}
