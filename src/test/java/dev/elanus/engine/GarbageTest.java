package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.engine.History.Process;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.Content;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is garbage, by its age and by who names it, with the usual grace periods. */
class GarbageTest {
    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void whatWasReplacedGoesAfterAnHourAndWhatNobodyNamesYetStays() {
        List<String> left = segmentObjectsAfterCollecting(Duration.ofHours(2));
        assertThat(left).hasSize(2).anyMatch(key -> key.endsWith("/under-construction"));
    }

    @Test
    void whatNobodyNamedForADayGoes() {
        List<String> left = segmentObjectsAfterCollecting(Duration.ofHours(25));
        assertThat(left).hasSize(1).noneMatch(key -> key.endsWith("/under-construction"));
    }

    @Test
    void youngObjectsStay() {
        assertThat(segmentObjectsAfterCollecting(Duration.ofMinutes(10))).hasSize(6);
    }

    @Test
    void aClockThatIsAheadOfTheStoresMakesNothingOld() {
        // The machine's clock is a month ahead of the store's, all the time.
        MemoryStore store =
                new MemoryStore(() -> InstantSource.system().instant().minus(Duration.ofDays(30)));
        assertThat(segmentObjectsAfterCollecting(store, () -> {})).hasSize(6);
    }

    /** Otherwise a process that was frozen for hours could take the place behind what it knows, and bring back what is gone. */
    @Test
    void theManifestThatSaysThatACollectionIsDroppedStaysForAMonth() {
        AtomicReference<Duration> storeIsBehind = new AtomicReference<>(Duration.ofHours(2));
        MemoryStore store =
                new MemoryStore(() -> InstantSource.system().instant().minus(storeIsBehind.get()));
        EngineSettings settings =
                EngineSettings.defaults(folder.resolve("local")).withMaintenance(false);
        try (ElanusDatabase database = ElanusDatabase.open(store, host, settings);
                Maintenance maintenance = Maintenance.open(store, host, settings)) {
            DatabaseFixture.create(database, false, "FLAT");
            DatabaseFixture.insert(database, 0, 10);
            database.flush(DatabaseFixture.NAME);
            database.dropCollection(DatabaseFixture.NAME);
            storeIsBehind.set(Duration.ZERO);
            maintenance.collectGarbage();
            assertThat(store.list("c/", "", 10))
                    .extracting(Listed::key)
                    .singleElement()
                    .asString()
                    .contains("/manifest/");
            storeIsBehind.set(Duration.ofDays(-31));
            maintenance.collectGarbage();
            assertThat(store.list("c/", "", 10)).isEmpty();
        }
    }

    /** Joins four segments to one beside an object of a job that is still at work, all of an age, and collects garbage. */
    private List<String> segmentObjectsAfterCollecting(Duration age) {
        AtomicReference<Duration> storeIsBehind = new AtomicReference<>(age);
        MemoryStore store =
                new MemoryStore(() -> InstantSource.system().instant().minus(storeIsBehind.get()));
        return segmentObjectsAfterCollecting(store, () -> storeIsBehind.set(Duration.ZERO));
    }

    private List<String> segmentObjectsAfterCollecting(MemoryStore store, Runnable beforeCollecting) {
        EngineSettings settings =
                EngineSettings.defaults(folder.resolve("local")).withMaintenance(false);
        try (ElanusDatabase database = ElanusDatabase.open(store, host, settings);
                Maintenance maintenance = Maintenance.open(store, host, settings)) {
            History history = new History().create("things", "FLAT");
            for (int i = 0; i < 4; i++) {
                history.insert("things", i * 10, i * 10 + 10).flush("things");
            }
            history.maintain("things").steps().forEach(step -> step.work().accept(new Process(database, maintenance)));
            CollectionName name = CollectionName.of("things");
            String prefix =
                    "c/%016x/s/".formatted(database.describeCollection(name).id());
            store.putIfAbsent(prefix + "0000000000000001/under-construction", Content.of(new byte[9]));
            beforeCollecting.run();
            maintenance.collectGarbage();
            try (ElanusDatabase next = ElanusDatabase.open(store, host, settings)) {
                assertThat(next.rowCount(name)).isEqualTo(40);
            }
            return store.list(prefix, "", 100).stream().map(Listed::key).toList();
        }
    }
}
