package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import dev.elanus.host.MachineHost;
import dev.elanus.maintenance.Job;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows vanish once they are older than their collection's time to live, by a clock that the test moves. */
class ExpiryTest {
    private static final String TTL = "collection.ttl.seconds";

    @TempDir
    Path folder;

    private final MachineHost machine = new MachineHost(2);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private ElanusDatabase database;
    private Maintenance maintenance;

    @BeforeEach
    void open() {
        InstantSource clock = () -> now;
        MemoryStore store = new MemoryStore(clock);
        Host host = new ClockedHost(machine, clock);
        EngineSettings settings = EngineSettings.defaults(folder.resolve("one")).withMaintenance(false);
        database = ElanusDatabase.open(store, host, settings);
        maintenance = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("two")));
        DatabaseFixture.create(database, false, "FLAT");
        database.alterations().properties(DatabaseFixture.NAME, Map.of(TTL, "100"), List.of());
    }

    @AfterEach
    void close() {
        maintenance.close();
        database.close();
        machine.close();
    }

    @Test
    void growingRowsVanishOneAfterTheOther() {
        DatabaseFixture.insert(database, 0, 10);
        pass(60);
        DatabaseFixture.insert(database, 10, 30);
        expectRows(0, 30);
        pass(60);
        expectRows(10, 30);
        pass(60);
        expectRows(0, 0);
    }

    @Test
    void sealedRowsVanishAndTheirSegmentsGoWithoutBeingRead() {
        DatabaseFixture.insert(database, 0, 10);
        pass(60);
        DatabaseFixture.insert(database, 10, 30);
        database.flush(DatabaseFixture.NAME);
        pass(60);
        expectRows(10, 30);
        DatabaseFixture.insert(database, 30, 35);
        expectRows(10, 35);
        pass(60);
        expectRows(30, 35);
        assertThat(maintenance.run(DatabaseFixture.NAME, false))
                .hasSize(1)
                .first()
                .isInstanceOf(Job.Expire.class);
        assertThat(database.segments(DatabaseFixture.NAME)).isEmpty();
        expectRows(30, 35);
    }

    @Test
    void compactionDropsExpiredRows() {
        DatabaseFixture.insert(database, 0, 10);
        pass(60);
        DatabaseFixture.insert(database, 10, 30);
        database.flush(DatabaseFixture.NAME);
        pass(60);
        assertThat(maintenance.run(DatabaseFixture.NAME, false))
                .hasSize(1)
                .first()
                .isInstanceOf(Job.Compact.class);
        assertThat(database.segments(DatabaseFixture.NAME))
                .singleElement()
                .satisfies(segment -> assertThat(segment.rowCount()).isEqualTo(20));
        expectRows(10, 30);
    }

    @Test
    void expiredRowsAreNotSealed() {
        DatabaseFixture.insert(database, 0, 10);
        pass(101);
        DatabaseFixture.insert(database, 10, 12);
        database.flush(DatabaseFixture.NAME);
        assertThat(database.segments(DatabaseFixture.NAME))
                .singleElement()
                .satisfies(segment -> assertThat(segment.rowCount()).isEqualTo(2));
    }

    @Test
    void aLongerLifeBringsRowsBackThatNothingRemovedYet() {
        DatabaseFixture.insert(database, 0, 10);
        database.flush(DatabaseFixture.NAME);
        pass(200);
        expectRows(0, 0);
        database.alterations().properties(DatabaseFixture.NAME, Map.of(TTL, "300"), List.of());
        expectRows(0, 10);
        database.alterations().properties(DatabaseFixture.NAME, Map.of(), List.of(TTL));
        pass(1_000_000);
        expectRows(0, 10);
        assertThat(database.describeCollection(DatabaseFixture.NAME).properties())
                .doesNotContainKey(TTL);
    }

    @Test
    void aTimeToLiveThatIsNoneIsRefusedInTheWordsOfMilvus() {
        assertThatThrownBy(() -> database.alterations().properties(DatabaseFixture.NAME, Map.of(TTL, "-2"), List.of()))
                .isInstanceOf(Invalid.class)
                .hasMessage("collection TTL is out of range, expect [-1, 3155760000], got -2");
        assertThatThrownBy(
                        () -> database.alterations().properties(DatabaseFixture.NAME, Map.of(TTL, "soon"), List.of()))
                .isInstanceOf(Invalid.class)
                .hasMessage("collection TTL is not a valid positive integer");
        assertThatThrownBy(() -> database.alterations()
                        .properties(DatabaseFixture.NAME, Map.of("collection.insertRate.max.mb", "1"), List.of()))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("insertRate");
    }

    private void pass(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    /** Counts, queries and searches see the rows of these keys and no others. */
    private void expectRows(int from, int to) {
        assertThat(database.rowCount(DatabaseFixture.NAME)).isEqualTo(to - from);
        assertThat(DatabaseFixture.query(database, "id >= 0", List.of("id"), 100)
                        .output()
                        .rowCount())
                .isEqualTo(to - from);
        List<Long> nearest = DatabaseFixture.keysOf(
                DatabaseFixture.search(database, DatabaseFixture.vectorOf(3), 100, "", ConsistencyLevel.STRONG));
        assertThat(nearest).hasSize(to - from).allMatch(key -> key >= from && key < to);
    }
}
