package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import org.jspecify.annotations.Nullable;

/** A schema as JSON. What a field does not have is left out. */
final class SchemaJson {
    private SchemaJson() {}

    static void encode(CollectionSchema schema, ObjectNode node) {
        node.put("description", schema.description());
        node.put("dynamicFieldEnabled", schema.dynamicFieldEnabled());
        schema.fields().forEach(field -> encode(field, node.withArray("fields").addObject()));
    }

    static CollectionSchema decode(JsonNode node) {
        return new CollectionSchema(
                node.required("description").textValue(),
                ManifestCodec.list(node.required("fields"), SchemaJson::decodeField),
                node.required("dynamicFieldEnabled").booleanValue());
    }

    private static void encode(Field field, ObjectNode node) {
        node.put("id", field.id());
        node.put("name", field.name());
        node.put("description", field.description());
        node.put("type", field.type().name());
        node.put("primaryKey", field.primaryKey());
        node.put("autoId", field.autoId());
        node.put("nullable", field.nullable());
        node.put("dynamic", field.dynamic());
        node.put("dimension", field.dimension());
        node.put("maxLength", field.maxLength());
        switch (field.defaultValue()) {
            case null -> {}
            case Boolean value -> node.put("default", value);
            case Long value -> node.put("default", value);
            case Double value -> node.put("default", value);
            case String value -> node.put("default", value);
            case Object other -> throw new IllegalStateException("default of " + other.getClass());
        }
        ManifestCodec.putStrings(node.putObject("typeParams"), field.typeParams());
    }

    private static Field decodeField(JsonNode node) {
        DataType type = DataType.valueOf(node.required("type").textValue());
        return new Field(
                node.required("id").intValue(),
                node.required("name").textValue(),
                node.required("description").textValue(),
                type,
                node.required("primaryKey").booleanValue(),
                node.required("autoId").booleanValue(),
                node.required("nullable").booleanValue(),
                node.required("dynamic").booleanValue(),
                node.required("dimension").intValue(),
                node.required("maxLength").intValue(),
                defaultValue(type, node.path("default")),
                ManifestCodec.strings(node.required("typeParams")));
    }

    private static @Nullable Object defaultValue(DataType type, JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        return switch (type) {
            case BOOL -> node.booleanValue();
            case INT8, INT16, INT32, INT64 -> node.longValue();
            case FLOAT, DOUBLE -> node.doubleValue();
            case VARCHAR -> node.textValue();
            case JSON, FLOAT_VECTOR -> throw new IllegalArgumentException("a default of " + type);
        };
    }
}
