package dev.elanus.segment;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a {@code rows} object lie, and the object's directory; integers are little-endian.
 * <pre>
 * offset size field
 *      0    4 rowCount
 *      4    4 columnCount
 *      8  56· for each column: fieldId (4), flags (4: bit 0 offsets, bit 1 validity), values offset and length (8 + 8),
 *             offsets offset and length (8 + 8), validity offset and length (8 + 8); absent ones are 0
 * </pre>
 */
public record RowsLayout(int rowCount, List<ColumnExtent> columns) {
    private static final int HEADER_BYTES = 8;
    private static final int COLUMN_BYTES = 56;

    public RowsLayout {
        columns = List.copyOf(columns);
    }

    /**
     * Where a field's column lies; empty if the segment was written before the collection had the field.
     *
     * @throws Invalid if the segment has no such column, and no row may be without it
     */
    public Optional<ColumnExtent> column(Field field) {
        for (ColumnExtent column : columns) {
            if (column.fieldId() == field.id()) {
                return Optional.of(column);
            }
        }
        if (!field.mayBeAbsent()) {
            throw new Invalid("segment has no column of field id " + field.id());
        }
        return Optional.empty();
    }

    /** Whether the segment has a column of a field. */
    public boolean has(int fieldId) {
        return columns.stream().anyMatch(column -> column.fieldId() == fieldId);
    }

    /** The bytes of a field's column; none if the segment has none. */
    public List<ByteRange> whole(Field field) {
        return column(field).map(ColumnExtent::whole).orElse(List.of());
    }

    /** Columns as views over the whole object. Only rows whose bytes are present may be read. */
    public Columns view(MemorySegment object, Collection<Field> fields) {
        Map<Integer, Column> views = new LinkedHashMap<>();
        for (Field field : fields) {
            views.put(
                    field.id(),
                    column(field)
                            .map(extent -> extent.column(field, rowCount, object))
                            .orElseGet(() -> Column.absent(field, rowCount)));
        }
        return new Columns(rowCount, views);
    }

    public MemorySegment encode() {
        MemorySegment bytes = Column.allocate(HEADER_BYTES + (long) columns.size() * COLUMN_BYTES);
        bytes.set(Column.INT_LE, 0, rowCount);
        bytes.set(Column.INT_LE, 4, columns.size());
        long at = HEADER_BYTES;
        for (ColumnExtent column : columns) {
            bytes.set(Column.INT_LE, at, column.fieldId());
            bytes.set(Column.INT_LE, at + 4, (column.offsets() == null ? 0 : 1) | (column.validity() == null ? 0 : 2));
            put(bytes, at + 8, column.values());
            put(bytes, at + 24, column.offsets());
            put(bytes, at + 40, column.validity());
            at += COLUMN_BYTES;
        }
        return bytes;
    }

    /** @throws Corrupt if the directory's length does not fit what it says */
    public static RowsLayout decode(MemorySegment directory) {
        int count = directory.byteSize() < HEADER_BYTES ? -1 : directory.get(Column.INT_LE, 4);
        if (count < 0 || directory.byteSize() != HEADER_BYTES + (long) count * COLUMN_BYTES) {
            throw new Corrupt("rows directory: expected " + COLUMN_BYTES + " bytes for each of " + count
                    + " columns, found " + directory.byteSize() + " bytes");
        }
        List<ColumnExtent> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = HEADER_BYTES + (long) i * COLUMN_BYTES;
            int flags = directory.get(Column.INT_LE, at + 4);
            columns.add(new ColumnExtent(
                    directory.get(Column.INT_LE, at),
                    range(directory, at + 8),
                    (flags & 1) == 0 ? null : range(directory, at + 24),
                    (flags & 2) == 0 ? null : range(directory, at + 40)));
        }
        return new RowsLayout(directory.get(Column.INT_LE, 0), columns);
    }

    private static void put(MemorySegment bytes, long at, @Nullable ByteRange range) {
        bytes.set(Column.LONG_LE, at, range == null ? 0 : range.offset());
        bytes.set(Column.LONG_LE, at + 8, range == null ? 0 : range.length());
    }

    private static ByteRange range(MemorySegment bytes, long at) {
        return new ByteRange(bytes.get(Column.LONG_LE, at), bytes.get(Column.LONG_LE, at + 8));
    }
}
