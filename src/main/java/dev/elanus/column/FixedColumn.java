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

    /** The value of an integer or Bool row. */
    public long longAt(int row) {
        return switch (type) {
            case BOOL, INT8 -> values.get(ValueLayout.JAVA_BYTE, row);
            case INT16 -> values.get(SHORT_LE, 2L * row);
            case INT32 -> values.get(INT_LE, 4L * row);
            case INT64, TIMESTAMPTZ -> values.get(LONG_LE, 8L * row);
            case FLOAT,
                    DOUBLE,
                    VARCHAR,
                    ARRAY,
                    JSON,
                    GEOMETRY,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("no integers: " + type);
        };
    }

    /** The value of a numeric row, converted if it is an integer. */
    public double doubleAt(int row) {
        return switch (type) {
            case FLOAT -> values.get(FLOAT_LE, 4L * row);
            case DOUBLE -> values.get(DOUBLE_LE, 8L * row);
            case BOOL, INT8, INT16, INT32, INT64, TIMESTAMPTZ -> longAt(row);
            case VARCHAR,
                    ARRAY,
                    JSON,
                    GEOMETRY,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("no numbers: " + type);
        };
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
