package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.search.QueryResult;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes over scalar fields, from their creation to a search that reads them in place of the column. */
class ScalarIndexTest {
    private static final int ROWS = 5_000;

    private final MachineHost host = new MachineHost(2);
    private final MemoryStore store = new MemoryStore(host.clock());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aFilterReadsTheIndexInPlaceOfTheColumnAndFindsTheSame() {
        try (ElanusDatabase database = DatabaseFixture.open(store, host, folder.resolve("a"))) {
            DatabaseFixture.create(database, false, "FLAT");
            DatabaseFixture.insert(database, 0, ROWS);
            database.flush(DatabaseFixture.NAME);
        }
        long without = bytesOf("label == \"label 4\"", ROWS / 10);
        try (ElanusDatabase database = DatabaseFixture.open(store, host, folder.resolve("b"))) {
            database.createIndex(new NewIndex(DatabaseFixture.NAME, "label", "", Map.of("index_type", "INVERTED")));
            assertThat(database.describeIndexes(DatabaseFixture.NAME).getLast().params())
                    .isEqualTo(Map.of("index_type", "INVERTED"));
            assertThat(database.describeIndexes(DatabaseFixture.NAME).getLast().pendingRows())
                    .isEqualTo(ROWS);
            assertThatThrownBy(() -> database.createIndex(
                            new NewIndex(DatabaseFixture.NAME, "label", "", Map.of("index_type", "Trie"))))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("at most one distinct index is allowed per field");
        }
        try (Maintenance jobs = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("jobs")))) {
            jobs.run(DatabaseFixture.NAME, false);
        }
        assertThat(bytesOf("label == \"label 4\"", ROWS / 10)).isLessThan(without);
        try (ElanusDatabase database = DatabaseFixture.open(store, host, folder.resolve("c"))) {
            assertThat(database.describeIndexes(DatabaseFixture.NAME).getLast().pendingRows())
                    .isZero();
            database.dropIndex(DatabaseFixture.NAME, "label");
            assertThat(database.describeIndexes(DatabaseFixture.NAME)).hasSize(1);
        }
    }

    /** Bytes read by a process that knows nothing. */
    private long bytesOf(String filter, int expected) {
        try (ElanusDatabase database = DatabaseFixture.open(store, host, folder.resolve("read" + host.nanoTime()))) {
            QueryResult result = DatabaseFixture.query(database, filter, List.of(), ROWS);
            assertThat(result.output().rowCount()).isEqualTo(expected);
            return result.cost().bytesRead();
        }
    }
}
