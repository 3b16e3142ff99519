package dev.elanus.wire;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.engine.RowRules;
import dev.elanus.engine.WriteKind;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import io.milvus.grpc.FieldData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows as clients send them, column by column, checked against the schema value by value. */
public final class RowsDecoder {
    private RowsDecoder() {}

    /**
     * The columns that a write carries; absent ones are absent in the result.
     *
     * @param kind tells which columns may be absent
     * @throws Invalid for the first value, column or count that does not fit, naming field, expected and found
     */
    public static Columns decode(CollectionSchema schema, List<FieldData> fields, int rowCount, WriteKind kind) {
        if (rowCount <= 0) {
            throw new Invalid("num_rows should be greater than 0: invalid parameter[expected=invalid num_rows][actual="
                    + rowCount + "]");
        }
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (FieldData data : fields) {
            if (data.getFieldCase() == FieldData.FieldCase.STRUCT_ARRAYS) {
                StructCodec.decode(schema, data, rowCount, (field, column) -> columns.put(field.id(), column));
                continue;
            }
            Field field = fieldOf(schema, data);
            if (schema.structOf(field).isPresent()) {
                throw new Invalid("sub-field " + field.name()
                        + " cannot be written alone: give its whole struct: invalid parameter");
            }
            Column column = ColumnDecoder.decode(field, data, rowCount, schema.zone());
            if (field.dynamic()) {
                RowRules.checkDynamic(schema, column);
            }
            if (columns.put(field.id(), column) != null) {
                throw new Invalid("duplicated field " + field.name() + " found: invalid parameter");
            }
        }
        Columns rows = new Columns(rowCount, columns);
        RowRules.checkComplete(schema, rows, kind);
        return rows;
    }

    private static Field fieldOf(CollectionSchema schema, FieldData data) {
        String name = data.getFieldName();
        if (data.getIsDynamic() || name.equals(CollectionSchema.DYNAMIC_FIELD)) {
            return schema.dynamicField()
                    .orElseThrow(
                            () -> new Invalid(
                                    "without dynamic schema enabled, the field name cannot be set to $meta: invalid parameter"));
        }
        return schema.find(name)
                .orElseThrow(() -> new Invalid("fieldName " + name + " not exist in collection schema, fieldType "
                        + data.getType().name() + ", fieldId " + data.getFieldId() + ": invalid parameter"));
    }
}
