package dev.elanus.wire;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Geometries;
import dev.elanus.engine.RowRules;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.TimestampText;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.ScalarField;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One column of a message as a column in memory. */
final class ColumnDecoder {
    private final Field field;
    private final ScalarField scalars;
    private final ZoneId zone;
    private final ColumnBuilder builder;

    private ColumnDecoder(Field field, ScalarField scalars, int rowCount, ZoneId zone) {
        this.zone = zone;
        this.field = field;
        this.scalars = scalars;
        builder = ColumnBuilder.of(field, rowCount);
    }

    /** @param zone of times that name none */
    static Column decode(Field field, FieldData data, int rowCount, ZoneId zone) {
        if (field.type().isVector()) {
            return VectorDecoder.decode(field, data, rowCount);
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
        return new ColumnDecoder(field, scalars, rowCount, zone).scalars(valid, given < rowCount, rowCount);
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
                if (utf8.length > 0) {
                    builder.add(RowRules.checkJson(field, row, utf8));
                } else if (field.nullable()) {
                    // The Node client writes nothing where it has no value.
                    builder.addNull();
                } else {
                    builder.add("null");
                }
            }
            case ARRAY ->
                builder.add(
                        ArrayDecoder.decode(field, row, scalars.getArrayData().getData(at)));
            case GEOMETRY ->
                builder.add(
                        scalars.getDataCase() == ScalarField.DataCase.GEOMETRY_DATA
                                ? checkShape(
                                        scalars.getGeometryData().getData(at).toByteArray())
                                : Geometries.wkb(scalars.getGeometryWktData().getData(at)));
            case TIMESTAMPTZ ->
                builder.add(
                        scalars.getDataCase() == ScalarField.DataCase.TIMESTAMPTZ_DATA
                                ? scalars.getTimestamptzData().getData(at)
                                : TimestampText.parse(scalars.getStringData().getData(at), zone));
            case BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    ARRAY_OF_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("vector among scalars");
        }
    }

    private static byte[] checkShape(byte[] wkb) {
        Geometries.read(wkb);
        return wkb;
    }

    private static int payloadCount(Field field, ScalarField scalars) {
        ScalarField.DataCase found = scalars.getDataCase();
        if (found == ScalarField.DataCase.DATA_NOT_SET) {
            return 0;
        }
        boolean fits = switch (field.type()) {
            case GEOMETRY -> found == ScalarField.DataCase.GEOMETRY_DATA || found == payload(field.type());
            case TIMESTAMPTZ -> found == ScalarField.DataCase.TIMESTAMPTZ_DATA || found == payload(field.type());
            default -> found == payload(field.type());
        };
        if (!fits) {
            if (field.type() == DataType.TIMESTAMPTZ) {
                throw new Invalid("timestamptz field data must be a string array: invalid parameter");
            }
            throw wrongKind(field, found);
        }
        return switch (found) {
            case BOOL_DATA -> scalars.getBoolData().getDataCount();
            case INT_DATA -> scalars.getIntData().getDataCount();
            case LONG_DATA -> scalars.getLongData().getDataCount();
            case FLOAT_DATA -> scalars.getFloatData().getDataCount();
            case DOUBLE_DATA -> scalars.getDoubleData().getDataCount();
            case STRING_DATA -> scalars.getStringData().getDataCount();
            case ARRAY_DATA -> scalars.getArrayData().getDataCount();
            case JSON_DATA -> scalars.getJsonData().getDataCount();
            case GEOMETRY_DATA -> scalars.getGeometryData().getDataCount();
            case GEOMETRY_WKT_DATA -> scalars.getGeometryWktData().getDataCount();
            case TIMESTAMPTZ_DATA -> scalars.getTimestamptzData().getDataCount();
            case BYTES_DATA, DATA_NOT_SET -> 0;
        };
    }

    /** What clients send values of a type as. */
    static ScalarField.DataCase payload(DataType type) {
        return switch (type) {
            case BOOL -> ScalarField.DataCase.BOOL_DATA;
            case INT8, INT16, INT32 -> ScalarField.DataCase.INT_DATA;
            case INT64 -> ScalarField.DataCase.LONG_DATA;
            case FLOAT -> ScalarField.DataCase.FLOAT_DATA;
            case DOUBLE -> ScalarField.DataCase.DOUBLE_DATA;
            case VARCHAR, TIMESTAMPTZ -> ScalarField.DataCase.STRING_DATA;
            case ARRAY -> ScalarField.DataCase.ARRAY_DATA;
            case JSON -> ScalarField.DataCase.JSON_DATA;
            case GEOMETRY -> ScalarField.DataCase.GEOMETRY_WKT_DATA;
            case BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    ARRAY_OF_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("vector among scalars");
        };
    }

    /** One flag a row, or null where every row has a value. The payload may be compact or, from older clients, full. */
    static boolean @Nullable [] validity(Field field, FieldData data, int rowCount, int given) {
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

    static Invalid wrongCount(Field field, int found, int expected) {
        return Invalid.of(
                "the num_rows (" + found + ") of field (" + field.name() + ") is not equal to passed num_rows ("
                        + expected + ")",
                expected,
                found);
    }

    static Invalid wrongKind(Field field, Object found) {
        String prefix = switch (field.type()) {
            case VARCHAR -> "varchar ";
            case JSON -> "json ";
            case ARRAY -> "array ";
            case GEOMETRY -> "geometry ";
            default -> "";
        };
        String needed = switch (field.type()) {
            case BOOL -> "bool array";
            case INT8, INT16, INT32 -> "int array";
            case INT64 -> "long int array";
            case FLOAT -> "float32 array";
            case DOUBLE -> "float64(double) array";
            case VARCHAR -> "string array";
            case ARRAY -> WireTypes.of(field.elementType()).name() + " array";
            case JSON -> "json array";
            default -> field.type().text().toLowerCase(Locale.ROOT) + " array";
        };
        return Invalid.of(
                prefix + "field '" + field.name() + "' is illegal, array type mismatch",
                "need " + needed,
                "got " + found);
    }
}
