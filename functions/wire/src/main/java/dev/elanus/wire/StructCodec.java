package dev.elanus.wire;

import com.google.protobuf.ByteString;
import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.StructSchema;
import dev.elanus.search.OutputRows.OutputColumn;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StructArrayField;
import io.milvus.grpc.StructArrayFieldSchema;
import io.milvus.grpc.VectorArray;
import io.milvus.grpc.VectorField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Structs from messages and to messages: their schemas, and rows of their members. */
final class StructCodec {
    private static final String CAPACITY = "max_capacity";

    private StructCodec() {}

    static StructSchema decode(StructArrayFieldSchema message) {
        return new StructSchema(
                0,
                message.getName(),
                message.getDescription(),
                Parameters.of(message.getTypeParamsList()).asMap());
    }

    /** The fields of a struct, named as those of a collection. */
    static List<Field> members(StructArrayFieldSchema message) {
        if (message.getFieldsCount() == 0) {
            throw new Invalid("struct array field " + message.getName() + " has no sub-fields");
        }
        Map<String, String> ofStruct =
                Parameters.of(message.getTypeParamsList()).asMap();
        return message.getFieldsList().stream()
                .map(member -> member(message.getName(), ofStruct, member))
                .toList();
    }

    private static Field member(String struct, Map<String, String> ofStruct, FieldSchema member) {
        String name = StructSchema.fieldName(struct, member.getName());
        boolean vectors = member.getDataType() == io.milvus.grpc.DataType.ArrayOfVector;
        if (!vectors && member.getDataType() != io.milvus.grpc.DataType.Array) {
            throw new Invalid("Fields in StructArrayField can only be array or array of struct, but field " + name
                    + " is " + member.getDataType().name());
        }
        Map<String, String> params = new LinkedHashMap<>(
                Parameters.of(member.getTypeParamsList()).spread().asMap());
        if (ofStruct.containsKey(CAPACITY)) {
            params.putIfAbsent(CAPACITY, ofStruct.getOrDefault(CAPACITY, ""));
        }
        return SchemaCodec.of(
                        name,
                        vectors ? DataType.ARRAY_OF_VECTOR : DataType.ARRAY,
                        WireTypes.of(member.getElementType(), name),
                        member.getNullable()
                                ? EnumSet.of(dev.elanus.schema.Trait.NULLABLE)
                                : EnumSet.noneOf(dev.elanus.schema.Trait.class),
                        params)
                .describedAs(member.getDescription());
    }

    static StructArrayFieldSchema encode(CollectionSchema schema, StructSchema struct) {
        StructArrayFieldSchema.Builder message = StructArrayFieldSchema.newBuilder()
                .setFieldID(struct.id())
                .setName(struct.name())
                .setDescription(struct.description())
                .addAllTypeParams(Parameters.pairs(struct.typeParams()));
        for (Field member : schema.members(struct)) {
            message.addFields(
                    SchemaCodec.encode(member, schema.zone()).toBuilder().setName(struct.memberName(member)));
        }
        return message.build();
    }

    /** The columns of a struct's members. */
    static void decode(CollectionSchema schema, FieldData data, int rowCount, BiConsumer<Field, Column> to) {
        StructSchema struct = schema.structs().stream()
                .filter(one -> one.name().equals(data.getFieldName()))
                .findFirst()
                .orElseThrow(() -> new Invalid("fieldName " + data.getFieldName()
                        + " not exist in collection schema, fieldType ArrayOfStruct: invalid parameter"));
        for (FieldData member : data.getStructArrays().getFieldsList()) {
            // Milvus itself accepts both spellings.
            String name = member.getFieldName().startsWith(struct.name() + "[")
                    ? member.getFieldName()
                    : StructSchema.fieldName(struct.name(), member.getFieldName());
            Field field = schema.find(name)
                    .orElseThrow(() -> new Invalid("fieldName " + member.getFieldName() + " not exist in struct "
                            + struct.name() + ": invalid parameter"));
            Column column = field.type() == DataType.ARRAY
                    ? ColumnDecoder.decode(field, member, rowCount, schema.zone())
                    : vectors(field, member, rowCount);
            to.accept(field, column);
        }
    }

    private static Column vectors(Field field, FieldData data, int rowCount) {
        VectorArray rows = data.getVectors().getVectorArray();
        if (rows.getDataCount() != rowCount) {
            throw ColumnDecoder.wrongCount(field, rows.getDataCount(), rowCount);
        }
        ColumnBuilder builder = ColumnBuilder.of(field, rowCount);
        for (int row = 0; row < rowCount; row++) {
            builder.add(bytes(field, rows.getData(row)));
        }
        return builder.build();
    }

    private static byte[] bytes(Field field, VectorField vectors) {
        if (vectors.getDim() != 0 && vectors.getDim() != field.dimension()) {
            throw Invalid.of(
                    "the dim (" + vectors.getDim() + ") of field data(" + field.name()
                            + ") is not equal to schema dim (" + field.dimension() + ")",
                    field.dimension(),
                    vectors.getDim());
        }
        return switch (vectors.getDataCase()) {
            case FLOAT_VECTOR -> {
                if (field.elementType() != DataType.FLOAT_VECTOR) {
                    throw ColumnDecoder.wrongKind(field, vectors.getDataCase());
                }
                FloatArray floats = vectors.getFloatVector();
                ByteBuffer bytes =
                        ByteBuffer.allocate(floats.getDataCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                floats.getDataList().forEach(bytes::putFloat);
                yield bytes.array();
            }
            case BINARY_VECTOR -> ofKind(field, DataType.BINARY_VECTOR, vectors.getBinaryVector());
            case FLOAT16_VECTOR -> ofKind(field, DataType.FLOAT16_VECTOR, vectors.getFloat16Vector());
            case BFLOAT16_VECTOR -> ofKind(field, DataType.BFLOAT16_VECTOR, vectors.getBfloat16Vector());
            case INT8_VECTOR -> ofKind(field, DataType.INT8_VECTOR, vectors.getInt8Vector());
            case DATA_NOT_SET -> new byte[0];
            case SPARSE_FLOAT_VECTOR, VECTOR_ARRAY -> throw ColumnDecoder.wrongKind(field, vectors.getDataCase());
        };
    }

    private static byte[] ofKind(Field field, DataType kind, ByteString bytes) {
        if (field.elementType() != kind) {
            throw ColumnDecoder.wrongKind(field, kind.text());
        }
        return bytes.toByteArray();
    }

    /** The members of one struct as one field. */
    static FieldData encode(StructSchema struct, List<OutputColumn> members) {
        StructArrayField.Builder fields = StructArrayField.newBuilder();
        for (OutputColumn member : members) {
            Field field = member.field();
            FieldData.Builder data = FieldData.newBuilder()
                    .setFieldId(field.id())
                    .setFieldName(struct.memberName(field))
                    .setType(WireTypes.of(field.type()));
            if (field.type() == DataType.ARRAY) {
                data.setScalars(ScalarField.newBuilder()
                        .setArrayData(ArrayEncoder.encode(ArrayReader.of(field, member.column()))));
            } else {
                data.setVectors(
                        VectorField.newBuilder().setDim(field.dimension()).setVectorArray(vectors(field, (BytesColumn)
                                member.column())));
            }
            fields.addFields(data);
        }
        return FieldData.newBuilder()
                .setFieldId(struct.id())
                .setFieldName(struct.name())
                .setType(io.milvus.grpc.DataType.ArrayOfStruct)
                .setStructArrays(fields)
                .build();
    }

    private static VectorArray vectors(Field field, BytesColumn column) {
        VectorArray.Builder rows =
                VectorArray.newBuilder().setDim(field.dimension()).setElementType(WireTypes.of(field.elementType()));
        int width = field.elementType().vectorBytes(field.dimension());
        for (int row = 0; row < column.rowCount(); row++) {
            rows.addData(VectorEncoder.encode(new VectorColumn(
                    field.elementType(),
                    field.dimension(),
                    column.lengthAt(row) / width,
                    column.viewAt(row),
                    Validity.all())));
        }
        return rows.build();
    }
}
