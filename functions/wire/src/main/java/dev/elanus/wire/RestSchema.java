package dev.elanus.wire;

import dev.elanus.engine.NewCollection;
import dev.elanus.engine.NewIndex;
import dev.elanus.engine.PartitionKey;
import dev.elanus.error.Invalid;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.TimestampText;
import dev.elanus.schema.Trait;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collections as REST creates them: quickly by a dimension, or by a schema.
 *
 * @param indexes to create with it; where there are any, the collection is loaded too
 */
public record RestSchema(NewCollection collection, List<NewIndex> indexes) {
    public static RestSchema decode(RestBody body, CollectionName name) {
        RestBody params = body.object("params");
        RestBody given = body.object("schema");
        boolean quick = given.json().isEmpty();
        CollectionSchema schema = quick ? quick(body, params) : schema(body, given);
        NewCollection collection = new NewCollection(
                name,
                schema,
                params.has("consistencyLevel")
                        ? WireTypes.level(params.text("consistencyLevel", ""))
                        : ConsistencyLevel.BOUNDED,
                (int) params.looseInteger("shardsNum", 0),
                properties(params),
                partitionKey(given, params));
        return new RestSchema(collection, quick ? quickIndex(body, name, schema) : indexes(body, name, schema));
    }

    /** The indexes under {@code indexParams}. @throws RestFailure if one is for a field that the schema lacks */
    public static List<NewIndex> indexes(RestBody body, CollectionName collection, CollectionSchema schema) {
        List<NewIndex> indexes = new ArrayList<>();
        for (RestBody index : body.objects("indexParams")) {
            String field = index.required("fieldName");
            if (schema.find(field).isEmpty()) {
                throw RestFailure.unusable("`" + field + "` hasn't defined in schema");
            }
            Map<String, String> params = new LinkedHashMap<>();
            putGiven(params, "metric_type", index.text("metricType", ""));
            putGiven(params, "index_type", index.text("indexType", ""));
            // As it is: what is described is what was given.
            if (!index.object("params").json().isEmpty()) {
                params.put("params", index.object("params").json().toString());
            }
            indexes.add(new NewIndex(collection, field, index.text("indexName", ""), params));
        }
        return indexes;
    }

    private static PartitionKey partitionKey(RestBody schema, RestBody params) {
        List<String> fields = schema.objects("fields").stream()
                .filter(field -> field.flag("isPartitionKey", false))
                .map(field -> field.required("fieldName"))
                .toList();
        return new PartitionKey(fields, params.looseInteger("partitionsNum", 0));
    }

    private static CollectionSchema quick(RestBody body, RestBody params) {
        if (body.integer("dimension", 0) == 0) {
            throw new Invalid(
                    "dimension is required for quickly create collection(default metric type: COSINE): invalid parameter");
        }
        String idType = body.text("idType", "Int64");
        Map<String, String> keyParams = new LinkedHashMap<>();
        DataType keyType = switch (idType) {
            case "", "Int64", "int64" -> DataType.INT64;
            case "VarChar", "Varchar", "varchar" -> {
                keyParams.put("max_length", params.scalar("max_length", "65535"));
                yield DataType.VARCHAR;
            }
            default ->
                throw Invalid.of("idType can only be [Int64, VarChar], default: Int64", "Int64 or VarChar", idType);
        };
        boolean autoId = flag(body, "autoID", "autoId");
        Field key =
                SchemaCodec.of(body.text("primaryFieldName", "id"), keyType, null, keyTraits(true, autoId), keyParams);
        Field vector = SchemaCodec.of(
                body.text("vectorFieldName", "vector"),
                DataType.FLOAT_VECTOR,
                null,
                Set.of(),
                Map.of("dim", Long.toString(body.integer("dimension", 0))));
        return new CollectionSchema(
                body.text("description", ""), List.of(key, vector), params.looseFlag("enableDynamicField", true));
    }

    private static List<NewIndex> quickIndex(RestBody body, CollectionName name, CollectionSchema schema) {
        String field = schema.vectorFields().getFirst().name();
        return List.of(new NewIndex(
                name,
                field,
                field,
                Map.of("index_type", "AUTOINDEX", "metric_type", body.text("metricType", "COSINE"))));
    }

    private static CollectionSchema schema(RestBody body, RestBody schema) {
        ZoneId zone = TimestampText.zone(
                properties(body.object("params")).getOrDefault(CollectionDefinition.TIMEZONE, "UTC"));
        boolean autoId = flag(schema, "autoID", "autoId");
        List<Field> fields = new ArrayList<>();
        for (RestBody field : schema.objects("fields")) {
            fields.add(field(field, autoId, zone));
        }
        List<RestBody> structs = schema.objects("structFields");
        structs.forEach(struct -> fields.addAll(RestStructs.members(struct)));
        return new CollectionSchema(
                schema.text("description", body.text("description", "")),
                fields,
                schema.flag("enableDynamicField", false),
                schema.objects("functions").stream().map(RestFunctions::decode).toList(),
                zone,
                structs.stream().map(RestStructs::schema).toList());
    }

    /** A field to add. @param zone of times that name none */
    public static Field field(RestBody field, ZoneId zone) {
        return field(field, flag(field, "autoID", "autoId"), zone);
    }

    private static Field field(RestBody field, boolean autoId, ZoneId zone) {
        String name = field.required("fieldName");
        DataType type = type(name, field.required("dataType"));
        boolean key = field.flag("isPrimary", false);
        Set<Trait> traits = keyTraits(key, autoId);
        if (field.flag("nullable", false)) {
            traits.add(Trait.NULLABLE);
        }
        if (field.flag("isClusteringKey", false)) {
            traits.add(Trait.CLUSTERING_KEY);
        }
        return SchemaCodec.of(
                        name,
                        type,
                        type == DataType.ARRAY ? type(name, field.text("elementDataType", "")) : null,
                        traits,
                        field.object("elementTypeParams").asParameters())
                .describedAs(field.text("description", ""))
                .withDefault(DefaultValues.decode(name, type, field.member("defaultValue"), zone));
    }

    private static Set<Trait> keyTraits(boolean key, boolean autoId) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (key) {
            traits.add(Trait.PRIMARY_KEY);
        }
        if (key && autoId) {
            traits.add(Trait.AUTO_ID);
        }
        return traits;
    }

    static DataType type(String field, String name) {
        for (io.milvus.grpc.DataType type : io.milvus.grpc.DataType.values()) {
            if (type.name().equals(name)) {
                return WireTypes.of(type, field);
            }
        }
        throw Invalid.of("data type " + name + " is invalid(case sensitive).", "a data type", name);
    }

    private static Map<String, String> properties(RestBody params) {
        Map<String, String> properties = new LinkedHashMap<>();
        putGiven(properties, "mmap.enabled", params.scalar("mmap.enabled", ""));
        putGiven(properties, "partitionkey.isolation", params.scalar("partitionKeyIsolation", ""));
        putGiven(properties, CollectionDefinition.TIMEZONE, params.scalar(CollectionDefinition.TIMEZONE, ""));
        putGiven(properties, "collection.ttl.seconds", params.scalar("ttlSeconds", ""));
        return properties;
    }

    private static boolean flag(RestBody body, String name, String otherSpelling) {
        return body.flag(name, body.flag(otherSpelling, false));
    }

    private static void putGiven(Map<String, String> values, String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, value);
        }
    }
}
