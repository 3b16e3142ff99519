package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.engine.History.Process;
import dev.elanus.engine.History.Step;
import dev.elanus.host.MachineHost;
import dev.elanus.maintenance.Finding;
import dev.elanus.maintenance.VerifyListener;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.Content;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket that is written to is copied object by object, what names before what is named. */
class BackupTest {
    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private int processes;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aCopyOfALiveBucketHoldsAllThatWasAcknowledgedBefore() {
        MemoryStore live = new MemoryStore(InstantSource.system());
        MemoryStore copy = new MemoryStore(InstantSource.system());
        try (ElanusDatabase database = ElanusDatabase.open(live, host, settings());
                Maintenance maintenance = Maintenance.open(live, host, settings())) {
            Process process = new Process(database, maintenance);
            before().steps().forEach(step -> step.work().accept(process));
            // One more operation of the live database before each object that is copied.
            Iterator<Step> meanwhile = meanwhile().steps().iterator();
            for (Listed listed : inSafeOrder(live)) {
                if (meanwhile.hasNext()) {
                    meanwhile.next().work().accept(process);
                }
                live.get(listed.key()).ifPresent(bytes -> copy.putIfAbsent(listed.key(), new Content.Memory(bytes)));
            }
        }
        List<Finding> found = verify(copy);
        assertThat(found).isEmpty();
        try (ElanusDatabase database = ElanusDatabase.open(copy, host, settings())) {
            CollectionName things = CollectionName.of("things");
            database.load(things);
            assertThat(DatabaseFixture.query(database, "id < 1000", List.of("id"), 1_000)
                            .output()
                            .rowCount())
                    .isEqualTo(95);
            assertThat(database.listSnapshots(things)).isNotEmpty();
            database.insert(things, "", History.rows(5_000, 5_001, "after the restore"), 0);
            assertThat(DatabaseFixture.query(database, "id == 5000", List.of("id"), 10)
                            .output()
                            .rowCount())
                    .isEqualTo(1);
        }
    }

    private static History before() {
        return new History()
                .create("things", "FLAT")
                .insert("things", 0, 60)
                .delete("things", 10, 15)
                .flush("things")
                .snapshot("things", "early")
                .insert("things", 60, 80)
                .flush("things")
                .insert("things", 80, 100);
    }

    private static History meanwhile() {
        History history = new History();
        for (int round = 0; round < 8; round++) {
            int first = 1_000 + round * 10;
            history.insert("things", first, first + 10)
                    .flush("things")
                    .snapshot("things", "round" + round)
                    .cloneOf("things", "copy" + round)
                    .maintain("things")
                    .delete("things", first, first + 5)
                    .insert("things", first + 500, first + 505);
        }
        return history;
    }

    /** The catalog, then the manifests, then everything else, each listed when its turn comes. */
    private static Iterable<Listed> inSafeOrder(MemoryStore store) {
        List<Predicate<String>> parts = List.of(
                key -> key.startsWith("catalog/"),
                key -> key.contains("/manifest/"),
                key -> key.startsWith("c/") && !key.contains("/manifest/"));
        return () -> parts.stream()
                .flatMap(part ->
                        store.list("", "", Integer.MAX_VALUE).stream().filter(listed -> part.test(listed.key())))
                .iterator();
    }

    private List<Finding> verify(MemoryStore store) {
        List<Finding> found = new ArrayList<>();
        try (Maintenance maintenance = Maintenance.open(store, host, settings())) {
            maintenance.verify(new VerifyListener() {
                @Override
                public void found(Finding finding) {
                    found.add(finding);
                }

                @Override
                public void at(String where, long done, long total) {}
            });
        }
        return found;
    }

    private EngineSettings settings() {
        return EngineSettings.defaults(folder.resolve("process-" + processes++)).withMaintenance(false);
    }
}
