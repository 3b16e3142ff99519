package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.ArrayReader;
import dev.elanus.column.ArrayRow;
import dev.elanus.engine.ArrayRules;
import dev.elanus.engine.RowRules;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Arrays as REST carries them: in as JSON arrays, out as Milvus's messages printed as JSON. */
final class RestArrays {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RestArrays() {}

    /** The row's bytes as a column holds them, or null if the JSON is no array of the field's elements. */
    static byte @Nullable [] decode(Field field, int row, JsonNode value) {
        if (!value.isArray()) {
            return null;
        }
        DataType element = field.elementType();
        int count = value.size();
        ArrayRules.checkCapacity(field, row, count);
        if (element == DataType.VARCHAR) {
            return texts(field, row, value);
        }
        long[] whole = new long[count];
        double[] fractions = new double[count];
        for (int i = 0; i < count; i++) {
            JsonNode one = value.get(i);
            if (element == DataType.BOOL ? !one.isBoolean() : !one.isNumber()) {
                return null;
            }
            if (element.isInteger()) {
                if (!one.isIntegralNumber() || !one.canConvertToLong()) {
                    return null;
                }
                whole[i] = RowRules.checkRange(field, i, one.longValue());
            } else if (element == DataType.BOOL) {
                whole[i] = one.booleanValue() ? 1 : 0;
            } else {
                fractions[i] = one.doubleValue();
            }
        }
        return element.isFloating() ? ArrayRow.ofDoubles(element, fractions) : ArrayRow.ofLongs(element, whole);
    }

    private static byte @Nullable [] texts(Field field, int row, JsonNode value) {
        byte[][] texts = new byte[value.size()][];
        for (int i = 0; i < texts.length; i++) {
            if (!value.get(i).isTextual()) {
                return null;
            }
            texts[i] = value.get(i).textValue().getBytes(StandardCharsets.UTF_8);
            ArrayRules.checkLength(field, row, i, texts[i].length);
        }
        return ArrayRow.ofTexts(texts);
    }

    /** For example {@code {"Data":{"LongData":{"data":[1,2]}}}}. */
    static ObjectNode encode(ArrayReader arrays, int row) {
        String kind = switch (arrays.element()) {
            case BOOL -> "BoolData";
            case INT8, INT16, INT32 -> "IntData";
            case INT64 -> "LongData";
            case FLOAT -> "FloatData";
            case DOUBLE -> "DoubleData";
            default -> "StringData";
        };
        ObjectNode message = JSON.objectNode();
        ArrayNode data = message.putObject("Data").putObject(kind).putArray("data");
        for (int i = 0; i < arrays.count(row); i++) {
            switch (arrays.element()) {
                case BOOL -> data.add(arrays.booleanAt(row, i));
                case INT8, INT16, INT32, INT64 -> data.add(arrays.longAt(row, i));
                case FLOAT -> data.add((float) arrays.doubleAt(row, i));
                case DOUBLE -> data.add(arrays.doubleAt(row, i));
                default -> data.add(arrays.textAt(row, i));
            }
        }
        return message;
    }
}
