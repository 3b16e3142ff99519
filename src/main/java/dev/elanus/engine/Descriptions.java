package dev.elanus.engine;

import dev.elanus.index.IndexSpec;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a manifest says, as clients are told it. */
final class Descriptions {
    private Descriptions() {}

    static CollectionDescription collection(Manifest manifest) {
        return new CollectionDescription(
                manifest.collectionId(),
                manifest.name(),
                manifest.schema(),
                manifest.collection().consistencyLevel(),
                manifest.collection().shards(),
                manifest.collection().properties(),
                manifest.partitions().all().size(),
                manifest.partitions().key(manifest.schema()).map(Field::name).orElse(null),
                manifest.loaded(),
                manifest.collection().createdTimestamp(),
                manifest.collection().updatedTimestamp());
    }

    /** The name of an index that was given none: its field's, and behind it the path into JSON as RFC 6901 writes it. */
    static String indexName(Field field, IndexSpec spec) {
        return field.name()
                + path(spec).stream()
                        .map(key -> "/" + key.replace("~", "~0").replace("/", "~1"))
                        .collect(Collectors.joining());
    }

    /** What clients know as the field of an index: of one over a dynamic key, the key. */
    private static String fieldName(Field field, IndexSpec spec) {
        return field.dynamic() && !path(spec).isEmpty() ? path(spec).getFirst() : field.name();
    }

    private static List<String> path(IndexSpec spec) {
        return spec instanceof ScalarIndexSpec scalar ? scalar.path() : List.of();
    }

    static List<IndexDescription> indexes(Manifest manifest) {
        return manifest.indexes().stream().map(index -> index(manifest, index)).toList();
    }

    private static IndexDescription index(Manifest manifest, IndexDefinition index) {
        long total = 0;
        long indexed = 0;
        for (SegmentEntry segment : manifest.segments()) {
            total += segment.rowCount();
            indexed += index.isMissingIn(segment) ? 0 : segment.rowCount();
        }
        OptionalDouble recall = manifest.segments().stream()
                .flatMap(segment -> segment.index(index.id()).stream())
                .mapToDouble(IndexEntry::recall)
                .min();
        Field field = manifest.schema().find(index.fieldId()).orElseThrow();
        return new IndexDescription(
                index.id(),
                index.name(),
                fieldName(field, index.spec()),
                index.spec().givenParams(),
                total,
                indexed,
                recall);
    }

    static List<SegmentDescription> segments(Manifest manifest) {
        return manifest.segments().stream()
                .map(segment -> {
                    Map<String, Double> recall = new LinkedHashMap<>();
                    for (IndexDefinition index : manifest.indexes()) {
                        segment.index(index.id()).ifPresent(entry -> recall.put(index.name(), entry.recall()));
                    }
                    return new SegmentDescription(
                            segment.id(), segment.rowCount(), segment.deletedCount(), segment.sizeBytes(), recall);
                })
                .toList();
    }
}
