package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.TimestampText;
import io.milvus.grpc.ValueField;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Default values of fields. A Timestamptz default is a time as text or microseconds, a Geometry one well-known text. */
final class DefaultValues {
    private DefaultValues() {}

    static Object decode(String field, DataType type, ValueField value, ZoneId zone) {
        return switch (value.getDataCase()) {
            case BOOL_DATA -> value.getBoolData();
            case INT_DATA -> (long) value.getIntData();
            case LONG_DATA -> value.getLongData();
            case FLOAT_DATA -> (double) value.getFloatData();
            case DOUBLE_DATA -> value.getDoubleData();
            case STRING_DATA ->
                type == DataType.TIMESTAMPTZ
                        ? (Object) TimestampText.parse(value.getStringData(), zone)
                        : value.getStringData();
            case TIMESTAMPTZ_DATA -> value.getTimestamptzData();
            case BYTES_DATA, DATA_NOT_SET ->
                throw new Invalid("type not support default_value, type:" + type.text() + ", name:" + field);
        };
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
            case TIMESTAMPTZ -> value.isTextual() ? (Long) TimestampText.parse(value.textValue(), zone) : null;
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
