package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnParts;
import dev.elanus.column.Columns;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.manifest.BatchId;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.segment.Checksum;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log batch as bytes; integers are little-endian.
 * <pre>
 * offset size field
 *      0    4 magic           "ELOG"
 *      4    4 version         3
 *      8    8 sequence
 *     16    8 timestamp       hybrid, of the first entry
 *     24   16 batch id        writer, number
 *     40   16 previous        batch id of the last batch that counts before this one; zeros at the log's start
 *     56    8 durable         sequence up to which all places were taken
 *     64    4 entryCount      0 in a fence
 *     68    4 zero
 *     72    8 bodyLength      bytes
 *     80    8 zero
 *     88    4 bodyChecksum    CRC-32C of the body
 *     92    4 headerChecksum  CRC-32C of offsets 0 to 91
 *     96    … body: the entries, each at a multiple of 64 from the batch's start
 *              16 deletedCount, rowCount, columnCount (with the deleted keys' column), deletedIn: 4 each;
 *                 deletedIn is 0 where rows of all partitions are deleted, else the partition's number + 1
 *             32· for each column: fieldId (4; 0 for the deleted keys), flags (4: bit 0 offsets, bit 1 validity),
 *                 bytes of values, of offsets and of validity: 8 each
 *               … for each column: validity, offsets, values, each at a multiple of 64 from the batch's start
 * </pre>
 */
final class LogBatchCodec {
    static final int HEADER_BYTES = 96;
    private static final int MAGIC = 0x474F4C45;
    private static final int VERSION = 3;
    private static final int ID_AT = 24;
    private static final int PREVIOUS_AT = 40;
    private static final int HEADER_CHECKSUM_AT = 92;
    private static final int ENTRY_BYTES = 16;
    private static final int COLUMN_BYTES = 32;
    private static final int ALIGNMENT = 64;
    private static final int DELETED_KEYS = 0;

    private LogBatchCodec() {}

    static MemorySegment encode(LogBatch batch) {
        long length = HEADER_BYTES;
        for (LogEntry entry : batch.entries()) {
            length = align(length) + entryLength(entry);
        }
        MemorySegment bytes = Column.allocate(length);
        long at = HEADER_BYTES;
        for (LogEntry entry : batch.entries()) {
            at = putEntry(bytes, align(at), entry);
        }
        assert at == length;
        bytes.set(Column.INT_LE, 0, MAGIC);
        bytes.set(Column.INT_LE, 4, VERSION);
        bytes.set(Column.LONG_LE, 8, batch.sequence());
        bytes.set(Column.LONG_LE, 16, batch.timestamp());
        putId(bytes, ID_AT, batch.id());
        putId(bytes, PREVIOUS_AT, batch.previous());
        bytes.set(Column.LONG_LE, 56, batch.durable());
        bytes.set(Column.INT_LE, 64, batch.entries().size());
        bytes.set(Column.LONG_LE, 72, length - HEADER_BYTES);
        bytes.set(Column.INT_LE, 88, Checksum.of(bytes.asSlice(HEADER_BYTES)));
        bytes.set(Column.INT_LE, HEADER_CHECKSUM_AT, Checksum.of(bytes.asSlice(0, HEADER_CHECKSUM_AT)));
        return bytes;
    }

    private static void putId(MemorySegment bytes, long at, BatchId id) {
        bytes.set(Column.LONG_LE, at, id.writer());
        bytes.set(Column.LONG_LE, at + 8, id.number());
    }

    private static BatchId getId(MemorySegment bytes, long at) {
        return new BatchId(bytes.get(Column.LONG_LE, at), bytes.get(Column.LONG_LE, at + 8));
    }

    /**
     * The batch that the bytes hold; its columns are views over them.
     *
     * @param name the object's key, for the error's text
     * @throws Corrupt if any bit is not as it was written
     * @throws Unsupported if the version is not the one that this decoder knows
     */
    static LogBatch decode(String name, MemorySegment bytes, Schemas schemas) {
        if (bytes.byteSize() < HEADER_BYTES) {
            throw new Corrupt(name + ": expected " + HEADER_BYTES + " bytes or more, found " + bytes.byteSize());
        }
        expect(name, "magic", MAGIC, bytes.get(Column.INT_LE, 0));
        expect(
                name,
                "header checksum",
                Checksum.of(bytes.asSlice(0, HEADER_CHECKSUM_AT)),
                bytes.get(Column.INT_LE, HEADER_CHECKSUM_AT));
        int version = bytes.get(Column.INT_LE, 4);
        if (version != VERSION) {
            throw Unsupported.version(name, version, VERSION);
        }
        expect(name, "body length", bytes.byteSize() - HEADER_BYTES, bytes.get(Column.LONG_LE, 72));
        expect(name, "body checksum", Checksum.of(bytes.asSlice(HEADER_BYTES)), bytes.get(Column.INT_LE, 88));
        EntryReader reader = new EntryReader(bytes, schemas);
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < bytes.get(Column.INT_LE, 64); i++) {
            entries.add(reader.next());
        }
        return new LogBatch(
                bytes.get(Column.LONG_LE, 8),
                bytes.get(Column.LONG_LE, 16),
                getId(bytes, ID_AT),
                getId(bytes, PREVIOUS_AT),
                bytes.get(Column.LONG_LE, 56),
                entries);
    }

    private static long entryLength(LogEntry entry) {
        long length = ENTRY_BYTES + (long) columnCount(entry) * COLUMN_BYTES;
        if (entry.deletedKeys() != null) {
            length = partsEnd(length, entry.deletedKeys());
        }
        if (entry.rows() != null) {
            for (Column column : entry.rows().byFieldId().values()) {
                length = partsEnd(length, column);
            }
        }
        return length;
    }

    private static long partsEnd(long start, Column column) {
        long at = start;
        for (MemorySegment part : present(column)) {
            at = align(at) + part.byteSize();
        }
        return at;
    }

    private static long putEntry(MemorySegment bytes, long start, LogEntry entry) {
        bytes.set(Column.INT_LE, start, entry.deletedCount());
        bytes.set(Column.INT_LE, start + 4, entry.rowCount());
        bytes.set(Column.INT_LE, start + 8, columnCount(entry));
        bytes.set(Column.INT_LE, start + 12, entry.deletedIn() + 1);
        Map<Integer, Column> columns = new LinkedHashMap<>();
        if (entry.deletedKeys() != null) {
            columns.put(DELETED_KEYS, entry.deletedKeys());
        }
        if (entry.rows() != null) {
            columns.putAll(entry.rows().byFieldId());
        }
        long header = start + ENTRY_BYTES;
        long at = header + (long) columns.size() * COLUMN_BYTES;
        for (Map.Entry<Integer, Column> column : columns.entrySet()) {
            ColumnParts parts = ColumnParts.of(column.getValue());
            bytes.set(Column.INT_LE, header, column.getKey());
            bytes.set(
                    Column.INT_LE, header + 4, (parts.offsets() == null ? 0 : 1) | (parts.validity() == null ? 0 : 2));
            bytes.set(Column.LONG_LE, header + 8, parts.values().byteSize());
            bytes.set(Column.LONG_LE, header + 16, sizeOf(parts.offsets()));
            bytes.set(Column.LONG_LE, header + 24, sizeOf(parts.validity()));
            header += COLUMN_BYTES;
            for (MemorySegment part : present(column.getValue())) {
                at = align(at);
                MemorySegment.copy(part, 0, bytes, at, part.byteSize());
                at += part.byteSize();
            }
        }
        return at;
    }

    private static List<MemorySegment> present(Column column) {
        ColumnParts parts = ColumnParts.of(column);
        List<MemorySegment> present = new ArrayList<>();
        if (parts.validity() != null) {
            present.add(parts.validity());
        }
        if (parts.offsets() != null) {
            present.add(parts.offsets());
        }
        present.add(parts.values());
        return present;
    }

    private static int columnCount(LogEntry entry) {
        return (entry.deletedKeys() == null ? 0 : 1)
                + (entry.rows() == null ? 0 : entry.rows().byFieldId().size());
    }

    private static long sizeOf(@Nullable MemorySegment part) {
        return part == null ? 0 : part.byteSize();
    }

    private static long align(long position) {
        return (position + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static void expect(String name, String what, long expected, long found) {
        if (expected != found) {
            throw new Corrupt("%s: expected %s 0x%x, found 0x%x".formatted(name, what, expected, found));
        }
    }

    /** Walks over the entries of a body whose checksum is right. */
    private static final class EntryReader {
        private final MemorySegment bytes;
        private final Schemas schemas;
        private long at = HEADER_BYTES;

        EntryReader(MemorySegment bytes, Schemas schemas) {
            this.bytes = bytes;
            this.schemas = schemas;
        }

        LogEntry next() {
            long header = align(at);
            int deleted = bytes.get(Column.INT_LE, header);
            int rows = bytes.get(Column.INT_LE, header + 4);
            int columnCount = bytes.get(Column.INT_LE, header + 8);
            at = header + ENTRY_BYTES + (long) columnCount * COLUMN_BYTES;
            Column deletedKeys = null;
            Map<Integer, Column> columns = new LinkedHashMap<>();
            for (int i = 0; i < columnCount; i++) {
                long description = header + ENTRY_BYTES + (long) i * COLUMN_BYTES;
                int fieldId = bytes.get(Column.INT_LE, description);
                if (fieldId == DELETED_KEYS) {
                    deletedKeys = column(schemas.known().primaryKey(), description, deleted);
                } else {
                    columns.put(fieldId, column(field(fieldId), description, rows));
                }
            }
            int deletedIn = bytes.get(Column.INT_LE, header + 12) - 1;
            return new LogEntry(deletedKeys, deletedIn, columns.isEmpty() ? null : new Columns(rows, columns));
        }

        private Field field(int fieldId) {
            if (fieldId == CollectionSchema.PARTITION_FIELD_ID) {
                return CollectionSchema.partitionField();
            }
            return schemas.known()
                    .find(fieldId)
                    .or(() -> schemas.newest().find(fieldId))
                    .orElseThrow(() -> new Corrupt("log batch: the schema has no field of id " + fieldId));
        }

        private Column column(Field field, long description, int rows) {
            int flags = bytes.get(Column.INT_LE, description + 4);
            MemorySegment validity = (flags & 2) == 0 ? null : part(bytes.get(Column.LONG_LE, description + 24));
            MemorySegment offsets = (flags & 1) == 0 ? null : part(bytes.get(Column.LONG_LE, description + 16));
            MemorySegment values = part(bytes.get(Column.LONG_LE, description + 8));
            return new ColumnParts(values, offsets, validity).column(field, rows);
        }

        private MemorySegment part(long length) {
            MemorySegment part = bytes.asSlice(align(at), length);
            at = align(at) + length;
            return part;
        }
    }
}
