package dev.elanus.wire;

import com.google.protobuf.ByteString;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.OutputRows;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IDs;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.util.List;

/** Columns as messages. A null row has a placeholder value and a flag beside it. */
final class RowsEncoder {
    private RowsEncoder() {}

    static List<FieldData> encode(OutputRows rows) {
        return rows.columns().stream()
                .map(output -> encode(output.field(), output.column()))
                .toList();
    }

    static IDs keys(Column keys) {
        IDs.Builder ids = IDs.newBuilder();
        switch (keys) {
            case FixedColumn fixed -> ids.setIntId(longs(fixed));
            case BytesColumn bytes -> ids.setStrId(strings(bytes));
            case VectorColumn _ -> throw new IllegalStateException("vectors are no keys");
        }
        return ids.build();
    }

    static FieldData encode(Field field, Column column) {
        FieldData.Builder data = FieldData.newBuilder()
                .setFieldId(field.id())
                .setFieldName(field.name())
                .setType(WireTypes.of(field.type()))
                .setIsDynamic(field.dynamic());
        if (field.nullable()) {
            for (int row = 0; row < column.rowCount(); row++) {
                data.addValidData(!column.isNull(row));
            }
        }
        switch (column) {
            case VectorColumn vectors -> data.setVectors(floats(vectors));
            case FixedColumn fixed -> data.setScalars(scalars(fixed));
            case BytesColumn bytes -> data.setScalars(texts(field.type(), bytes));
        }
        return data.build();
    }

    private static VectorField floats(VectorColumn vectors) {
        int count = vectors.rowCount() * vectors.dimension();
        FloatArray.Builder floats = FloatArray.newBuilder();
        for (int i = 0; i < count; i++) {
            floats.addData(vectors.values().get(Column.FLOAT_LE, (long) i * Float.BYTES));
        }
        return VectorField.newBuilder()
                .setDim(vectors.dimension())
                .setFloatVector(floats)
                .build();
    }

    private static ScalarField scalars(FixedColumn column) {
        ScalarField.Builder scalars = ScalarField.newBuilder();
        switch (column.type()) {
            case BOOL -> {
                BoolArray.Builder values = BoolArray.newBuilder();
                for (int row = 0; row < column.rowCount(); row++) {
                    values.addData(column.booleanAt(row));
                }
                scalars.setBoolData(values);
            }
            case INT8, INT16, INT32 -> {
                IntArray.Builder values = IntArray.newBuilder();
                for (int row = 0; row < column.rowCount(); row++) {
                    values.addData((int) column.longAt(row));
                }
                scalars.setIntData(values);
            }
            case INT64 -> scalars.setLongData(longs(column));
            case FLOAT -> {
                FloatArray.Builder values = FloatArray.newBuilder();
                for (int row = 0; row < column.rowCount(); row++) {
                    values.addData((float) column.doubleAt(row));
                }
                scalars.setFloatData(values);
            }
            case DOUBLE -> {
                DoubleArray.Builder values = DoubleArray.newBuilder();
                for (int row = 0; row < column.rowCount(); row++) {
                    values.addData(column.doubleAt(row));
                }
                scalars.setDoubleData(values);
            }
            case VARCHAR, JSON, FLOAT_VECTOR -> throw new IllegalStateException("fixed width " + column.type());
        }
        return scalars.build();
    }

    private static ScalarField texts(DataType type, BytesColumn column) {
        if (type == DataType.VARCHAR) {
            return ScalarField.newBuilder().setStringData(strings(column)).build();
        }
        JSONArray.Builder values = JSONArray.newBuilder();
        for (int row = 0; row < column.rowCount(); row++) {
            values.addData(ByteString.copyFrom(column.bytesAt(row)));
        }
        return ScalarField.newBuilder().setJsonData(values).build();
    }

    private static LongArray longs(FixedColumn column) {
        LongArray.Builder values = LongArray.newBuilder();
        for (int row = 0; row < column.rowCount(); row++) {
            values.addData(column.longAt(row));
        }
        return values.build();
    }

    private static StringArray strings(BytesColumn column) {
        StringArray.Builder values = StringArray.newBuilder();
        for (int row = 0; row < column.rowCount(); row++) {
            values.addDataBytes(ByteString.copyFrom(column.bytesAt(row)));
        }
        return values.build();
    }
}
