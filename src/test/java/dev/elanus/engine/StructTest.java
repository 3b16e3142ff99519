package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ArrayRow;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.SchemaRules;
import dev.elanus.schema.StructSchema;
import dev.elanus.schema.ValueShape;
import dev.elanus.storage.MemoryStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructTest {
    private static final CollectionName NAME = CollectionName.of("structs");
    private static final Field NUMBERS = Field.array(0, "s[n]", DataType.INT64, 3, 0);
    private static final Field VECTORS = new Field(
            0,
            "s[v]",
            "",
            DataType.ARRAY_OF_VECTOR,
            new ValueShape(DataType.FLOAT_VECTOR, 2, 0, 3),
            Set.of(),
            null,
            Map.of("dim", "2", "max_capacity", "3"));

    private static CollectionSchema schema(Field... members) {
        List<Field> fields = new java.util.ArrayList<>(
                List.of(Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false), Field.vector(0, "vector", 2)));
        fields.addAll(List.of(members));
        return new CollectionSchema("", fields, false)
                .with(List.of(new StructSchema(0, "s", "a struct", Map.of("max_capacity", "3"))));
    }

    private static Columns row(long[] numbers, float... vectors) {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vectors) {
            bytes.putFloat(value);
        }
        Map<Integer, Column> columns = new LinkedHashMap<>();
        columns.put(100, FixedColumn.ofLongs(new long[] {1}));
        columns.put(101, VectorColumn.of(new float[][] {{0, 0}}, 2));
        columns.put(
                103,
                ColumnBuilder.of(NUMBERS, 1)
                        .add(ArrayRow.ofLongs(DataType.INT64, numbers))
                        .build());
        columns.put(104, ColumnBuilder.of(VECTORS, 1).add(bytes.array()).build());
        return new Columns(1, columns);
    }

    @Test
    void aStructHasAnIdBeforeThoseOfItsMembers() {
        CollectionSchema complete = SchemaRules.complete("c", schema(NUMBERS, VECTORS));
        assertThat(complete.structs().getFirst().id()).isEqualTo(102);
        assertThat(complete.members(complete.structs().getFirst()))
                .extracting(Field::id)
                .containsExactly(103, 104);
        assertThatThrownBy(() -> SchemaRules.complete("c", schema(NUMBERS.asNullable())))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("of a struct can be neither nullable");
        assertThatThrownBy(() -> SchemaRules.complete("c", schema(Field.scalar(0, "s[x]", DataType.INT64))))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("Fields in StructArrayField can only be array or array of struct");
    }

    @Test
    void membersOfOneRowAreOfOneLength(@TempDir Path folder) {
        try (MachineHost host = new MachineHost(2);
                ElanusDatabase database = DatabaseFixture.open(new MemoryStore(InstantSource.system()), host, folder)) {
            database.createCollection(
                    new NewCollection(NAME, schema(NUMBERS, VECTORS), ConsistencyLevel.STRONG, 1, Map.of()));
            database.insert(NAME, "", row(new long[] {1, 2}, 1, 2, 3, 4), 0);
            database.insert(NAME, "", row(new long[0]), 0);
            assertThatThrownBy(() -> database.insert(NAME, "", row(new long[] {1, 2}, 1, 2), 0))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("row number: 0: expected arrays of one length, found 2 of n and 1 of v");
            assertThatThrownBy(() -> database.insert(NAME, "", row(new long[1], 1, 2, 3), 0))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("bytes of vectors");
            assertThatThrownBy(() -> database.insert(NAME, "", row(new long[1], 1, Float.NaN), 0))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("is not a number or infinity");
            assertThatThrownBy(() -> database.createIndex(
                            new NewIndex(NAME, "s[v]", "", Map.of("index_type", "HNSW", "metric_type", "HAMMING"))))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining(
                            "array of vector with float element type does not support metric type: HAMMING");
            database.createIndex(new NewIndex(NAME, "s[n]", "", Map.of("index_type", "INVERTED")));
            database.alterations().field(NAME, "s", Map.of("mmap.enabled", "true"), List.of());
            assertThat(database.describeCollection(NAME)
                            .schema()
                            .structs()
                            .getFirst()
                            .typeParams())
                    .isEqualTo(Map.of("max_capacity", "3", "mmap.enabled", "true"));
            assertThatThrownBy(() -> database.alterations().field(NAME, "s", Map.of("max_capacity", "9"), List.of()))
                    .isInstanceOf(Invalid.class)
                    .hasMessage("max_capacity does not allow update in collection field param");
        }
    }
}
