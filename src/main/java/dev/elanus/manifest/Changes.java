package dev.elanus.manifest;

import dev.elanus.error.Conflict;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.index.IndexSpec;
import dev.elanus.index.ScalarIndexSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a collection's manifest can take. Each checks its rules against the version that it is applied to; what a job computed
 * from an older version is refused with {@link Conflict} where the newer one does not fit it any more.
 */
public final class Changes {
    private Changes() {}

    /** Allows or forbids searching. Loading needs an index on every vector field. */
    public static Change<Manifest> load(boolean loaded) {
        return alive(manifest -> {
            if (loaded) {
                checkIndexed(manifest);
            }
            return manifest.withPartitions(manifest.partitions().withLoaded(loaded));
        });
    }

    /** Checks that what is loaded can be searched. */
    static void checkIndexed(Manifest manifest) {
        List<String> missing = manifest.schema().vectorFields().stream()
                .filter(field -> manifest.indexOfField(field.id()).isEmpty())
                .map(field -> field.name())
                .toList();
        if (manifest.indexes().isEmpty()) {
            throw new NotFound(
                    NotFound.Kind.INDEX,
                    "index not found[collection=" + manifest.name().name() + "]");
        }
        if (!missing.isEmpty()) {
            throw new Invalid(
                    Invalid.Reason.UNNUMBERED,
                    "there is no vector index on field: [" + String.join(" ", missing)
                            + "], please create index firstly");
        }
    }

    /** Gives some properties new values and takes others away. */
    public static Change<Manifest> alterProperties(Map<String, String> changed, Collection<String> removed) {
        return alive(manifest -> {
            Map<String, String> properties = new HashMap<>(manifest.collection().properties());
            properties.keySet().removeAll(removed);
            properties.putAll(changed);
            return manifest.withCollection(manifest.collection().withProperties(properties));
        });
    }

    /** The collection is gone. Dropping it again is no error. */
    public static Change<Manifest> drop() {
        return Manifest::asDropped;
    }

    /** Defines an index; the same one again changes nothing. */
    public static Change<Manifest> createIndex(String indexName, int fieldId, IndexSpec spec) {
        return alive(manifest -> {
            for (IndexDefinition index : manifest.indexes()) {
                boolean sameName = index.name().equals(indexName);
                boolean sameField = index.fieldId() == fieldId;
                if (sameName && sameField && index.spec().asksTheSame(spec)) {
                    return manifest;
                }
                if (sameName) {
                    throw refused(index, "at most one distinct index is allowed per field");
                }
                if (sameField && !isOtherPath(index.spec(), spec)) {
                    throw refused(index, "creating multiple indexes on same field is not supported");
                }
            }
            List<IndexDefinition> all = new ArrayList<>(manifest.indexes());
            all.add(new IndexDefinition(manifest.nextIndexId(), indexName, fieldId, spec));
            return manifest.withIndexes(all, manifest.nextIndexId() + 1);
        });
    }

    private static Invalid refused(IndexDefinition there, String rule) {
        return new Invalid(
                Invalid.Reason.UNNUMBERED,
                "CreateIndex failed: " + rule + ": there is index " + there.name() + " on field id " + there.fieldId()
                        + " with " + there.spec().params());
    }

    /** The same for an index that nobody named: one that is there already keeps its name. */
    public static Change<Manifest> createUnnamedIndex(String otherwise, int fieldId, IndexSpec spec) {
        return alive(manifest -> {
            String name = manifest.indexes().stream()
                    .filter(index -> index.fieldId() == fieldId && !isOtherPath(index.spec(), spec))
                    .map(IndexDefinition::name)
                    .findFirst()
                    .orElse(otherwise);
            return createIndex(name, fieldId, spec).applyTo(manifest);
        });
    }

    /** A JSON field may have an index for each of its paths. */
    private static boolean isOtherPath(IndexSpec there, IndexSpec wanted) {
        return there instanceof ScalarIndexSpec a
                && wanted instanceof ScalarIndexSpec b
                && !a.path().equals(b.path());
    }

    /** Removes an index; a missing one changes nothing. */
    public static Change<Manifest> dropIndex(String indexName) {
        return alive(manifest -> {
            IndexDefinition index = manifest.index(indexName).orElse(null);
            if (index == null) {
                return manifest;
            }
            if (manifest.loaded() && index.isOfVectors()) {
                throw new Invalid("vector index cannot be dropped on loaded collection: " + manifest.collectionId());
            }
            List<IndexDefinition> left = manifest.indexes().stream()
                    .filter(other -> other.id() != index.id())
                    .toList();
            List<SegmentEntry> segments = manifest.segments().stream()
                    .map(segment -> segment.withoutIndex(index.id()))
                    .toList();
            return manifest.withIndexes(left, manifest.nextIndexId()).withSegments(segments, manifest.sealed());
        });
    }

    /**
     * Moves the log's rows up to a place into segments, and its deletes into the bitmaps of the segments that were there.
     *
     * @param from the sealed position that the job started from
     * @param to the new sealed position
     * @param added none where no row was left alive
     * @param before the deletes of each segment that the job read, by segment id
     * @param deletes new bitmaps by segment id
     */
    public static Change<Manifest> seal(
            LogPosition from,
            LogPosition to,
            List<SegmentEntry> added,
            Map<Long, SegmentEntry> before,
            Map<Long, DeletesEntry> deletes) {
        return alive(manifest -> {
            expectSame("sealed position", from, manifest.sealed());
            List<SegmentEntry> segments = new ArrayList<>();
            for (SegmentEntry segment : manifest.segments()) {
                SegmentEntry read = before.get(segment.id());
                if (read == null) {
                    throw new Conflict("segment " + segment.id() + " appeared while the log was sealed");
                }
                expectSame("deletes of segment " + segment.id(), read.deletes(), segment.deletes());
                DeletesEntry marked = deletes.get(segment.id());
                segments.add(marked == null ? segment : segment.withDeletes(marked));
            }
            expectSame("number of segments", before.size(), segments.size());
            segments.removeIf(segment -> segment.liveCount() == 0);
            segments.addAll(added);
            return manifest.withSegments(segments, to);
        });
    }

    /** Adds a built index to a segment. */
    public static Change<Manifest> attachIndex(long segmentId, IndexEntry index) {
        return alive(manifest -> {
            if (manifest.indexes().stream().noneMatch(definition -> definition.id() == index.indexId())) {
                throw new Conflict("index " + index.indexId() + " was dropped while it was built");
            }
            SegmentEntry segment = manifest.segment(segmentId)
                    .orElseThrow(() -> new Conflict("segment " + segmentId + " is gone: its index is not needed"));
            if (segment.index(index.indexId()).isPresent()) {
                throw new Conflict("segment " + segmentId + " has index " + index.indexId() + " already");
            }
            return manifest.withSegments(
                    manifest.segments().stream()
                            .map(other -> other.id() == segmentId ? other.withIndex(index) : other)
                            .toList(),
                    manifest.sealed());
        });
    }

    /**
     * Puts one segment in the place of several.
     *
     * @param inputs as the job read them
     * @param output null where no row was left alive
     */
    public static Change<Manifest> compact(List<SegmentEntry> inputs, @Nullable SegmentEntry output) {
        return alive(manifest -> {
            List<SegmentEntry> segments = new ArrayList<>(manifest.segments());
            for (SegmentEntry input : inputs) {
                SegmentEntry now = manifest.segment(input.id())
                        .orElseThrow(() -> new Conflict("segment " + input.id() + " is gone"));
                expectSame("deletes of segment " + input.id(), input.deletes(), now.deletes());
                segments.remove(now);
            }
            if (output != null) {
                segments.add(output);
            }
            return manifest.withSegments(segments, manifest.sealed());
        });
    }

    /** A change that a dropped collection does not take. */
    static Change<Manifest> alive(Change<Manifest> change) {
        return manifest -> {
            if (manifest.dropped()) {
                throw NotFound.collection(
                        manifest.name().database(), manifest.name().name());
            }
            return change.applyTo(manifest);
        };
    }

    private static void expectSame(String what, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            throw new Conflict(what + " changed meanwhile: expected " + expected + ", found " + found);
        }
    }
}
