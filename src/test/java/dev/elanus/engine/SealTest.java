package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static dev.elanus.engine.DatabaseFixture.create;
import static dev.elanus.engine.DatabaseFixture.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.host.MachineHost;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);

    @AfterEach
    void closeHost() {
        host.close();
    }

    @Test
    void manyFlushesAtOnceWriteTheRowsOnce() {
        MemoryStore store = new MemoryStore(host.clock());
        try (ElanusDatabase database = DatabaseFixture.open(store, host, folder)) {
            create(database, false, "FLAT");
            insert(database, 0, 2_000);
            List<CompletableFuture<FlushResult>> flushes = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                flushes.add(host.start(() -> database.flush(NAME)));
            }
            flushes.forEach(host::await);
            assertThat(store.list("c/", "", 1_000))
                    .filteredOn(listed -> listed.key().endsWith("/rows"))
                    .hasSize(1);
        }
    }
}
