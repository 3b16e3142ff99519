package dev.elanus.column;

import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The elements of an Array column, read in place. A row of Bool or numbers is its elements one after the other, little-endian, as wide as a
 * column of them; a row of VarChar is the element count as int32, where each element ends as int32, and the UTF-8 of all. A row of no bytes
 * has no elements.
 */
public record ArrayReader(BytesColumn column, DataType element) {
    public static ArrayReader of(Field field, Column column) {
        return new ArrayReader((BytesColumn) column, field.elementType());
    }

    public boolean isNull(int row) {
        return column.isNull(row);
    }

    /** The number of elements of a row, 0 where it is null. */
    public int count(int row) {
        int bytes = column.lengthAt(row);
        if (element.isFixedWidth()) {
            return bytes / element.width();
        }
        return bytes == 0 ? 0 : column.bytes().get(Column.INT_LE, column.startAt(row));
    }

    /** An element of Bool or an integer type. */
    public long longAt(int row, int index) {
        long at = column.startAt(row) + (long) index * element.width();
        return Column.integerAt(column.bytes(), at, element.width());
    }

    /** An element of a numeric type. */
    public double doubleAt(int row, int index) {
        long at = column.startAt(row) + (long) index * element.width();
        if (element == DataType.FLOAT) {
            return column.bytes().get(Column.FLOAT_LE, at);
        }
        return element == DataType.DOUBLE ? column.bytes().get(Column.DOUBLE_LE, at) : longAt(row, index);
    }

    public boolean booleanAt(int row, int index) {
        return longAt(row, index) != 0;
    }

    /** The UTF-8 of a VarChar element, a view. */
    public MemorySegment viewAt(int row, int index) {
        long start = textStart(row, index);
        return column.bytes().asSlice(start, textStart(row, index + 1) - start);
    }

    public String textAt(int row, int index) {
        return new String(viewAt(row, index).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private long textStart(int row, int index) {
        long start = column.startAt(row);
        long ends = start + Integer.BYTES;
        long texts = ends + (long) count(row) * Integer.BYTES;
        return index == 0 ? texts : texts + column.bytes().get(Column.INT_LE, ends + (index - 1L) * Integer.BYTES);
    }
}
