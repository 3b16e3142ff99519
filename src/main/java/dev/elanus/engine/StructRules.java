package dev.elanus.engine;

import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.VectorElements;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.StructSchema;
import java.util.List;

/** What structs must keep. */
final class StructRules {
    private StructRules() {}

    /** @throws Invalid if the members of a struct are not of one length in a row */
    static void check(CollectionSchema schema, Columns rows) {
        for (StructSchema struct : schema.structs()) {
            List<Field> members = schema.members(struct);
            for (int row = 0; row < rows.rowCount(); row++) {
                int first = count(members.getFirst(), rows, row);
                for (Field member : members) {
                    int count = count(member, rows, row);
                    if (count != first) {
                        throw new Invalid("struct array field " + struct.name() + ", row number: " + row
                                + ": expected arrays of one length, found " + first + " of "
                                + struct.memberName(members.getFirst()) + " and " + count + " of "
                                + struct.memberName(member) + ": invalid parameter");
                    }
                }
            }
        }
    }

    private static int count(Field field, Columns rows, int row) {
        Column column = rows.column(field.id());
        return field.type() == DataType.ARRAY
                ? ArrayReader.of(field, column).count(row)
                : ((BytesColumn) column).lengthAt(row) / vectorBytes(field);
    }

    private static int vectorBytes(Field field) {
        return field.elementType().vectorBytes(field.dimension());
    }

    /** @throws Invalid if a row of vectors is none, has too many, or has one that is not finite */
    static void checkVectors(Field field, int row, BytesColumn column) {
        int width = vectorBytes(field);
        int length = column.lengthAt(row);
        if (length % width != 0) {
            throw Invalid.of(
                    "field " + field.name() + ", row number: " + row + ": bytes of vectors",
                    "a multiple of " + width,
                    length);
        }
        ArrayRules.checkCapacity(field, row, length / width);
        if (field.elementType() == DataType.BINARY_VECTOR || field.elementType() == DataType.INT8_VECTOR) {
            return;
        }
        float[] vector = new float[field.dimension()];
        for (int at = 0; at < length; at += width) {
            VectorElements.read(field.elementType(), column.viewAt(row), at, vector);
            RowRules.checkFinite(field, row, vector);
        }
    }
}
