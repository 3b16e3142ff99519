package dev.elanus.column;

import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A column of Bool, Int8 to Int64, Float, Double or Timestamptz.
 *
 * @param values {@code rowCount · type.width()} bytes, little-endian; a Bool is one byte of 0 or 1
 */
public record FixedColumn(DataType type, int rowCount, MemorySegment values, Validity validity) implements Column {
    public FixedColumn {
        assert type.isFixedWidth() && values.byteSize() == (long) rowCount * type.width();
    }

    /** A column of Int64 values without nulls. */
    public static FixedColumn ofLongs(long[] values) {
        MemorySegment memory = Column.allocate((long) values.length * Long.BYTES);
        MemorySegment.copy(values, 0, memory, LONG_LE, 0, values.length);
        return new FixedColumn(DataType.INT64, values.length, memory, Validity.all());
    }

    /** The value of a row of integers, Bool or times. */
    public long longAt(int row) {
        if (type.isFloating()) {
            throw new IllegalStateException("no integers: " + type);
        }
        return Column.integerAt(values, (long) row * type.width(), type.width());
    }

    /** The value of a row, converted if it is an integer. */
    public double doubleAt(int row) {
        if (type == DataType.FLOAT) {
            return values.get(FLOAT_LE, 4L * row);
        }
        return type == DataType.DOUBLE ? values.get(DOUBLE_LE, 8L * row) : longAt(row);
    }

    public boolean booleanAt(int row) {
        return values.get(ValueLayout.JAVA_BYTE, row) != 0;
    }

    @Override
    public long sizeBytes() {
        return values.byteSize() + validity.sizeBytes();
    }

    @Override
    public FixedColumn select(int[] rows) {
        int width = type.width();
        MemorySegment picked = Column.allocate((long) rows.length * width);
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(values, (long) rows[i] * width, picked, (long) i * width, width);
        }
        return new FixedColumn(type, rows.length, picked, validity.select(rows));
    }
}
