package dev.elanus.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.Trait;
import dev.elanus.schema.ValueShape;
import io.milvus.grpc.FieldSchema;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schemas from messages and to messages. */
final class SchemaCodec {
    private SchemaCodec() {}

    /**
     * @param zone of times that name none
     * @throws Unsupported if the schema asks for what is not offered
     */
    static CollectionSchema decode(ByteString serialized, ZoneId zone) {
        try {
            return decode(io.milvus.grpc.CollectionSchema.parseFrom(serialized), zone);
        } catch (InvalidProtocolBufferException failure) {
            throw new Invalid("schema: expected a serialized CollectionSchema, found " + Statuses.message(failure));
        }
    }

    @SuppressWarnings("deprecation") // Old clients set autoID on the schema alone.
    private static CollectionSchema decode(io.milvus.grpc.CollectionSchema schema, ZoneId zone) {
        if (schema.getEnableNamespace()) {
            throw new Unsupported("namespaces are not supported");
        }
        List<Field> fields = new ArrayList<>();
        for (FieldSchema field : schema.getFieldsList()) {
            fields.add(decode(field, schema.getAutoID(), zone));
        }
        schema.getStructArrayFieldsList().forEach(struct -> fields.addAll(StructCodec.members(struct)));
        return new CollectionSchema(
                schema.getDescription(),
                fields,
                schema.getEnableDynamicField(),
                schema.getFunctionsList().stream().map(FunctionCodec::decode).toList(),
                zone,
                schema.getStructArrayFieldsList().stream()
                        .map(StructCodec::decode)
                        .toList());
    }

    static Field decode(FieldSchema field, boolean schemaAutoId, ZoneId zone) {
        String name = field.getName();
        refuse(field.getIsDynamic(), name, "a dynamic field of its own");
        DataType type = WireTypes.of(field.getDataType(), name);
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        add(traits, Trait.PRIMARY_KEY, field.getIsPrimaryKey());
        add(traits, Trait.AUTO_ID, field.getAutoID() || schemaAutoId && field.getIsPrimaryKey());
        add(traits, Trait.NULLABLE, field.getNullable());
        add(traits, Trait.PARTITION_KEY, field.getIsPartitionKey());
        add(traits, Trait.CLUSTERING_KEY, field.getIsClusteringKey());
        Field decoded = of(
                name,
                type,
                type == DataType.ARRAY ? element(field) : null,
                traits,
                Parameters.of(field.getTypeParamsList()).spread().asMap());
        Object defaultValue =
                field.hasDefaultValue() ? DefaultValues.decode(name, type, field.getDefaultValue(), zone) : null;
        return decoded.describedAs(field.getDescription()).withDefault(defaultValue);
    }

    private static DataType element(FieldSchema field) {
        DataType element = switch (field.getElementType()) {
            case Bool, Int8, Int16, Int32, Int64, Float, Double, VarChar ->
                WireTypes.of(field.getElementType(), field.getName());
            default -> null;
        };
        if (element == null) {
            throw new Invalid("element type " + field.getElementType().name() + " is not supported");
        }
        return element;
    }

    private static void add(Set<Trait> traits, Trait trait, boolean has) {
        if (has) {
            traits.add(trait);
        }
    }

    /** A field whose parameters are still text. @param element of arrays, null for other types */
    static Field of(
            String name, DataType type, @Nullable DataType element, Set<Trait> traits, Map<String, String> params) {
        boolean hasText = type == DataType.VARCHAR || element == DataType.VARCHAR;
        ValueShape shape = new ValueShape(
                element,
                type.isDenseVector() || type == DataType.ARRAY_OF_VECTOR
                        ? number(params, "dim", "invalid dimension: ")
                        : 0,
                hasText ? number(params, "max_length", "the maximum length of field " + name + " is no number: ") : 0,
                type == DataType.ARRAY || type == DataType.ARRAY_OF_VECTOR
                        ? number(params, "max_capacity", "the maximum capacity of field " + name + " is no number: ")
                        : 0);
        return new Field(0, name, "", type, shape, traits, null, params);
    }

    static io.milvus.grpc.CollectionSchema encode(String name, CollectionSchema schema) {
        var message = io.milvus.grpc.CollectionSchema.newBuilder()
                .setName(name)
                .setDescription(schema.description())
                .setEnableDynamicField(schema.dynamicFieldEnabled());
        setAutoId(message, schema.primaryKey().autoId());
        schema.visibleFields().stream()
                .filter(field -> schema.structOf(field).isEmpty())
                .forEach(field -> message.addFields(encode(field, schema.zone())));
        schema.structs().forEach(struct -> message.addStructArrayFields(StructCodec.encode(schema, struct)));
        schema.functions().forEach(function -> message.addFunctions(FunctionCodec.encode(schema, function)));
        return message.build();
    }

    @SuppressWarnings("deprecation") // The Node client and pymilvus 2.4 read it there.
    private static void setAutoId(io.milvus.grpc.CollectionSchema.Builder message, boolean autoId) {
        message.setAutoID(autoId);
    }

    static FieldSchema encode(Field field, ZoneId zone) {
        FieldSchema.Builder message = FieldSchema.newBuilder()
                .setFieldID(field.id())
                .setName(field.name())
                .setDescription(field.description())
                .setDataType(WireTypes.of(field.type()))
                .setIsPrimaryKey(field.primaryKey())
                .setAutoID(field.autoId())
                .setNullable(field.nullable())
                .setIsPartitionKey(field.partitionKey())
                .setIsClusteringKey(field.clusteringKey())
                .setIsFunctionOutput(field.functionOutput())
                .addAllTypeParams(Parameters.pairs(field.typeParams()));
        if (field.shape().element() != null) {
            message.setElementType(WireTypes.of(field.elementType()));
        }
        Object value = field.defaultValue();
        if (value != null) {
            message.setDefaultValue(DefaultValues.encode(field.type(), value, zone));
        }
        return message.build();
    }

    private static int number(Map<String, String> params, String name, String complaint) {
        String text = params.get(name);
        if (text == null) {
            return 0;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            throw new Invalid(complaint + text);
        }
    }

    private static void refuse(boolean asked, String field, String what) {
        if (asked) {
            throw new Unsupported("field " + field + " as " + what + " is not supported");
        }
    }
}
