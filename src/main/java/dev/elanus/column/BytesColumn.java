package dev.elanus.column;

import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of values of any length: the UTF-8 of VarChar and JSON, the well-known binary of Geometry, the pairs of {@link SparseRow} and the
 * elements of {@link ArrayReader}.
 *
 * @param offsets {@code rowCount + 1} int64, little-endian, ascending: row i is the bytes from offset i to offset i + 1
 * @param bytes the values of all rows, one after the other; offsets count from its start
 */
public record BytesColumn(DataType type, int rowCount, MemorySegment offsets, MemorySegment bytes, Validity validity)
        implements Column {
    public BytesColumn {
        assert offsets.byteSize() == (rowCount + 1L) * Long.BYTES;
    }

    /** Texts given row by row; a null is a null row. */
    public static BytesColumn of(DataType type, List<? extends @Nullable String> rows) {
        byte[][] encoded = new byte[rows.size()][];
        boolean[] valid = new boolean[rows.size()];
        for (int row = 0; row < encoded.length; row++) {
            @Nullable String text = rows.get(row);
            valid[row] = text != null;
            encoded[row] = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        }
        return of(type, encoded, Validity.of(valid));
    }

    /** Values given row by row. */
    public static BytesColumn of(DataType type, byte[][] rows, Validity validity) {
        long length = 0;
        for (byte[] row : rows) {
            length += row.length;
        }
        MemorySegment offsets = Column.allocate((rows.length + 1L) * Long.BYTES);
        MemorySegment bytes = Column.allocate(length);
        long at = 0;
        for (int row = 0; row < rows.length; row++) {
            MemorySegment.copy(rows[row], 0, bytes, ValueLayout.JAVA_BYTE, at, rows[row].length);
            at += rows[row].length;
            offsets.set(LONG_LE, (row + 1L) * Long.BYTES, at);
        }
        return new BytesColumn(type, rows.length, offsets, bytes, validity);
    }

    public long startAt(int row) {
        return offsets.get(LONG_LE, (long) row * Long.BYTES);
    }

    public int lengthAt(int row) {
        return (int) (startAt(row + 1) - startAt(row));
    }

    /** The bytes of one row, a view. */
    public MemorySegment viewAt(int row) {
        return bytes.asSlice(startAt(row), lengthAt(row));
    }

    /** The bytes of one row, a copy. */
    public byte[] bytesAt(int row) {
        return viewAt(row).toArray(ValueLayout.JAVA_BYTE);
    }

    public String textAt(int row) {
        return new String(bytesAt(row), StandardCharsets.UTF_8);
    }

    @Override
    public long sizeBytes() {
        return offsets.byteSize() + bytes.byteSize() + validity.sizeBytes();
    }

    @Override
    public BytesColumn select(int[] rows) {
        byte[][] picked = new byte[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = bytesAt(rows[i]);
        }
        return of(type, picked, validity.select(rows));
    }
}
