package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.TimestampText;
import io.milvus.grpc.ValueField;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Default values of fields. A Timestamptz default is a time as text or microseconds, a Geometry one well-known text. */
final class DefaultValues {
    private static final EnumSet<DataType> WITH_DEFAULTS = EnumSet.of(
            DataType.BOOL,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.VARCHAR,
            DataType.TIMESTAMPTZ);

    /** What Milvus calls the members of a value. */
    private static final Map<ValueField.DataCase, String> MEMBERS = Map.of(
            ValueField.DataCase.BOOL_DATA, "DataType_Bool",
            ValueField.DataCase.INT_DATA, "DataType_Int",
            ValueField.DataCase.LONG_DATA, "DataType_Int64",
            ValueField.DataCase.FLOAT_DATA, "DataType_Float",
            ValueField.DataCase.DOUBLE_DATA, "DataType_Double",
            ValueField.DataCase.STRING_DATA, "DataType_VarChar",
            ValueField.DataCase.TIMESTAMPTZ_DATA, "DataType_Timestamptz");

    private DefaultValues() {}

    static Object decode(String field, DataType type, ValueField value, ZoneId zone) {
        checkKind(field, type, value.getDataCase());
        return switch (value.getDataCase()) {
            case BOOL_DATA -> value.getBoolData();
            case INT_DATA -> (long) value.getIntData();
            case LONG_DATA -> value.getLongData();
            case FLOAT_DATA -> (double) value.getFloatData();
            case DOUBLE_DATA -> value.getDoubleData();
            case STRING_DATA ->
                type == DataType.TIMESTAMPTZ
                        ? (Object) TimestampText.parseDefault(value.getStringData(), zone)
                        : value.getStringData();
            case TIMESTAMPTZ_DATA -> value.getTimestamptzData();
            case BYTES_DATA, DATA_NOT_SET ->
                throw new Invalid("type not support default_value, type:" + type.text() + ", name:" + field);
        };
    }

    /** Milvus looks at the member that holds the value, not only at the value. Types that have no defaults at all are refused later. */
    private static void checkKind(String field, DataType type, ValueField.DataCase given) {
        EnumSet<DataType> fitting = switch (given) {
            case BOOL_DATA -> EnumSet.of(DataType.BOOL);
            case INT_DATA -> EnumSet.of(DataType.INT8, DataType.INT16, DataType.INT32);
            case LONG_DATA -> EnumSet.of(DataType.INT64, DataType.TIMESTAMPTZ);
            case FLOAT_DATA -> EnumSet.of(DataType.FLOAT);
            case DOUBLE_DATA -> EnumSet.of(DataType.DOUBLE);
            case STRING_DATA -> EnumSet.of(DataType.VARCHAR, DataType.TIMESTAMPTZ);
            case TIMESTAMPTZ_DATA -> EnumSet.of(DataType.TIMESTAMPTZ);
            case BYTES_DATA, DATA_NOT_SET -> WITH_DEFAULTS;
        };
        if (WITH_DEFAULTS.contains(type) && !fitting.contains(type)) {
            throw new Invalid("type (" + type.text() + ") of field (" + field + ") is not equal to the type("
                    + MEMBERS.get(given) + ") of default_value");
        }
    }

    static ValueField encode(DataType type, Object value, ZoneId zone) {
        ValueField.Builder message = ValueField.newBuilder();
        switch (type) {
            case BOOL -> message.setBoolData((Boolean) value);
            case INT8, INT16, INT32 -> message.setIntData(((Long) value).intValue());
            case INT64 -> message.setLongData((Long) value);
            case TIMESTAMPTZ -> message.setStringData(TimestampText.print((Long) value, zone));
            case FLOAT -> message.setFloatData(((Double) value).floatValue());
            case DOUBLE -> message.setDoubleData((Double) value);
            case VARCHAR, GEOMETRY -> message.setStringData((String) value);
            case ARRAY,
                    JSON,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    ARRAY_OF_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("default value of " + type);
        }
        return message.build();
    }

    /** A default as REST gives it, null where there is none. */
    static @Nullable Object decode(String field, DataType type, JsonNode value, ZoneId zone) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        Object given = switch (type) {
            case BOOL -> value.isBoolean() ? value.booleanValue() : null;
            case INT8, INT16, INT32, INT64 ->
                value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
            case FLOAT, DOUBLE -> value.isNumber() ? value.doubleValue() : null;
            case VARCHAR, GEOMETRY -> value.isTextual() ? value.textValue() : null;
            case TIMESTAMPTZ -> value.isTextual() ? (Long) TimestampText.parseDefault(value.textValue(), zone) : null;
            case ARRAY,
                    JSON,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    ARRAY_OF_VECTOR,
                    INT8_VECTOR ->
                throw new Invalid("type not support default_value, type:" + type.text() + ", name:" + field);
        };
        if (given == null) {
            throw Invalid.of("default value of field " + field, type.text(), value);
        }
        return given;
    }
}
