package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static dev.elanus.engine.DatabaseFixture.create;
import static dev.elanus.engine.DatabaseFixture.insert;
import static dev.elanus.engine.DatabaseFixture.keysOf;
import static dev.elanus.engine.DatabaseFixture.request;
import static dev.elanus.engine.DatabaseFixture.vectorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Busy;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);

    @AfterEach
    void closeHost() {
        host.close();
    }

    private ElanusDatabase open(MemoryLimits memory) {
        return ElanusDatabase.open(
                new MemoryStore(host.clock()),
                host,
                EngineSettings.defaults(folder).withMaintenance(false).withMemory(memory));
    }

    @Test
    void aSearchThatNeedsMoreMemoryThanThereIsIsRefusedAndOthersGoOn() {
        try (ElanusDatabase database = open(new MemoryLimits(1 << 20, 4, 1 << 30, 10))) {
            create(database, false, "FLAT");
            insert(database, 0, 100);
            List<float[]> many = Collections.nCopies(1_000, vectorOf(1));
            assertThatThrownBy(() -> database.search(request(many, 1_000, "", List.of())))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("bytes of memory, expected at most " + (1 << 20));
            assertThat(keysOf(database.search(request(List.of(vectorOf(7)), 1, "", List.of()))))
                    .containsExactly(7L);
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsRefusedBeforeItIsSearchedFor() {
        int dimension = 64;
        int rows = 400;
        try (ElanusDatabase database = open(new MemoryLimits(512 << 20, 4, 1 << 30, 10))) {
            CollectionSchema schema = new CollectionSchema(
                    "",
                    List.of(
                            Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                            Field.vector(0, "vector", dimension)),
                    false);
            database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
            database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
            database.load(NAME);
            Map<Integer, Column> columns = Map.of(
                    DatabaseFixture.KEY,
                    FixedColumn.ofLongs(LongStream.range(0, rows).toArray()),
                    DatabaseFixture.VECTOR,
                    VectorColumn.of(new float[rows][dimension], dimension));
            database.insert(NAME, "", new Columns(rows, columns), 0);
            List<float[]> many = Collections.nCopies(1_000, new float[dimension]);
            assertThatThrownBy(() -> database.search(request(many, rows, "", List.of("vector"))))
                    .isInstanceOf(Invalid.class)
                    .hasMessage(
                            "the output fields of 400000 rows would take 102400000 bytes, expected at most 100000000:"
                                    + " ask for fewer rows or fields");
            assertThat(database.search(request(many, rows, "id < 10", List.of("vector")))
                            .scores())
                    .hasSize(10_000);
        }
    }

    @Test
    void rowsThatAreNotSealedYetTakeMemoryUntilTheyAre() {
        try (ElanusDatabase database = open(new MemoryLimits(1 << 20, 4, 64 << 10, 10))) {
            create(database, false, "FLAT");
            assertThatThrownBy(() -> {
                        for (long from = 0; from < 100_000; from += 100) {
                            insert(database, from, from + 100);
                        }
                    })
                    .isInstanceOf(Busy.class)
                    .hasMessageContaining("not sealed yet")
                    .hasMessageContaining("retry later");
            database.flush(NAME);
            insert(database, 200_000, 200_100);
        }
    }
}
