package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.column.SparseRow;
import dev.elanus.column.VectorElements;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Vectors as REST carries them: float32 as numbers; float16 and bfloat16 as numbers or base64; int8 as numbers; binary as byte numbers or base64;
 * sparse as an object of values by index, or of {@code indices} and {@code values}.
 */
final class RestVectors {
    private RestVectors() {}

    /** The vector's bytes as a column holds them, or null if the JSON is no vector of the type. */
    static byte @Nullable [] decode(DataType type, JsonNode value) {
        return switch (type) {
            case FLOAT_VECTOR -> value.isArray() ? numbers(type, value, Float.BYTES) : null;
            case FLOAT16_VECTOR, BFLOAT16_VECTOR -> value.isArray() ? numbers(type, value, Short.BYTES) : base64(value);
            case INT8_VECTOR -> value.isArray() ? bytes(value, Byte.MIN_VALUE, Byte.MAX_VALUE) : base64(value);
            case BINARY_VECTOR -> value.isArray() ? bytes(value, 0, 255) : base64(value);
            case SPARSE_FLOAT_VECTOR -> value.isObject() ? sparse(value) : null;
            case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE, VARCHAR -> null;
            case ARRAY, ARRAY_OF_VECTOR, JSON, GEOMETRY, TIMESTAMPTZ -> null;
        };
    }

    private static byte @Nullable [] numbers(DataType type, JsonNode value, int width) {
        float[] numbers = new float[value.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!value.get(i).isNumber()) {
                return null;
            }
            numbers[i] = value.get(i).floatValue();
        }
        byte[] bytes = new byte[numbers.length * width];
        VectorElements.write(type, numbers, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    private static byte @Nullable [] bytes(JsonNode value, int low, int high) {
        byte[] bytes = new byte[value.size()];
        for (int i = 0; i < bytes.length; i++) {
            JsonNode number = value.get(i);
            if (!number.isIntegralNumber() || number.longValue() < low || number.longValue() > high) {
                return null;
            }
            bytes[i] = (byte) number.intValue();
        }
        return bytes;
    }

    private static byte @Nullable [] base64(JsonNode value) {
        try {
            return value.isTextual() ? Base64.getDecoder().decode(value.textValue()) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static byte @Nullable [] sparse(JsonNode value) {
        Map<Integer, Float> pairs = new TreeMap<>(Integer::compareUnsigned);
        if (value.path("indices").isArray() && value.path("values").isArray()) {
            JsonNode indices = value.path("indices");
            JsonNode values = value.path("values");
            if (indices.size() != values.size()) {
                return null;
            }
            for (int i = 0; i < indices.size(); i++) {
                put(pairs, indices.get(i).asText(), values.get(i));
            }
        } else {
            value.properties().forEach(pair -> put(pairs, pair.getKey(), pair.getValue()));
        }
        int[] indexes = new int[pairs.size()];
        float[] values = new float[pairs.size()];
        int at = 0;
        for (Map.Entry<Integer, Float> pair : pairs.entrySet()) {
            indexes[at] = pair.getKey();
            values[at++] = pair.getValue();
        }
        return SparseRow.of(indexes, values);
    }

    private static void put(Map<Integer, Float> pairs, String index, JsonNode value) {
        if (!value.isNumber()) {
            throw new Invalid("sparse float vector: expected numbers, found " + value);
        }
        try {
            if (pairs.put(Integer.parseUnsignedInt(index), value.floatValue()) != null) {
                throw new Invalid("unsorted or same indices in sparse float vector: invalid parameter");
            }
        } catch (NumberFormatException _) {
            throw new Invalid("invalid index in sparse float vector: must be less than 2^32-1: invalid parameter");
        }
    }
}
