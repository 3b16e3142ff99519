package dev.elanus.engine;

import dev.elanus.column.ArrayReader;
import dev.elanus.column.ArrayRow;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Changes the elements of an array. */
final class ArrayChange {
    private ArrayChange() {}

    /**
     * One row of an array field.
     *
     * @param stored the elements that there are
     * @param given the elements that come or go
     * @throws Invalid if there are more than the field has room for
     */
    static byte[] apply(Field field, FieldOperation operation, byte[] stored, byte[] given) {
        List<byte[]> before = elements(field, stored);
        List<byte[]> others = elements(field, given);
        List<byte[]> after = new ArrayList<>(before);
        switch (operation) {
            case REPLACE -> after = others;
            case ARRAY_APPEND -> after.addAll(others);
            case ARRAY_REMOVE -> {
                Set<String> gone = new HashSet<>();
                others.forEach(element -> gone.add(identity(element)));
                after.removeIf(element -> gone.contains(identity(element)));
            }
        }
        if (after.size() > field.maxCapacity()) {
            throw new Invalid("array length " + after.size() + " exceeds max_capacity " + field.maxCapacity()
                    + ": invalid parameter");
        }
        return row(field, after);
    }

    private static String identity(byte[] element) {
        return new String(element, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> elements(Field field, byte[] row) {
        BytesColumn column = (BytesColumn) ColumnBuilder.of(field, 1).add(row).build();
        ArrayReader reader = ArrayReader.of(field, (Column) column);
        int width = field.elementType().width();
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < reader.count(0); i++) {
            elements.add(
                    field.elementType() == DataType.VARCHAR
                            ? reader.viewAt(0, i).toArray(ValueLayout.JAVA_BYTE)
                            : java.util.Arrays.copyOfRange(row, i * width, (i + 1) * width));
        }
        return elements;
    }

    private static byte[] row(Field field, List<byte[]> elements) {
        if (field.elementType() == DataType.VARCHAR) {
            return ArrayRow.ofTexts(elements.toArray(byte[][]::new));
        }
        int width = field.elementType().width();
        byte[] row = new byte[elements.size() * width];
        for (int i = 0; i < elements.size(); i++) {
            System.arraycopy(elements.get(i), 0, row, i * width, width);
        }
        return row;
    }
}
