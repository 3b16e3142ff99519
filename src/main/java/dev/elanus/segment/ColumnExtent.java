package dev.elanus.segment;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnParts;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one column lies in a {@code rows} object.
 *
 * @param values of fixed width and vector columns: the values; of text columns: the UTF-8 of all rows
 * @param offsets of text columns: {@code rowCount + 1} int64; null for others
 * @param validity {@code ceil(rowCount / 8)} bytes, or null where no row is null
 */
public record ColumnExtent(
        int fieldId,
        ByteRange values,
        @Nullable ByteRange offsets,
        @Nullable ByteRange validity) {
    /** Every byte of the column. */
    public List<ByteRange> whole() {
        List<ByteRange> ranges = new ArrayList<>(frame());
        ranges.add(values);
        return ranges;
    }

    /** What must be present before {@link #rows} can tell where a row's value is: offsets and validity. */
    public List<ByteRange> frame() {
        List<ByteRange> ranges = new ArrayList<>();
        if (offsets != null) {
            ranges.add(offsets);
        }
        if (validity != null) {
            ranges.add(validity);
        }
        return ranges;
    }

    /**
     * The bytes of some rows' values.
     *
     * @param object the whole object, in which {@link #frame} is present
     */
    public List<ByteRange> rows(Field field, MemorySegment object, int[] rows) {
        List<ByteRange> ranges = new ArrayList<>(rows.length);
        for (int row : rows) {
            if (offsets == null) {
                long width = field.rowWidth();
                ranges.add(new ByteRange(values.offset() + row * width, width));
            } else {
                long start = object.get(Column.LONG_LE, offsets.offset() + (long) row * Long.BYTES);
                long end = object.get(Column.LONG_LE, offsets.offset() + (row + 1L) * Long.BYTES);
                ranges.add(new ByteRange(values.offset() + start, end - start));
            }
        }
        return ranges;
    }

    /** The column as views over the object. Only rows whose bytes are present may be read. */
    Column column(Field field, int rowCount, MemorySegment object) {
        return new ColumnParts(slice(object, values), sliceOrNull(object, offsets), sliceOrNull(object, validity))
                .column(field, rowCount);
    }

    private static @Nullable MemorySegment sliceOrNull(MemorySegment object, @Nullable ByteRange range) {
        return range == null ? null : slice(object, range);
    }

    private static MemorySegment slice(MemorySegment object, ByteRange range) {
        return object.asSlice(range.offset(), range.length());
    }
}
