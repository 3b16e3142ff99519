package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.FilterText;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads of the past, by a clock that the test moves. */
class PastReadsTest {
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
        ClockedHost host = new ClockedHost(machine, clock);
        database = ElanusDatabase.open(
                store, host, EngineSettings.defaults(folder.resolve("one")).withMaintenance(false));
        maintenance = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("two")));
        DatabaseFixture.create(database, false, "FLAT");
    }

    @AfterEach
    void close() {
        maintenance.close();
        database.close();
        machine.close();
    }

    @Test
    void everyMomentWithinTheGracePeriodIsReadAsItWas() {
        Map<Instant, Long> counts = new TreeMap<>();
        for (int step = 0; step < 30; step++) {
            now = now.plus(Duration.ofMinutes(1));
            int first = step * 10;
            if (step % 3 == 2) {
                database.delete(
                        DatabaseFixture.NAME, "", FilterText.of("id >= " + (first - 15) + " and id < " + first));
            } else {
                DatabaseFixture.insert(database, first, first + 10);
            }
            if (step % 4 == 3) {
                database.flush(DatabaseFixture.NAME);
            }
            if (step % 11 == 10) {
                maintenance.run(DatabaseFixture.NAME, false);
                maintenance.collectGarbage();
            }
            counts.put(now, database.rowCount(DatabaseFixture.NAME));
        }
        now = now.plus(Duration.ofMinutes(10));
        maintenance.collectGarbage();
        counts.forEach((time, count) ->
                assertThat(countAsOf(time.toEpochMilli())).as("as of " + time).isEqualTo(count));
        assertThat(countAsOf(0)).isEqualTo(database.rowCount(DatabaseFixture.NAME));
    }

    @Test
    void aMomentWithinABatchIsReadAsItWas() {
        WriteResult first = DatabaseFixture.insert(database, 0, 10);
        WriteResult second = DatabaseFixture.insert(database, 10, 30);
        database.delete(DatabaseFixture.NAME, "", FilterText.of("id in [0, 1]"));
        assertThat(countAsOf(first.timestamp())).isEqualTo(10);
        assertThat(countAsOf(second.timestamp() - 1)).isEqualTo(10);
        assertThat(countAsOf(second.timestamp())).isEqualTo(30);
        database.flush(DatabaseFixture.NAME);
        assertThat(countAsOf(second.timestamp())).isEqualTo(30);
        assertThat(nearestAsOf(first.timestamp())).hasSize(10);
        assertThat(nearestAsOf(0)).hasSize(28);
    }

    @Test
    void aTimeOutsideTheGracePeriodIsRefusedWithBothEnds() {
        DatabaseFixture.insert(database, 0, 10);
        now = now.plus(Duration.ofHours(2));
        assertThatThrownBy(() -> countAsOf(now.minus(Duration.ofMinutes(61)).toEpochMilli()))
                .isInstanceOf(Invalid.class)
                .hasMessage("as of: expected a time from 2026-01-01T01:00:00Z to 2026-01-01T02:00:00Z, found"
                        + " 2026-01-01T00:59:00Z");
        assertThatThrownBy(() -> countAsOf(now.plusMillis(1).toEpochMilli()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("found 2026-01-01T02:00:00.001Z");
    }

    private long countAsOf(long time) {
        return database.query(new QueryRequest(
                        DatabaseFixture.NAME,
                        List.of(),
                        FilterText.everything(),
                        List.of("count(*)"),
                        -1,
                        0,
                        strong().asOf(time),
                        Duration.ofMinutes(1)))
                .count()
                .orElseThrow();
    }

    private List<Long> nearestAsOf(long time) {
        return DatabaseFixture.keysOf(database.search(new SearchRequest(
                DatabaseFixture.NAME,
                List.of(),
                null,
                List.of(SearchTarget.of(DatabaseFixture.vectorOf(1))),
                100,
                0,
                FilterText.everything(),
                List.of(),
                null,
                Map.of(),
                -1,
                false,
                strong().asOf(time),
                Duration.ofMinutes(1))));
    }

    private static ReadPoint strong() {
        return new ReadPoint(ConsistencyLevel.STRONG, 0);
    }
}
