package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.host.MachineHost;
import dev.elanus.search.FilterText;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampledReadsTest {
    @Test
    void aSampleIsTakenOfAllRowsWhereverTheyLie(@TempDir Path folder) {
        MemoryStore store = new MemoryStore(InstantSource.system());
        try (MachineHost host = new MachineHost(2);
                ElanusDatabase database = DatabaseFixture.open(store, host, folder)) {
            DatabaseFixture.create(database, false, "FLAT");
            for (int batch = 0; batch < 10; batch++) {
                DatabaseFixture.insert(database, batch * 19, batch * 19 + 19);
                if (batch % 3 == 0) {
                    database.flush(NAME);
                }
            }
            database.delete(NAME, "", FilterText.of("id in [0, 20, 40, 60, 80, 100, 120, 140, 160, 180]"));
            assertThat(count(database, "id >= 0 and random_sample(0.1)")).isEqualTo(18);
            assertThat(count(database, "id < 30 and random_sample(0.1)")).isEqualTo(2);
            assertThat(count(database, "id < 5 && random_sample(0.1)")).isEqualTo(1);
            assertThat(count(database, "random_sample(0.5)")).isEqualTo(90);
            assertThat(count(database, "id < 0 and random_sample(0.5)")).isZero();
        }
    }

    private static long count(ElanusDatabase database, String filter) {
        return DatabaseFixture.query(database, filter, List.of("count(*)"), -1)
                .count()
                .orElseThrow();
    }
}
