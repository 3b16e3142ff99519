package dev.elanus.wire;

import com.google.protobuf.ByteString;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.SparseRow;
import dev.elanus.column.VectorColumn;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.VectorField;
import java.util.stream.IntStream;

/** Columns of vectors as messages. Null rows are left out of the payload. */
final class VectorEncoder {
    private VectorEncoder() {}

    static VectorField encode(VectorColumn all) {
        VectorColumn vectors = all.validity().hasNulls() ? all.select(present(all)) : all;
        VectorField.Builder message = VectorField.newBuilder().setDim(vectors.dimension());
        switch (vectors.type()) {
            case FLOAT_VECTOR -> message.setFloatVector(floats(vectors));
            case FLOAT16_VECTOR -> message.setFloat16Vector(bytes(vectors));
            case BFLOAT16_VECTOR -> message.setBfloat16Vector(bytes(vectors));
            case BINARY_VECTOR -> message.setBinaryVector(bytes(vectors));
            case INT8_VECTOR -> message.setInt8Vector(bytes(vectors));
            default -> throw new IllegalStateException("no dense vector: " + vectors.type());
        }
        return message.build();
    }

    /** Sparse vectors; their dimension is one more than the highest index. */
    static VectorField encodeSparse(BytesColumn column) {
        SparseFloatArray.Builder rows = SparseFloatArray.newBuilder();
        long dimension = 0;
        for (int row : present(column)) {
            rows.addContents(ByteString.copyFrom(column.bytesAt(row)));
            if (column.lengthAt(row) > 0) {
                long last = column.startAt(row + 1) - SparseRow.PAIR_BYTES;
                dimension = Math.max(dimension, SparseRow.indexAt(column.bytes(), last) + 1);
            }
        }
        return VectorField.newBuilder()
                .setDim(dimension)
                .setSparseFloatVector(rows.setDim(dimension))
                .build();
    }

    private static FloatArray floats(VectorColumn vectors) {
        int count = vectors.rowCount() * vectors.dimension();
        FloatArray.Builder floats = FloatArray.newBuilder();
        for (int i = 0; i < count; i++) {
            floats.addData(vectors.values().get(Column.FLOAT_LE, (long) i * Float.BYTES));
        }
        return floats.build();
    }

    private static ByteString bytes(VectorColumn vectors) {
        return ByteString.copyFrom(vectors.values().asByteBuffer());
    }

    private static int[] present(Column column) {
        return IntStream.range(0, column.rowCount())
                .filter(row -> !column.isNull(row))
                .toArray();
    }
}
