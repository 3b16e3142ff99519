package dev.elanus.wire;

import com.google.protobuf.ByteString;
import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Geometries;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.StructSchema;
import dev.elanus.search.OutputRows;
import dev.elanus.search.OutputRows.OutputColumn;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.GeometryWktArray;
import io.milvus.grpc.IDs;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Columns as messages. A null row has a placeholder value and a flag beside it. */
final class RowsEncoder {
    private RowsEncoder() {}

    static List<FieldData> encode(CollectionSchema schema, OutputRows rows, ShownTimes times) {
        List<FieldData> encoded = new ArrayList<>();
        Set<StructSchema> done = new HashSet<>();
        for (OutputColumn output : rows.columns()) {
            Optional<StructSchema> struct = schema.structOf(output.field());
            if (struct.isEmpty()) {
                encoded.add(encode(output.field(), output.column(), times));
            } else if (done.add(struct.get())) {
                encoded.add(StructCodec.encode(
                        struct.get(),
                        rows.columns().stream()
                                .filter(member -> struct.get().has(member.field()))
                                .toList()));
            }
        }
        return encoded;
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

    static FieldData encode(Field field, Column column, ShownTimes times) {
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
            case VectorColumn vectors -> data.setVectors(VectorEncoder.encode(vectors));
            case FixedColumn fixed
            when field.type() == DataType.TIMESTAMPTZ ->
                data.setType(times.type()).setScalars(times.encode(fixed));
            case FixedColumn fixed -> data.setScalars(scalars(fixed));
            case BytesColumn sparse
            when sparse.type() == DataType.SPARSE_FLOAT_VECTOR -> data.setVectors(VectorEncoder.encodeSparse(sparse));
            case BytesColumn bytes -> data.setScalars(bytes(field, bytes));
        }
        return data.build();
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
            case TIMESTAMPTZ,
                    VARCHAR,
                    ARRAY,
                    JSON,
                    GEOMETRY,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    ARRAY_OF_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("no number: " + column.type());
        }
        return scalars.build();
    }

    private static ScalarField bytes(Field field, BytesColumn column) {
        ScalarField.Builder scalars = ScalarField.newBuilder();
        return switch (field.type()) {
            case VARCHAR -> scalars.setStringData(strings(column)).build();
            case ARRAY ->
                scalars.setArrayData(ArrayEncoder.encode(ArrayReader.of(field, column)))
                        .build();
            case GEOMETRY -> scalars.setGeometryWktData(shapes(column)).build();
            default -> {
                JSONArray.Builder values = JSONArray.newBuilder();
                for (int row = 0; row < column.rowCount(); row++) {
                    values.addData(ByteString.copyFrom(column.bytesAt(row)));
                }
                yield scalars.setJsonData(values).build();
            }
        };
    }

    private static GeometryWktArray shapes(BytesColumn column) {
        GeometryWktArray.Builder values = GeometryWktArray.newBuilder();
        for (int row = 0; row < column.rowCount(); row++) {
            values.addData(column.isNull(row) ? "" : Geometries.wkt(column.bytesAt(row)));
        }
        return values.build();
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
