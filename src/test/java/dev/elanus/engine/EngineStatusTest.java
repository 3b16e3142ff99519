package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.host.MachineHost;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStatusTest {
    @Test
    void whatIsHeldIsToldAsItWasSeenLast(@TempDir Path folder) {
        try (MachineHost host = new MachineHost(2);
                ElanusDatabase database = DatabaseFixture.open(new MemoryStore(host.clock()), host, folder)) {
            DatabaseFixture.create(database, false, "FLAT");
            DatabaseFixture.insert(database, 0, 10);
            database.flush(DatabaseFixture.NAME);
            DatabaseFixture.insert(database, 10, 15);
            assertThat(database.status().held()).isEqualTo(new EngineStatus.Held(1, 1, 1, 10, 5));
            database.release(DatabaseFixture.NAME);
            assertThat(database.status().held()).isEqualTo(new EngineStatus.Held(1, 0, 1, 10, 5));
            database.dropCollection(DatabaseFixture.NAME);
            assertThat(database.status().held()).isEqualTo(new EngineStatus.Held(0, 0, 0, 0, 0));
        }
    }
}
