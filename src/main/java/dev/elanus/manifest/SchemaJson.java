package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.FunctionKind;
import dev.elanus.schema.FunctionSchema;
import dev.elanus.schema.StructSchema;
import dev.elanus.schema.Trait;
import dev.elanus.schema.ValueShape;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema as JSON. What a field does not have is left out. */
final class SchemaJson {
    private static final Map<Trait, String> TRAITS = Map.of(
            Trait.PRIMARY_KEY, "primaryKey",
            Trait.AUTO_ID, "autoId",
            Trait.GIVEN_KEYS, "givenKeys",
            Trait.KEPT_KEYS, "keptKeys",
            Trait.NULLABLE, "nullable",
            Trait.DYNAMIC, "dynamic",
            Trait.PARTITION_KEY, "partitionKey",
            Trait.CLUSTERING_KEY, "clusteringKey",
            Trait.FUNCTION_OUTPUT, "functionOutput");

    private SchemaJson() {}

    static void encode(CollectionSchema schema, ObjectNode node) {
        node.put("description", schema.description());
        node.put("dynamicFieldEnabled", schema.dynamicFieldEnabled());
        schema.fields().forEach(field -> encode(field, node.withArray("fields").addObject()));
        schema.functions()
                .forEach(
                        function -> encode(function, node.withArray("functions").addObject()));
        for (StructSchema struct : schema.structs()) {
            ObjectNode one = node.withArray("structs").addObject();
            one.put("id", struct.id());
            one.put("name", struct.name());
            one.put("description", struct.description());
            ManifestCodec.putStrings(one.putObject("typeParams"), struct.typeParams());
        }
    }

    static CollectionSchema decode(JsonNode node) {
        return new CollectionSchema(
                node.required("description").textValue(),
                ManifestCodec.list(node.required("fields"), SchemaJson::decodeField),
                node.required("dynamicFieldEnabled").booleanValue(),
                ManifestCodec.list(node.path("functions"), SchemaJson::decodeFunction),
                ZoneOffset.UTC,
                ManifestCodec.list(node.path("structs"), SchemaJson::decodeStruct));
    }

    private static StructSchema decodeStruct(JsonNode node) {
        return new StructSchema(
                node.required("id").intValue(),
                node.required("name").textValue(),
                node.required("description").textValue(),
                ManifestCodec.strings(node.required("typeParams")));
    }

    private static void encode(Field field, ObjectNode node) {
        node.put("id", field.id());
        node.put("name", field.name());
        node.put("description", field.description());
        node.put("type", field.type().name());
        for (Trait trait : Trait.values()) {
            if (field.is(trait)) {
                node.put(TRAITS.get(trait), true);
            }
        }
        if (field.shape().element() != null) {
            node.put("element", field.shape().element().name());
        }
        node.put("dimension", field.dimension());
        node.put("maxLength", field.maxLength());
        node.put("maxCapacity", field.maxCapacity());
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
                new ValueShape(
                        node.has("element")
                                ? DataType.valueOf(node.path("element").textValue())
                                : null,
                        node.required("dimension").intValue(),
                        node.required("maxLength").intValue(),
                        node.path("maxCapacity").intValue()),
                traits(node),
                defaultValue(type, node.path("default")),
                ManifestCodec.strings(node.required("typeParams")));
    }

    /** A trait that is not there is false or absent. */
    private static Set<Trait> traits(JsonNode node) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        TRAITS.forEach((trait, name) -> {
            if (node.path(name).booleanValue()) {
                traits.add(trait);
            }
        });
        return traits;
    }

    private static @Nullable Object defaultValue(DataType type, JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        return switch (type) {
            case BOOL -> node.booleanValue();
            case INT8, INT16, INT32, INT64, TIMESTAMPTZ -> node.longValue();
            case FLOAT, DOUBLE -> node.doubleValue();
            case VARCHAR, GEOMETRY -> node.textValue();
            case ARRAY,
                    JSON,
                    ARRAY_OF_VECTOR,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    INT8_VECTOR -> throw new IllegalArgumentException("a default of " + type);
        };
    }

    private static void encode(FunctionSchema function, ObjectNode node) {
        node.put("id", function.id());
        node.put("name", function.name());
        node.put("description", function.description());
        node.put("kind", function.kind().name());
        function.inputs().forEach(node.withArray("inputs")::add);
        function.outputs().forEach(node.withArray("outputs")::add);
        ManifestCodec.putStrings(node.putObject("params"), function.params());
    }

    private static FunctionSchema decodeFunction(JsonNode node) {
        return new FunctionSchema(
                node.required("id").intValue(),
                node.required("name").textValue(),
                node.required("description").textValue(),
                FunctionKind.valueOf(node.required("kind").textValue()),
                ManifestCodec.list(node.path("inputs"), JsonNode::textValue),
                ManifestCodec.list(node.path("outputs"), JsonNode::textValue),
                ManifestCodec.strings(node.required("params")));
    }
}
