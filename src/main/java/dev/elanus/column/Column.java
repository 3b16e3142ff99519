package dev.elanus.column;

import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The values of one field for a run of rows, over memory that may be a mapped file. Immutable; safe for use from many threads. A row that
 * is null still has a placeholder value of zero or of no bytes.
 */
public sealed interface Column permits FixedColumn, BytesColumn, VectorColumn {
    ValueLayout.OfShort SHORT_LE = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    ValueLayout.OfLong LONG_LE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    ValueLayout.OfFloat FLOAT_LE = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    ValueLayout.OfDouble DOUBLE_LE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    DataType type();

    int rowCount();

    /** Which rows are not null. */
    Validity validity();

    /** Bytes of memory that the values take, validity included. */
    long sizeBytes();

    default boolean isNull(int row) {
        return validity().isNull(row);
    }

    /** A copy of some rows, in the order given, in memory of its own. */
    Column select(int[] rows);

    /** An empty column of a field. */
    static Column empty(dev.elanus.schema.Field field) {
        return ColumnBuilder.of(field, 0).build();
    }

    /** A column of rows that were written before their collection had the field. */
    static Column absent(dev.elanus.schema.Field field, int rowCount) {
        if (field.type().isDenseVector()) {
            return VectorColumn.absent(field, rowCount);
        }
        ColumnBuilder builder = ColumnBuilder.of(field, rowCount);
        for (int row = 0; row < rowCount; row++) {
            builder.addAbsent();
        }
        return builder.build();
    }

    /** The integer of {@code width} bytes, 1, 2, 4 or 8, at an offset; a Bool is one of 1 byte. */
    static long integerAt(MemorySegment bytes, long offset, int width) {
        return switch (width) {
            case 1 -> bytes.get(ValueLayout.JAVA_BYTE, offset);
            case 2 -> bytes.get(SHORT_LE, offset);
            case 4 -> bytes.get(INT_LE, offset);
            case 8 -> bytes.get(LONG_LE, offset);
            default -> throw new IllegalArgumentException("no integer is of " + width + " bytes");
        };
    }

    /** A zeroed native segment that lives for as long as it can be reached. */
    static MemorySegment allocate(long bytes) {
        return java.lang.foreign.Arena.ofAuto().allocate(Math.max(bytes, 1), 64).asSlice(0, bytes);
    }
}
