package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.engine.WriteKind;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.SchemaRules;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsDecoderTest {
    private static final CollectionSchema SCHEMA = SchemaRules.complete(
            "c",
            new CollectionSchema(
                    "",
                    List.of(
                            Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                            Field.vector(0, "v", 2),
                            Field.scalar(0, "small", DataType.INT8).asNullable(),
                            Field.varchar(0, "name", 5).asNullable(),
                            Field.scalar(0, "flag", DataType.BOOL).withDefault(true)),
                    true));

    @Test
    void columnsComeInAnyOrder() {
        Columns rows = decode(2, floats("v", 2, 1f, 2f, 3f, 4f), longs("id", 7, 8));
        assertThat(((FixedColumn) rows.column(100)).longAt(1)).isEqualTo(8);
        assertThat(((VectorColumn) rows.column(101)).floatsAt(1)).containsExactly(3f, 4f);
        assertThat(rows.has(102)).isFalse();
    }

    @Test
    void compactAndFullPayloadsMeanTheSameWithValidityFlags() {
        for (FieldData small : List.of(
                valid(ints("small", 9), false, true, false), valid(ints("small", 0, 9, 0), false, true, false))) {
            FixedColumn column = (FixedColumn)
                    decode(3, longs("id", 1, 2, 3), vectors(3), small).column(102);
            assertThat(IntStream.range(0, 3).mapToObj(column::isNull)).containsExactly(true, false, true);
            assertThat(column.longAt(1)).isEqualTo(9);
        }
    }

    @Test
    void jsonOfNoBytesIsWhatTheNodeClientSendsForNull() {
        CollectionSchema schema = SchemaRules.complete(
                "c",
                new CollectionSchema(
                        "",
                        List.of(
                                Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                                Field.vector(0, "v", 2),
                                Field.scalar(0, "may", DataType.JSON).asNullable(),
                                Field.scalar(0, "must", DataType.JSON)),
                        false));
        Columns rows = RowsDecoder.decode(
                schema,
                List.of(longs("id", 1), vectors(1), valid(json("may", ""), true), json("must", "")),
                1,
                WriteKind.INSERT);
        assertThat(rows.column(102).isNull(0)).isTrue();
        assertThat(((BytesColumn) rows.column(103)).bytesAt(0)).asString().isEqualTo("null");
    }

    @Test
    void aNullBecomesTheDefaultWhereThereIsOne() {
        FieldData flag = valid(
                scalars(
                        "flag",
                        ScalarField.newBuilder()
                                .setBoolData(BoolArray.newBuilder().addData(false))),
                false,
                true);
        FixedColumn column =
                (FixedColumn) decode(2, longs("id", 1, 2), vectors(2), flag).column(104);
        assertThat(column.isNull(0)).isFalse();
        assertThat(column.booleanAt(0)).isTrue();
        assertThat(column.booleanAt(1)).isFalse();
    }

    @Test
    void theDynamicColumnNeedsNoName() {
        FieldData dynamic = json("", "{\"a\":1}").toBuilder().setIsDynamic(true).build();
        Columns rows = decode(1, longs("id", 1), vectors(1), dynamic);
        assertThat(((BytesColumn) rows.column(105)).textAt(0)).isEqualTo("{\"a\":1}");
    }

    @Test
    void everyMistakeIsNamedWithWhatWasExpectedAndFound() {
        refused(
                "is not equal to schema dim (2): invalid parameter[expected=2][actual=4]",
                1,
                longs("id", 1),
                floats("v", 4, 1f, 2f, 3f, 4f));
        refused("the length(3) of float data should divide the dim(2)", 1, longs("id", 1), floats("v", 3, 1f, 2f, 3f));
        refused("the length(3) of float data should divide the dim(2)", 1, longs("id", 1), floats("v", 2, 1f, 2f, 3f));
        refused("the num_rows (2) of field (v) is not equal to passed num_rows (1)", 1, longs("id", 1), vectors(2));
        refused("the num_rows (1) of field (id) is not equal to passed num_rows (2)", 2, longs("id", 1), vectors(2));
        refused("fieldSchema(v) has no corresponding fieldData pass in", 1, longs("id", 1));
        refused("fieldName nope not exist in collection schema", 1, longs("id", 1), vectors(1), longs("nope", 1));
        refused("duplicated field id found", 1, longs("id", 1), longs("id", 1), vectors(1));
        refused("field 'id' is illegal, array type mismatch", 1, ints("id", 1), vectors(1));
        refused(
                "float vector field 'v' is illegal, array type mismatch: invalid parameter[expected=need float vector][actual=got nil]",
                1,
                longs("id", 1),
                longs("v", 1));
        refused(
                "field small: the 0th element (128) out of range: [-128, 127]",
                1,
                longs("id", 1),
                vectors(1),
                valid(ints("small", 128), true));
        refused(
                "length of varchar field name exceeds max length, row number: 0, length: 6, max length: 5",
                1,
                longs("id", 1),
                vectors(1),
                valid(strings("name", "ééé"), true));
        refused("the length of valid_data of field(id) is wrong", 2, valid(longs("id", 1), true, false), vectors(2));
        refused(
                "the length of valid_data of field(small) is wrong",
                2,
                longs("id", 1, 2),
                vectors(2),
                valid(ints("small", 1), true));
        refused("num_rows should be greater than 0", 0);
        refused("vector field v, row number: 0 is not a number", 1, longs("id", 1), floats("v", 2, Float.NaN, 1f));
        refused(
                "dynamic field name cannot include the static field name: id",
                1,
                longs("id", 1),
                vectors(1),
                json("$meta", "{\"id\":1}"));
        refused("only json map is supported", 1, longs("id", 1), vectors(1), json("$meta", "[1]"));
        refused("expected JSON", 1, longs("id", 1), vectors(1), json("$meta", "{\"a\":"));
    }

    @Test
    void generatedKeysAreRefusedOnInsertAndNeededOnUpsert() {
        CollectionSchema generated = SchemaRules.complete(
                "c",
                new CollectionSchema(
                        "",
                        List.of(Field.scalar(0, "id", DataType.INT64).asPrimaryKey(true), Field.vector(0, "v", 2)),
                        false));
        assertThat(RowsDecoder.decode(generated, List.of(vectors(1)), 1, WriteKind.INSERT)
                        .has(100))
                .isFalse();
        assertThatThrownBy(
                        () -> RowsDecoder.decode(generated, List.of(longs("id", 1), vectors(1)), 1, WriteKind.INSERT))
                .isInstanceOf(Invalid.class)
                .hasMessage("more fieldData has pass in: invalid parameter[expected=2][actual=3]");
        assertThatThrownBy(() -> RowsDecoder.decode(generated, List.of(vectors(1)), 1, WriteKind.UPSERT))
                .hasMessageContaining("must assign pk when upsert, primary field: id");
        assertThatThrownBy(() ->
                        RowsDecoder.decode(generated, List.of(vectors(1), json("$meta", "{}")), 1, WriteKind.INSERT))
                .hasMessageContaining("without dynamic schema enabled");
    }

    private static void refused(String text, int rowCount, FieldData... fields) {
        assertThatThrownBy(() -> decode(rowCount, fields))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(text);
    }

    private static Columns decode(int rowCount, FieldData... fields) {
        return RowsDecoder.decode(SCHEMA, List.of(fields), rowCount, WriteKind.INSERT);
    }

    private static FieldData vectors(int rows) {
        return floats("v", 2, new float[rows * 2]);
    }

    private static FieldData floats(String name, int dimension, float... values) {
        FloatArray.Builder floats = FloatArray.newBuilder();
        for (float value : values) {
            floats.addData(value);
        }
        return FieldData.newBuilder()
                .setFieldName(name)
                .setVectors(VectorField.newBuilder().setDim(dimension).setFloatVector(floats))
                .build();
    }

    private static FieldData longs(String name, long... values) {
        LongArray.Builder data = LongArray.newBuilder();
        Arrays.stream(values).forEach(data::addData);
        return scalars(name, ScalarField.newBuilder().setLongData(data));
    }

    private static FieldData ints(String name, int... values) {
        IntArray.Builder data = IntArray.newBuilder();
        Arrays.stream(values).forEach(data::addData);
        return scalars(name, ScalarField.newBuilder().setIntData(data));
    }

    private static FieldData strings(String name, String... values) {
        return scalars(
                name,
                ScalarField.newBuilder().setStringData(StringArray.newBuilder().addAllData(List.of(values))));
    }

    private static FieldData json(String name, String value) {
        return scalars(
                name,
                ScalarField.newBuilder().setJsonData(JSONArray.newBuilder().addData(ByteString.copyFromUtf8(value))));
    }

    private static FieldData scalars(String name, ScalarField.Builder values) {
        return FieldData.newBuilder().setFieldName(name).setScalars(values).build();
    }

    private static FieldData valid(FieldData data, boolean... flags) {
        FieldData.Builder flagged = data.toBuilder();
        for (boolean flag : flags) {
            flagged.addValidData(flag);
        }
        return flagged.build();
    }
}
