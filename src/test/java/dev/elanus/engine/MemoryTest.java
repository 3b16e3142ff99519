package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static dev.elanus.engine.DatabaseFixture.create;
import static dev.elanus.engine.DatabaseFixture.insert;
import static dev.elanus.engine.DatabaseFixture.keysOf;
import static dev.elanus.engine.DatabaseFixture.request;
import static dev.elanus.engine.DatabaseFixture.vectorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Busy;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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
