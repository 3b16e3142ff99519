package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.VectorElements;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.StructSchema;
import dev.elanus.schema.Trait;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Structs as REST carries them: lists of objects. */
final class RestStructs {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PARAMS = "elementTypeParams";

    private RestStructs() {}

    static StructSchema schema(RestBody struct) {
        return new StructSchema(
                0,
                struct.required("fieldName"),
                struct.text("description", ""),
                struct.object(PARAMS).asParameters());
    }

    /** The fields of a struct. Their types are those of its members, or arrays of them. */
    static List<Field> members(RestBody struct) {
        String name = struct.required("fieldName");
        List<RestBody> members = struct.objects("fields");
        if (members.isEmpty()) {
            throw new Invalid("struct array field " + name + " has no sub-fields");
        }
        return members.stream().map(member -> member(name, struct, member)).toList();
    }

    private static Field member(String struct, RestBody ofStruct, RestBody member) {
        String name = StructSchema.fieldName(struct, member.required("fieldName"));
        String type = member.required("dataType");
        boolean isArray = type.equals("Array") || type.equals("ArrayOfVector");
        DataType element = RestSchema.type(name, isArray ? member.required("elementDataType") : type);
        Map<String, String> params = new LinkedHashMap<>(member.object(PARAMS).asParameters());
        ofStruct.object(PARAMS).asParameters().forEach(params::putIfAbsent);
        return SchemaCodec.of(
                        name,
                        element.isVector() ? DataType.ARRAY_OF_VECTOR : DataType.ARRAY,
                        element,
                        EnumSet.noneOf(Trait.class),
                        params)
                .describedAs(member.text("description", ""));
    }

    static ObjectNode describe(CollectionSchema schema, StructSchema struct) {
        ObjectNode data = JSON.objectNode()
                .put("name", struct.name())
                .put("id", struct.id())
                .put("description", struct.description());
        ArrayNode members = data.putArray("fields");
        for (Field member : schema.members(struct)) {
            members.add(RestDescriptions.field(member)
                    .put("name", struct.memberName(member))
                    .put("elementType", member.elementType().text()));
        }
        return data;
    }

    /** One member of a struct over all rows, of which each has a list of objects, or nothing for an empty one. */
    static Column decode(CollectionSchema schema, StructSchema struct, Field field, List<JsonNode> rows) {
        int members = schema.members(struct).size();
        ColumnBuilder builder = ColumnBuilder.of(field, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            JsonNode elements = rows.get(row).path(struct.name());
            if (!elements.isArray()) {
                throw wrong(struct, row, "a list of objects", elements);
            }
            ArrayNode values = JSON.arrayNode();
            for (JsonNode element : elements) {
                JsonNode value = element.path(struct.memberName(field));
                if (value.isMissingNode() || value.isNull() || element.size() != members) {
                    throw wrong(struct, row, "objects of all members and no others", element);
                }
                values.add(value);
            }
            builder.add(
                    field.type() == DataType.ARRAY
                            ? scalars(struct, field, row, values)
                            : vectors(struct, field, row, values));
        }
        return builder.build();
    }

    private static byte[] scalars(StructSchema struct, Field field, int row, ArrayNode values) {
        byte[] decoded = RestArrays.decode(field, row, values);
        if (decoded == null) {
            throw wrong(struct, row, field.elementType().text() + " as " + struct.memberName(field), values);
        }
        return decoded;
    }

    private static byte[] vectors(StructSchema struct, Field field, int row, ArrayNode values) {
        int width = field.elementType().vectorBytes(field.dimension());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode value : values) {
            byte[] vector = RestVectors.decode(field.elementType(), value);
            if (vector == null || vector.length != width) {
                throw wrong(
                        struct,
                        row,
                        field.elementType().text() + " of dimension " + field.dimension() + " as "
                                + struct.memberName(field),
                        value);
            }
            bytes.writeBytes(vector);
        }
        return bytes.toByteArray();
    }

    private static Invalid wrong(StructSchema struct, int row, String expected, JsonNode found) {
        return Invalid.of("struct array field " + struct.name() + ", row number: " + row, expected, found);
    }

    /** Adds a member's values to the objects of its struct. */
    static void encode(ObjectNode row, Field field, Column column, int number) {
        int bracket = field.name().indexOf('[');
        String member = field.name().substring(bracket + 1, field.name().length() - 1);
        ArrayNode objects = row.withArray("/" + field.name().substring(0, bracket));
        ArrayReader array = new ArrayReader((BytesColumn) column, field.elementType());
        int count = field.type() == DataType.ARRAY
                ? array.count(number)
                : array.column().lengthAt(number) / field.elementType().vectorBytes(field.dimension());
        for (int i = 0; i < count; i++) {
            if (i == objects.size()) {
                objects.addObject();
            }
            JsonNode value =
                    field.type() == DataType.ARRAY ? scalar(array, number, i) : vector(field, array, number, i);
            ((ObjectNode) objects.get(i)).set(member, value);
        }
    }

    private static JsonNode scalar(ArrayReader array, int row, int index) {
        return switch (array.element()) {
            case BOOL -> JSON.booleanNode(array.booleanAt(row, index));
            case INT8, INT16, INT32, INT64 -> JSON.numberNode(array.longAt(row, index));
            case FLOAT -> JSON.numberNode((float) array.doubleAt(row, index));
            case DOUBLE -> JSON.numberNode(array.doubleAt(row, index));
            default -> JSON.textNode(array.textAt(row, index));
        };
    }

    private static JsonNode vector(Field field, ArrayReader array, int row, int index) {
        int width = field.elementType().vectorBytes(field.dimension());
        long start = (long) index * width;
        if (field.elementType() != DataType.FLOAT_VECTOR) {
            return JSON.binaryNode(
                    array.column().viewAt(row).asSlice(start, width).toArray(ValueLayout.JAVA_BYTE));
        }
        float[] numbers = new float[field.dimension()];
        VectorElements.read(field.elementType(), array.column().viewAt(row), start, numbers);
        ArrayNode values = JSON.arrayNode(numbers.length);
        for (float number : numbers) {
            values.add(number);
        }
        return values;
    }
}
