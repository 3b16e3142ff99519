package dev.elanus.wire;

import com.google.protobuf.UnsafeByteOperations;
import dev.elanus.column.ArrayReader;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;

/** Array columns as messages. */
final class ArrayEncoder {
    private ArrayEncoder() {}

    static ArrayArray encode(ArrayReader arrays) {
        ArrayArray.Builder rows = ArrayArray.newBuilder().setElementType(WireTypes.of(arrays.element()));
        for (int row = 0; row < arrays.column().rowCount(); row++) {
            rows.addData(encode(arrays, row));
        }
        return rows.build();
    }

    /** One row's elements. */
    static ScalarField encode(ArrayReader arrays, int row) {
        ScalarField.Builder message = ScalarField.newBuilder();
        int count = arrays.count(row);
        switch (arrays.element()) {
            case BOOL -> {
                BoolArray.Builder values = BoolArray.newBuilder();
                for (int i = 0; i < count; i++) {
                    values.addData(arrays.booleanAt(row, i));
                }
                message.setBoolData(values);
            }
            case INT8, INT16, INT32 -> {
                IntArray.Builder values = IntArray.newBuilder();
                for (int i = 0; i < count; i++) {
                    values.addData((int) arrays.longAt(row, i));
                }
                message.setIntData(values);
            }
            case INT64 -> {
                LongArray.Builder values = LongArray.newBuilder();
                for (int i = 0; i < count; i++) {
                    values.addData(arrays.longAt(row, i));
                }
                message.setLongData(values);
            }
            case FLOAT -> {
                FloatArray.Builder values = FloatArray.newBuilder();
                for (int i = 0; i < count; i++) {
                    values.addData((float) arrays.doubleAt(row, i));
                }
                message.setFloatData(values);
            }
            case DOUBLE -> {
                DoubleArray.Builder values = DoubleArray.newBuilder();
                for (int i = 0; i < count; i++) {
                    values.addData(arrays.doubleAt(row, i));
                }
                message.setDoubleData(values);
            }
            default -> {
                StringArray.Builder values = StringArray.newBuilder();
                for (int i = 0; i < count; i++) {
                    values.addDataBytes(UnsafeByteOperations.unsafeWrap(
                            arrays.viewAt(row, i).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)));
                }
                message.setStringData(values);
            }
        }
        return message.build();
    }
}
