package dev.elanus.wire;

import com.google.protobuf.ByteString;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.column.VectorElements;
import dev.elanus.engine.RowRules;
import dev.elanus.engine.SparseRules;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.VectorField;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** One column of vectors of a message as a column in memory. The payload may leave out null rows or not. */
final class VectorDecoder {
    private final Field field;
    private final VectorField vectors;
    private final int rowCount;

    private VectorDecoder(Field field, VectorField vectors, int rowCount) {
        this.field = field;
        this.vectors = vectors;
        this.rowCount = rowCount;
    }

    static Column decode(Field field, FieldData data, int rowCount) {
        VectorField vectors = data.getVectors();
        VectorDecoder decoder = new VectorDecoder(field, vectors, rowCount);
        boolean empty = data.getFieldCase() != FieldData.FieldCase.VECTORS
                || vectors.getDataCase() == VectorField.DataCase.DATA_NOT_SET;
        if (empty && field.nullable() && data.getValidDataCount() > 0) {
            return decoder.column(data, 0);
        }
        if (empty || !decoder.isOfKind()) {
            String kind = kind(field.type());
            throw Invalid.of(
                    kind + " field '" + field.name() + "' is illegal, array type mismatch", "need " + kind, "got nil");
        }
        int given = decoder.given();
        if (field.type() != DataType.SPARSE_FLOAT_VECTOR
                && vectors.getDim() != 0
                && vectors.getDim() != field.dimension()) {
            throw Invalid.of(
                    "the dim (" + vectors.getDim() + ") of field data(" + field.name()
                            + ") is not equal to schema dim (" + field.dimension() + ")",
                    field.dimension(),
                    vectors.getDim());
        }
        return decoder.column(data, given);
    }

    private Column column(FieldData data, int given) {
        boolean @Nullable [] valid = ColumnDecoder.validity(field, data, rowCount, given);
        if (valid == null && given != rowCount) {
            throw ColumnDecoder.wrongCount(field, given, rowCount);
        }
        return field.type() == DataType.SPARSE_FLOAT_VECTOR ? sparse(valid, given) : dense(valid, given);
    }

    private Column dense(boolean @Nullable [] valid, int given) {
        long width = field.rowWidth();
        MemorySegment values = Column.allocate(rowCount * width);
        float[] row = new float[field.dimension()];
        int next = 0;
        for (int i = 0; i < rowCount; i++) {
            if (valid == null || valid[i]) {
                put(given < rowCount ? next++ : i, i, values, i * width, row);
            }
        }
        Validity validity = valid == null ? Validity.all() : Validity.of(valid);
        return new VectorColumn(field.type(), field.dimension(), rowCount, values, validity);
    }

    /** Puts the payload's row {@code from} into its place, checked. */
    private void put(int from, int row, MemorySegment values, long at, float[] numbers) {
        if (vectors.getDataCase() == VectorField.DataCase.FLOAT_VECTOR) {
            FloatArray floats = vectors.getFloatVector();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = floats.getData(from * numbers.length + i);
            }
            RowRules.checkFinite(field, row, numbers);
            VectorElements.write(field.type(), numbers, values, at);
            return;
        }
        int width = field.rowWidth();
        bytes().substring(from * width, (from + 1) * width)
                .copyTo(values.asSlice(at, width).asByteBuffer());
        if (field.type() == DataType.FLOAT16_VECTOR || field.type() == DataType.BFLOAT16_VECTOR) {
            VectorElements.read(field.type(), values, at, numbers);
            RowRules.checkFinite(field, row, numbers);
        }
    }

    private Column sparse(boolean @Nullable [] valid, int given) {
        SparseFloatArray rows = vectors.getSparseFloatVector();
        ColumnBuilder builder = ColumnBuilder.of(field, rowCount);
        int next = 0;
        for (int i = 0; i < rowCount; i++) {
            if (valid != null && !valid[i]) {
                builder.addNull();
                continue;
            }
            byte[] row = rows.getContents(given < rowCount ? next++ : i).toByteArray();
            SparseRules.check(MemorySegment.ofArray(row));
            builder.add(row);
        }
        return builder.build();
    }

    private boolean isOfKind() {
        VectorField.DataCase found = vectors.getDataCase();
        return switch (field.type()) {
            case FLOAT_VECTOR -> found == VectorField.DataCase.FLOAT_VECTOR;
            case FLOAT16_VECTOR ->
                found == VectorField.DataCase.FLOAT16_VECTOR || found == VectorField.DataCase.FLOAT_VECTOR;
            case BFLOAT16_VECTOR ->
                found == VectorField.DataCase.BFLOAT16_VECTOR || found == VectorField.DataCase.FLOAT_VECTOR;
            case BINARY_VECTOR -> found == VectorField.DataCase.BINARY_VECTOR;
            case INT8_VECTOR -> found == VectorField.DataCase.INT8_VECTOR;
            case SPARSE_FLOAT_VECTOR -> found == VectorField.DataCase.SPARSE_FLOAT_VECTOR;
            case BOOL,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    FLOAT,
                    DOUBLE,
                    VARCHAR,
                    ARRAY,
                    ARRAY_OF_VECTOR,
                    JSON,
                    GEOMETRY,
                    TIMESTAMPTZ -> false;
        };
    }

    /** Rows of the payload. */
    private int given() {
        if (field.type() == DataType.SPARSE_FLOAT_VECTOR) {
            return vectors.getSparseFloatVector().getContentsCount();
        }
        boolean floats = vectors.getDataCase() == VectorField.DataCase.FLOAT_VECTOR;
        int length = floats ? vectors.getFloatVector().getDataCount() : bytes().size();
        int width = floats ? field.dimension() : field.rowWidth();
        if (length % width != 0) {
            throw new Invalid(undivided(length, floats));
        }
        return length / width;
    }

    private String undivided(int length, boolean floats) {
        String rows = switch (vectors.getDataCase()) {
            case BINARY_VECTOR ->
                "the num(" + Byte.SIZE * length + ") of all bits should divide the dim(" + field.dimension();
            case FLOAT16_VECTOR, BFLOAT16_VECTOR ->
                "the length(" + length + ") of "
                        + (field.type() == DataType.FLOAT16_VECTOR ? "float16" : "bfloat")
                        + " data should divide the row width(" + field.rowWidth();
            case FLOAT_VECTOR, INT8_VECTOR, SPARSE_FLOAT_VECTOR, VECTOR_ARRAY, DATA_NOT_SET ->
                "the length(" + length + ") of " + (floats ? "float" : "int8") + " data should divide the dim("
                        + field.dimension();
        };
        return rows + "): invalid parameter, field name = " + field.name();
    }

    private ByteString bytes() {
        return switch (vectors.getDataCase()) {
            case BINARY_VECTOR -> vectors.getBinaryVector();
            case FLOAT16_VECTOR -> vectors.getFloat16Vector();
            case BFLOAT16_VECTOR -> vectors.getBfloat16Vector();
            case INT8_VECTOR -> vectors.getInt8Vector();
            case FLOAT_VECTOR, SPARSE_FLOAT_VECTOR, VECTOR_ARRAY, DATA_NOT_SET -> ByteString.EMPTY;
        };
    }

    private static String kind(DataType type) {
        return switch (type) {
            case BINARY_VECTOR -> "binary vector";
            case FLOAT16_VECTOR -> "float16 vector";
            case BFLOAT16_VECTOR -> "bfloat16 vector";
            case INT8_VECTOR -> "int8 vector";
            case SPARSE_FLOAT_VECTOR -> "sparse float vector";
            case FLOAT_VECTOR -> "float vector";
            case BOOL,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    FLOAT,
                    DOUBLE,
                    VARCHAR,
                    ARRAY,
                    ARRAY_OF_VECTOR,
                    JSON,
                    GEOMETRY,
                    TIMESTAMPTZ -> throw new IllegalStateException("no vector: " + type);
        };
    }
}
