package dev.elanus.engine;

import dev.elanus.column.ArrayReader;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;

/** What arrays must keep, in the words of Milvus. */
public final class ArrayRules {
    private ArrayRules() {}

    /** @throws Invalid if there are more elements than the field has room for */
    public static void checkCapacity(Field field, int row, int count) {
        if (count > field.maxCapacity()) {
            throw Invalid.of(
                    "the length (" + count + ") of " + row + "th array exceeds max capacity (" + field.maxCapacity()
                            + ")",
                    "valid length array",
                    "array length exceeds max capacity");
        }
    }

    /** @throws Invalid if a VarChar element is too long */
    public static void checkLength(Field field, int row, int index, long length) {
        if (length > field.maxLength()) {
            throw new Invalid("length of Array array field \"" + field.name() + "\" exceeds max length, row number: "
                    + row + ", array index: " + index + ", length: " + length + ", max length: " + field.maxLength()
                    + ": invalid parameter");
        }
    }

    static void check(Field field, ArrayReader arrays, int row) {
        int count = arrays.count(row);
        checkCapacity(field, row, count);
        for (int i = 0; i < count && field.elementType() == DataType.VARCHAR; i++) {
            checkLength(field, row, i, arrays.viewAt(row, i).byteSize());
        }
    }
}
