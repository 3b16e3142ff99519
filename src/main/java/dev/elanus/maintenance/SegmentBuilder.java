package dev.elanus.maintenance;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnStatistics;
import dev.elanus.column.Columns;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.Host;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.Indexes;
import dev.elanus.index.Progress;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.log.LogKeys;
import dev.elanus.log.PartitionColumn;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Partition;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.segment.ObjectKind;
import dev.elanus.segment.ObjectTail;
import dev.elanus.segment.ObjectWriter;
import dev.elanus.segment.RowOrder;
import dev.elanus.segment.RowsLayout;
import dev.elanus.segment.RowsWriter;
import dev.elanus.storage.ObjectRef;
import dev.elanus.storage.ObjectStore;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes the objects of segments: to a scratch file first, from there into the store. Nothing is visible until a manifest names it. */
final class SegmentBuilder {
    /** Rows that are searched to measure an index's recall. */
    private static final int RECALL_SAMPLES = 200;

    private final ObjectStore store;
    private final Host host;
    private final Indexes indexes;
    private final Path scratchFolder;

    SegmentBuilder(ObjectStore store, Host host, Indexes indexes, Path scratchFolder) {
        this.store = store;
        this.host = host;
        this.indexes = indexes;
        this.scratchFolder = scratchFolder;
    }

    /** Publishes rows of several sources as one new segment without indexes. */
    SegmentEntry buildRows(Manifest manifest, List<Columns> sources, RowOrder order) {
        long segmentId = newId();
        SortedMap<Integer, Integer> partitions = PartitionRows.count(sources, order);
        List<Field> fields = new ArrayList<>(fields(manifest.schema(), partitions));
        fields.removeIf(field -> isAbsent(field, sources));
        List<Columns> complete = partitions.size() == 1
                ? sources
                : sources.stream()
                        .map(rows -> PartitionColumn.present(rows, Partition.DEFAULT_NUMBER))
                        .toList();
        try (Scratch scratch = Scratch.create(scratchFolder, host)) {
            RowsLayout layout;
            ObjectTail.Extent extent;
            try (ObjectWriter out = new ObjectWriter(scratch.path())) {
                layout = RowsWriter.write(out, fields, complete, order);
                extent = out.finish(ObjectKind.ROWS, layout.encode());
            }
            Map<Integer, ColumnStatistics> statistics = statistics(manifest.schema(), layout, scratch.map());
            String key = LogKeys.segmentPrefix(manifest.collectionId(), segmentId) + "rows";
            ObjectRef rows = scratch.publish(store, key, extent);
            return new SegmentEntry(segmentId, order.rowCount(), rows, layout, statistics, partitions, null, List.of());
        }
    }

    /**
     * Publishes an index over a segment.
     *
     * @param values of the index's field, and
     * @param keys of all the segment's rows, present
     */
    IndexEntry buildIndex(
            Manifest manifest,
            SegmentEntry segment,
            IndexDefinition index,
            Column values,
            Column keys,
            Progress progress) {
        try (Scratch scratch = Scratch.create(scratchFolder, host)) {
            IndexExtent extent;
            ObjectTail.Extent object;
            try (ObjectWriter out = new ObjectWriter(scratch.path())) {
                extent = switch (index.spec()) {
                    case VectorIndexSpec ofVectors -> indexes.build(ofVectors, values, keys, out, progress);
                    case ScalarIndexSpec ofScalars ->
                        indexes.build(
                                ofScalars,
                                manifest.schema().find(index.fieldId()).orElseThrow(),
                                values,
                                out,
                                progress);
                };
                object = out.finish(
                        ObjectKind.INDEX, IndexDirectory.of(index, extent).encode());
            }
            double recall = index.spec() instanceof VectorIndexSpec ofVectors
                    ? indexes.recall(ofVectors, extent, scratch.map(), values, keys, RECALL_SAMPLES)
                    : 1;
            String key = LogKeys.segmentPrefix(manifest.collectionId(), segment.id())
                    + index.fieldId() + "."
                    + HexFormat.of().toHexDigits(newId());
            return new IndexEntry(index.id(), scratch.publish(store, key, object), extent, recall, "cpu");
        }
    }

    /** Whether no source has a value of a vector field, because all were written before it was added. */
    private static boolean isAbsent(Field field, List<Columns> sources) {
        return field.type().isDenseVector()
                && sources.stream()
                        .allMatch(rows -> rows.rowCount() == 0
                                || rows.has(field.id()) && ((VectorColumn) rows.column(field.id())).isAbsent());
    }

    /** The columns that a segment stores: the partitions' numbers only where they differ. */
    static List<Field> fields(CollectionSchema schema, SortedMap<Integer, Integer> partitions) {
        List<Field> fields = new ArrayList<>(schema.storedFields());
        if (partitions.size() > 1) {
            fields.add(CollectionSchema.partitionField());
        }
        return fields;
    }

    /** An id that no other process makes. */
    long newId() {
        return host.random().nextLong() & Long.MAX_VALUE;
    }

    private static Map<Integer, ColumnStatistics> statistics(
            CollectionSchema schema, RowsLayout layout, MemorySegment object) {
        Map<Integer, ColumnStatistics> statistics = new LinkedHashMap<>();
        Columns columns = layout.view(object, schema.storedFields());
        for (Field field : schema.storedFields()) {
            statistics.put(field.id(), ColumnStatistics.of(columns.column(field.id())));
        }
        return statistics;
    }
}
