package dev.elanus.maintenance;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnStatistics;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.error.Corrupt;
import dev.elanus.error.NotFound;
import dev.elanus.manifest.DeletesEntry;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.segment.BlockChecksums;
import dev.elanus.segment.DeletedBitmap;
import dev.elanus.segment.ObjectKind;
import dev.elanus.segment.ObjectTail;
import dev.elanus.segment.RowsLayout;
import dev.elanus.storage.Meter;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.MirroredObject;
import dev.elanus.storage.Need;
import dev.elanus.storage.ObjectRef;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** Reads the objects of one segment from end to end and compares them with what the manifest says. Throws where they differ. */
final class ObjectCheck {
    /** Blocks that are read together: 4 MiB. */
    private static final int BLOCKS_AT_A_TIME = 64;

    private final ObjectStore store;
    private final Mirror mirror;
    private final Audit audit;

    ObjectCheck(ObjectStore store, Mirror mirror, Audit audit) {
        this.store = store;
        this.mirror = mirror;
        this.audit = audit;
    }

    /**
     * Checks the segment's rows: every byte, the layout, the order and the statistics of the keys.
     *
     * @throws Corrupt if anything differs
     * @throws NotFound if the object is gone
     */
    void checkRows(Manifest manifest, SegmentEntry segment) {
        String key = segment.rows().key();
        ObjectTail tail = checkBytes(segment.rows(), ObjectKind.ROWS);
        RowsLayout layout = RowsLayout.decode(tail.directory());
        expect(key, "layout", segment.layout(), layout);
        expect(key, "rows", (long) segment.rowCount(), (long) layout.rowCount());
        CollectionSchema schema = manifest.schema();
        for (Field field : schema.storedFields()) {
            for (ByteRange range : layout.whole(field)) {
                if (range.offset() < 0 || range.offset() + range.length() > tail.bodyLength()) {
                    throw new Corrupt(key + ": expected field " + field.name() + " within " + tail.bodyLength()
                            + " bytes, found it at " + range);
                }
            }
        }
        checkOrder(manifest, segment);
    }

    private void checkOrder(Manifest manifest, SegmentEntry segment) {
        String key = segment.rows().key();
        Field primary = manifest.schema().primaryKey();
        List<Field> fields = List.of(primary, CollectionSchema.timestampField());
        // Mapped and not in the heap, however many rows there are.
        try (MirroredObject rows = mirror.open(segment.rows())) {
            List<Need> needs = fields.stream()
                    .map(field -> new Need(rows, segment.layout().whole(field)))
                    .toList();
            mirror.bring(needs, new Meter());
            Columns columns = segment.layout().view(rows.bytes(), fields);
            Column keys = columns.column(primary.id());
            FixedColumn timestamps = (FixedColumn) columns.column(CollectionSchema.TIMESTAMP_FIELD_ID);
            for (int row = 1; row < keys.rowCount(); row++) {
                int order = Keys.compare(keys, row - 1, keys, row);
                if (order > 0 || order == 0 && timestamps.longAt(row - 1) > timestamps.longAt(row)) {
                    throw new Corrupt(
                            key + ": expected rows in the order of their keys, found row " + row + " out of order");
                }
            }
            for (Field field : fields) {
                expect(
                        key,
                        "statistics of field " + field.name(),
                        segment.statistics().get(field.id()),
                        ColumnStatistics.of(columns.column(field.id())));
            }
            Object newest = ColumnStatistics.of(timestamps).max();
            if (newest instanceof Long written && written > manifest.sealed().timestamp()) {
                throw new Corrupt(key + ": expected rows up to the sealed timestamp "
                        + manifest.sealed().timestamp() + ", found " + written);
            }
        }
    }

    /** As {@link #checkRows} for one of the segment's indexes. */
    void checkIndex(IndexDefinition definition, IndexEntry index) {
        String key = index.object().key();
        ObjectTail tail = checkBytes(index.object(), ObjectKind.INDEX);
        expect(
                key,
                "directory",
                IndexDirectory.of(definition, index.extent()),
                IndexDirectory.decode(tail.directory()));
    }

    /** As {@link #checkRows} for the segment's deleted rows. */
    void checkDeletes(SegmentEntry segment, DeletesEntry deletes) {
        MemorySegment bytes = store.get(deletes.key()).orElseThrow(() -> missing(deletes.key()));
        audit.objects++;
        audit.bytes += bytes.byteSize();
        long count =
                DeletedBitmap.decode(deletes.key(), bytes, segment.rowCount()).cardinality();
        expect(deletes.key(), "deleted rows", deletes.count(), count);
    }

    private ObjectTail checkBytes(ObjectRef ref, ObjectKind kind) {
        String key = ref.key();
        List<Listed> listed = store.list(key, "", 1);
        if (listed.isEmpty() || !listed.getFirst().key().equals(key)) {
            throw missing(key);
        }
        expect(key, "bytes", ref.length(), listed.getFirst().length());
        MemorySegment end = store.read(key, new ByteRange(ref.tailOffset(), ref.length() - ref.tailOffset()));
        ObjectTail tail = ObjectTail.decode(end, ref.length());
        expect(key, "tail at", ref.tailOffset(), tail.tailOffset());
        expect(key, "kind", kind, tail.kind());
        BlockChecksums sums = tail.checksums();
        for (long block = 0; block < sums.count(); block += BLOCKS_AT_A_TIME) {
            long last = Math.min(block + BLOCKS_AT_A_TIME, sums.count()) - 1;
            long start = block * sums.blockBytes();
            long length = last * sums.blockBytes() + sums.lengthOf(last) - start;
            MemorySegment bytes = store.read(key, new ByteRange(start, length));
            for (long each = block; each <= last; each++) {
                sums.check(each, bytes.asSlice((each - block) * sums.blockBytes(), sums.lengthOf(each)));
            }
        }
        audit.objects++;
        audit.bytes += ref.length();
        return tail;
    }

    private static NotFound missing(String key) {
        return new NotFound(NotFound.Kind.OBJECT, key + ": expected an object, found none");
    }

    private static void expect(
            String key, String what, @org.jspecify.annotations.Nullable Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new Corrupt(key + ": expected " + what + " " + expected + ", found " + found);
        }
    }
}
