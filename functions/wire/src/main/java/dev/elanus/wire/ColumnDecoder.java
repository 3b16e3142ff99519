package dev.elanus.wire;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.engine.RowRules;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.VectorField;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** One column of a message as a column in memory. */
final class ColumnDecoder {
    private final Field field;
    private final ScalarField scalars;
    private final ColumnBuilder builder;

    private ColumnDecoder(Field field, ScalarField scalars, int rowCount) {
        this.field = field;
        this.scalars = scalars;
        builder = ColumnBuilder.of(field, rowCount);
    }

    static Column decode(Field field, FieldData data, int rowCount) {
        if (field.type().isVector()) {
            return vectors(field, data, rowCount);
        }
        if (data.getFieldCase() != FieldData.FieldCase.SCALARS) {
            throw wrongKind(
                    field, data.getFieldCase() == FieldData.FieldCase.FIELD_NOT_SET ? "nil" : data.getFieldCase());
        }
        ScalarField scalars = data.getScalars();
        int given = payloadCount(field, scalars);
        boolean @Nullable [] valid = validity(field, data, rowCount, given);
        if (valid == null && given != rowCount) {
            throw wrongCount(field, given, rowCount);
        }
        return new ColumnDecoder(field, scalars, rowCount).scalars(valid, given < rowCount, rowCount);
    }

    /** @param compact whether the payload holds the valid rows alone */
    private Column scalars(boolean @Nullable [] valid, boolean compact, int rowCount) {
        int next = 0;
        for (int row = 0; row < rowCount; row++) {
            if (valid == null || valid[row]) {
                add(compact ? next++ : row, row);
            } else {
                RowRules.addAbsent(builder, field);
            }
        }
        return builder.build();
    }

    private void add(int at, int row) {
        switch (field.type()) {
            case BOOL -> builder.add(scalars.getBoolData().getData(at) ? 1L : 0L);
            case INT8, INT16, INT32 ->
                builder.add(RowRules.checkRange(field, row, scalars.getIntData().getData(at)));
            case INT64 -> builder.add(scalars.getLongData().getData(at));
            case FLOAT -> builder.add((double) scalars.getFloatData().getData(at));
            case DOUBLE -> builder.add(scalars.getDoubleData().getData(at));
            case VARCHAR -> {
                byte[] utf8 = scalars.getStringData().getDataBytes(at).toByteArray();
                builder.add(RowRules.checkText(field, row, utf8));
            }
            case JSON -> {
                byte[] utf8 = scalars.getJsonData().getData(at).toByteArray();
                builder.add(RowRules.checkJson(field, row, utf8));
            }
            case FLOAT_VECTOR -> throw new IllegalStateException("vector among scalars");
        }
    }

    private static int payloadCount(Field field, ScalarField scalars) {
        ScalarField.DataCase expected = switch (field.type()) {
            case BOOL -> ScalarField.DataCase.BOOL_DATA;
            case INT8, INT16, INT32 -> ScalarField.DataCase.INT_DATA;
            case INT64 -> ScalarField.DataCase.LONG_DATA;
            case FLOAT -> ScalarField.DataCase.FLOAT_DATA;
            case DOUBLE -> ScalarField.DataCase.DOUBLE_DATA;
            case VARCHAR -> ScalarField.DataCase.STRING_DATA;
            case JSON -> ScalarField.DataCase.JSON_DATA;
            case FLOAT_VECTOR -> throw new IllegalStateException("vector among scalars");
        };
        if (scalars.getDataCase() == ScalarField.DataCase.DATA_NOT_SET) {
            return 0;
        }
        if (scalars.getDataCase() != expected) {
            throw wrongKind(field, scalars.getDataCase());
        }
        return switch (field.type()) {
            case BOOL -> scalars.getBoolData().getDataCount();
            case INT8, INT16, INT32 -> scalars.getIntData().getDataCount();
            case INT64 -> scalars.getLongData().getDataCount();
            case FLOAT -> scalars.getFloatData().getDataCount();
            case DOUBLE -> scalars.getDoubleData().getDataCount();
            case VARCHAR -> scalars.getStringData().getDataCount();
            case JSON -> scalars.getJsonData().getDataCount();
            case FLOAT_VECTOR -> 0;
        };
    }

    /** One flag a row, or null where every row has a value. The payload may be compact or, from older clients, full. */
    private static boolean @Nullable [] validity(Field field, FieldData data, int rowCount, int given) {
        if (data.getValidDataCount() == 0) {
            return null;
        }
        boolean[] valid = new boolean[rowCount];
        int validCount = 0;
        for (int row = 0; row < rowCount && row < data.getValidDataCount(); row++) {
            valid[row] = data.getValidData(row);
            validCount += valid[row] ? 1 : 0;
        }
        boolean mayBeNull = field.nullable() || field.defaultValue() != null;
        if (data.getValidDataCount() != rowCount || !mayBeNull && validCount < rowCount) {
            throw Invalid.of(
                    "the length of valid_data of field(" + field.name() + ") is wrong",
                    mayBeNull ? rowCount : 0,
                    data.getValidDataCount());
        }
        if (given != validCount && given != rowCount) {
            throw wrongCount(field, given, validCount);
        }
        return valid;
    }

    private static VectorColumn vectors(Field field, FieldData data, int rowCount) {
        VectorField vectors = data.getVectors();
        if (data.getFieldCase() != FieldData.FieldCase.VECTORS
                || vectors.getDataCase() != VectorField.DataCase.FLOAT_VECTOR) {
            Object found = data.getFieldCase() == FieldData.FieldCase.VECTORS
                            && vectors.getDataCase() != VectorField.DataCase.DATA_NOT_SET
                    ? vectors.getDataCase()
                    : "nil";
            throw Invalid.of(
                    "float vector field '" + field.name() + "' is illegal, array type mismatch",
                    "need float vector",
                    "got " + found);
        }
        if (vectors.getDim() != 0 && vectors.getDim() != field.dimension()) {
            throw Invalid.of(
                    "the dim (" + vectors.getDim() + ") of field data(" + field.name()
                            + ") is not equal to schema dim (" + field.dimension() + ")",
                    field.dimension(),
                    vectors.getDim());
        }
        FloatArray floats = vectors.getFloatVector();
        int count = floats.getDataCount();
        if (count % field.dimension() != 0) {
            throw new Invalid("the length(" + count + ") of float data should divide the dim(" + field.dimension()
                    + "): invalid parameter, field name = " + field.name());
        }
        if (count / field.dimension() != rowCount) {
            throw wrongCount(field, count / field.dimension(), rowCount);
        }
        MemorySegment values = Column.allocate((long) count * Float.BYTES);
        for (int i = 0; i < count; i++) {
            float value = floats.getData(i);
            if (!Float.isFinite(value)) {
                throw RowRules.notFinite(field, i / field.dimension(), value);
            }
            values.set(Column.FLOAT_LE, (long) i * Float.BYTES, value);
        }
        return new VectorColumn(field.dimension(), rowCount, values, Validity.all());
    }

    private static Invalid wrongCount(Field field, int found, int expected) {
        return Invalid.of(
                "the num_rows (" + found + ") of field (" + field.name() + ") is not equal to passed num_rows ("
                        + expected + ")",
                expected,
                found);
    }

    private static Invalid wrongKind(Field field, Object found) {
        String kind = field.type() == DataType.VARCHAR
                ? "varchar"
                : field.type().text().toLowerCase(java.util.Locale.ROOT);
        return Invalid.of(
                kind + " field '" + field.name() + "' is illegal, array type mismatch",
                "need " + kind + " array",
                "got " + found);
    }
}
