package dev.elanus.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.ValueField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas from messages and to messages. */
final class SchemaCodec {
    private SchemaCodec() {}

    /** @throws Unsupported if the schema asks for what is not offered */
    static CollectionSchema decode(ByteString serialized) {
        try {
            return decode(io.milvus.grpc.CollectionSchema.parseFrom(serialized));
        } catch (InvalidProtocolBufferException failure) {
            throw new Invalid("schema: expected a serialized CollectionSchema, found " + Statuses.message(failure));
        }
    }

    @SuppressWarnings("deprecation") // Old clients set autoID on the schema alone.
    private static CollectionSchema decode(io.milvus.grpc.CollectionSchema schema) {
        if (schema.getFunctionsCount() > 0) {
            throw new Unsupported("function " + schema.getFunctions(0).getName() + ": functions are not supported");
        }
        if (schema.getStructArrayFieldsCount() > 0) {
            throw new Unsupported(
                    "struct array field " + schema.getStructArrayFields(0).getName() + ": structs are not supported");
        }
        if (schema.getEnableNamespace()) {
            throw new Unsupported("namespaces are not supported");
        }
        List<Field> fields = new ArrayList<>();
        for (FieldSchema field : schema.getFieldsList()) {
            fields.add(decode(field, schema.getAutoID()));
        }
        return new CollectionSchema(schema.getDescription(), fields, schema.getEnableDynamicField());
    }

    private static Field decode(FieldSchema field, boolean schemaAutoId) {
        String name = field.getName();
        refuse(field.getIsClusteringKey(), name, "a clustering key");
        refuse(field.getIsFunctionOutput(), name, "a function's output");
        refuse(field.getIsDynamic(), name, "a dynamic field of its own");
        DataType type = WireTypes.of(field.getDataType(), name);
        Map<String, String> params =
                Parameters.of(field.getTypeParamsList()).spread().asMap();
        return of(
                name,
                field.getDescription(),
                type,
                field.getIsPrimaryKey(),
                field.getAutoID() || schemaAutoId && field.getIsPrimaryKey(),
                field.getNullable(),
                field.hasDefaultValue() ? defaultValue(name, field.getDefaultValue()) : null,
                params);
    }

    /** A field whose parameters are still text. */
    static Field of(
            String name,
            String description,
            DataType type,
            boolean primaryKey,
            boolean autoId,
            boolean nullable,
            @Nullable Object defaultValue,
            Map<String, String> params) {
        Properties.checkField(name, params);
        return new Field(
                0,
                name,
                description,
                type,
                primaryKey,
                autoId,
                nullable,
                false,
                type == DataType.FLOAT_VECTOR ? number(params, "dim", "invalid dimension: ") : 0,
                type == DataType.VARCHAR
                        ? number(params, "max_length", "the maximum length of field " + name + " is no number: ")
                        : 0,
                defaultValue,
                params);
    }

    static io.milvus.grpc.CollectionSchema encode(String name, CollectionSchema schema) {
        var message = io.milvus.grpc.CollectionSchema.newBuilder()
                .setName(name)
                .setDescription(schema.description())
                .setEnableDynamicField(schema.dynamicFieldEnabled());
        setAutoId(message, schema.primaryKey().autoId());
        schema.visibleFields().forEach(field -> message.addFields(encode(field)));
        return message.build();
    }

    @SuppressWarnings("deprecation") // The Node client and pymilvus 2.4 read it there.
    private static void setAutoId(io.milvus.grpc.CollectionSchema.Builder message, boolean autoId) {
        message.setAutoID(autoId);
    }

    private static FieldSchema encode(Field field) {
        FieldSchema.Builder message = FieldSchema.newBuilder()
                .setFieldID(field.id())
                .setName(field.name())
                .setDescription(field.description())
                .setDataType(WireTypes.of(field.type()))
                .setIsPrimaryKey(field.primaryKey())
                .setAutoID(field.autoId())
                .setNullable(field.nullable())
                .addAllTypeParams(Parameters.pairs(field.typeParams()));
        Object value = field.defaultValue();
        if (value != null) {
            message.setDefaultValue(encodeDefault(field.type(), value));
        }
        return message.build();
    }

    private static Object defaultValue(String field, ValueField value) {
        return switch (value.getDataCase()) {
            case BOOL_DATA -> value.getBoolData();
            case INT_DATA -> (long) value.getIntData();
            case LONG_DATA -> value.getLongData();
            case FLOAT_DATA -> (double) value.getFloatData();
            case DOUBLE_DATA -> value.getDoubleData();
            case STRING_DATA -> value.getStringData();
            case BYTES_DATA, TIMESTAMPTZ_DATA, DATA_NOT_SET ->
                throw new Invalid("type not support default_value, type:" + value.getDataCase() + ", name:" + field);
        };
    }

    private static ValueField encodeDefault(DataType type, Object value) {
        ValueField.Builder message = ValueField.newBuilder();
        switch (type) {
            case BOOL -> message.setBoolData((Boolean) value);
            case INT8, INT16, INT32 -> message.setIntData(((Long) value).intValue());
            case INT64 -> message.setLongData((Long) value);
            case FLOAT -> message.setFloatData(((Double) value).floatValue());
            case DOUBLE -> message.setDoubleData((Double) value);
            case VARCHAR -> message.setStringData((String) value);
            case JSON, FLOAT_VECTOR -> throw new IllegalStateException("default value of " + type);
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
