package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.DIMENSION;
import static dev.elanus.engine.DatabaseFixture.KEY;
import static dev.elanus.engine.DatabaseFixture.NAME;
import static dev.elanus.engine.DatabaseFixture.VECTOR;
import static dev.elanus.engine.DatabaseFixture.keysOf;
import static dev.elanus.engine.DatabaseFixture.vectorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfVectorTest {
    private static final int ROWS = 600;

    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);

    @AfterEach
    void closeHost() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16_VECTOR", "BFLOAT16_VECTOR"})
    void theNearestIsFoundGrowingAndSealed(DataType type) {
        try (ElanusDatabase database = DatabaseFixture.open(new MemoryStore(host.clock()), host, folder)) {
            Field vector = create(database, Field.vector(0, "vector", type, DIMENSION), "FLAT");
            database.insert(NAME, "", rows(vector), 0);
            expectEveryHundredth(database);
            database.flush(NAME);
            expectEveryHundredth(database);
        }
    }

    @Test
    void rowsWithoutAVectorAreNoHits() {
        try (ElanusDatabase database = DatabaseFixture.open(new MemoryStore(host.clock()), host, folder)) {
            Field nullable = Field.vector(0, "vector", DIMENSION).asNullable();
            Field vector = create(database, nullable, "FLAT");
            Columns nulls = new Columns(
                    1,
                    Map.of(
                            KEY,
                            FixedColumn.ofLongs(new long[] {-1}),
                            VECTOR,
                            ColumnBuilder.of(vector, 1).addNull().build()));
            database.insert(NAME, "", nulls, 0);
            database.insert(NAME, "", rows(vector), 0);
            var zero = DatabaseFixture.search(database, new float[DIMENSION], ROWS + 1, "", ConsistencyLevel.STRONG);
            assertThat(keysOf(zero)).hasSize(ROWS).doesNotContain(-1L);
        }
    }

    private static Field create(ElanusDatabase database, Field vector, String kind) {
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(
                        Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                        vector,
                        Field.varchar(0, "label", 100).asNullable()),
                false);
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
        database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", kind, "metric_type", "L2")));
        database.load(NAME);
        return database.describeCollection(NAME).schema().field("vector");
    }

    private static Columns rows(Field vector) {
        ColumnBuilder vectors = ColumnBuilder.of(vector, ROWS);
        LongStream.range(0, ROWS).forEach(key -> vectors.add(vectorOf(key)));
        long[] keys = LongStream.range(0, ROWS).toArray();
        return new Columns(ROWS, Map.of(KEY, FixedColumn.ofLongs(keys), VECTOR, vectors.build()));
    }

    private static void expectEveryHundredth(ElanusDatabase database) {
        for (long key = 0; key < ROWS; key += 100) {
            var found = DatabaseFixture.search(database, vectorOf(key), 3, "", ConsistencyLevel.STRONG);
            assertThat(keysOf(found)).hasSize(3).startsWith(key);
            assertThat(found.scores()[0]).isLessThan(0.001f);
        }
    }
}
