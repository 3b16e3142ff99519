package dev.elanus.engine;

import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows as a client sent them, checked against the schema and completed: absent values become nulls, defaults or empty objects. */
final class IncomingRows {
    private IncomingRows() {}

    /**
     * Every field of the schema, functions' outputs too, but for the primary key where it is generated on insert.
     *
     * @param kind not {@link WriteKind#UPDATE}, whose rows are complete when they have been merged with others
     * @throws Invalid naming the field, what was expected and what was found; nothing is applied
     */
    static Columns complete(CollectionSchema schema, Columns given, WriteKind kind) {
        Columns complete = completed(schema, given, kind);
        schema.dynamicField().ifPresent(field -> RowRules.checkDynamic(schema, complete.column(field.id())));
        return complete;
    }

    /**
     * As {@link #complete}, of an update's rows that were merged with stored ones: a key of those may hide a field that was added since,
     * and the field counts.
     */
    static Columns completeMerged(CollectionSchema schema, Columns merged) {
        return completed(schema, merged, WriteKind.UPSERT);
    }

    private static Columns completed(CollectionSchema schema, Columns given, WriteKind kind) {
        checkCount(given);
        RowRules.checkComplete(schema, given, kind);
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            boolean isGenerated = field.primaryKey() && field.autoId() && !given.has(field.id());
            if (!isGenerated && !field.functionOutput()) {
                columns.put(field.id(), complete(field, given));
            }
        }
        for (int fieldId : given.byFieldId().keySet()) {
            if (schema.find(fieldId).isEmpty()) {
                throw new Invalid("rows have a column of field id " + fieldId + ", which is not in the schema");
            }
        }
        StructRules.check(schema, new Columns(given.rowCount(), columns));
        return FunctionColumns.with(schema, new Columns(given.rowCount(), columns));
    }

    /** Checks what an update gives, before it is merged with what is stored. */
    static void checkUpdate(CollectionSchema schema, Columns given) {
        checkCount(given);
        RowRules.checkComplete(schema, given, WriteKind.UPDATE);
        for (Field field : schema.fields()) {
            if (given.has(field.id())) {
                check(field, given.column(field.id()));
            }
        }
        schema.dynamicField()
                .ifPresent(
                        field -> RowRules.checkDynamic(schema, given.byFieldId().get(field.id())));
    }

    private static void checkCount(Columns given) {
        if (given.rowCount() < 1) {
            throw Invalid.of("num_rows should be greater than 0", "invalid num_rows", given.rowCount());
        }
    }

    private static Column complete(Field field, Columns given) {
        if (!given.has(field.id())) {
            return absent(field, given.rowCount());
        }
        Column column = given.column(field.id());
        check(field, column);
        if (!column.validity().hasNulls()) {
            return column;
        }
        if (field.defaultValue() == null && !field.dynamic()) {
            if (!field.nullable()) {
                throw new Invalid(
                        "the value of field " + field.name() + " is required, found null in row " + firstNull(column));
            }
            return column;
        }
        ColumnBuilder filled = ColumnBuilder.of(field, column.rowCount());
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                addDefault(filled, field);
            } else {
                filled.add(column, row);
            }
        }
        return filled.build();
    }

    private static Column absent(Field field, int rowCount) {
        boolean optional = field.nullable() || field.defaultValue() != null || field.dynamic();
        if (!optional) {
            throw RowRules.absent(field);
        }
        ColumnBuilder filled = ColumnBuilder.of(field, rowCount);
        for (int row = 0; row < rowCount; row++) {
            addDefault(filled, field);
        }
        return filled.build();
    }

    private static void addDefault(ColumnBuilder column, Field field) {
        if (field.dynamic()) {
            column.add("{}");
            return;
        }
        RowRules.addAbsent(column, field);
    }

    private static void check(Field field, Column column) {
        if (column.type() != field.type()) {
            throw Invalid.of(
                    "field " + field.name() + " has the wrong type",
                    field.type().text(),
                    column.type().text());
        }
        switch (column) {
            case VectorColumn vectors -> checkVectors(field, vectors);
            case BytesColumn bytes -> checkBytes(field, bytes);
            case FixedColumn _ -> {}
        }
    }

    private static void checkVectors(Field field, VectorColumn vectors) {
        if (vectors.dimension() != field.dimension()) {
            throw Invalid.of(
                    "the dim (" + vectors.dimension() + ") of field data(" + field.name()
                            + ") is not equal to schema dim (" + field.dimension() + ")",
                    field.dimension(),
                    vectors.dimension());
        }
        if (field.type() == DataType.INT8_VECTOR || field.type() == DataType.BINARY_VECTOR) {
            return;
        }
        if (field.type() == DataType.FLOAT_VECTOR) {
            checkFinite(field, vectors);
            return;
        }
        float[] vector = new float[vectors.dimension()];
        for (int row = 0; row < vectors.rowCount(); row++) {
            vectors.floatsAt(row, vector);
            RowRules.checkFinite(field, row, vector);
        }
    }

    private static void checkFinite(Field field, VectorColumn vectors) {
        MemorySegment values = vectors.values();
        long count = (long) vectors.rowCount() * vectors.dimension();
        for (long i = 0; i < count; i++) {
            float value = values.get(Column.FLOAT_LE, i * Float.BYTES);
            // A finite number minus itself is zero; NaN and the infinities give NaN.
            if (value - value != 0) {
                throw RowRules.notFinite(field, (int) (i / vectors.dimension()), value);
            }
        }
    }

    private static void checkBytes(Field field, BytesColumn column) {
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            switch (field.type()) {
                case VARCHAR -> RowRules.checkLength(field, row, column.lengthAt(row));
                case JSON -> RowRules.checkJson(field, row, column.bytesAt(row));
                case SPARSE_FLOAT_VECTOR -> SparseRules.check(column.viewAt(row));
                case ARRAY_OF_VECTOR -> StructRules.checkVectors(field, row, column);
                case ARRAY -> ArrayRules.check(field, ArrayReader.of(field, column), row);
                // Whoever made the bytes made them of a shape; reading each again would cost more than the rest.
                case GEOMETRY -> {}
                case BOOL,
                        INT8,
                        INT16,
                        INT32,
                        INT64,
                        FLOAT,
                        DOUBLE,
                        TIMESTAMPTZ,
                        BINARY_VECTOR,
                        FLOAT_VECTOR,
                        FLOAT16_VECTOR,
                        BFLOAT16_VECTOR,
                        INT8_VECTOR -> throw new IllegalStateException("values of one width: " + field.type());
            }
        }
    }

    private static int firstNull(Column column) {
        int row = 0;
        while (!column.isNull(row)) {
            row++;
        }
        return row;
    }
}
