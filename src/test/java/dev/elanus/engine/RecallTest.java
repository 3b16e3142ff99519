package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.host.MachineHost;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.MeasuredRecall;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchResult;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches that are repeated exactly in the background. */
class RecallTest {
    private static final int ROWS = 6_000;

    @TempDir
    private Path folder;

    private final MachineHost host = new MachineHost(2);
    private final BlockingQueue<MeasuredRecall> measured = new LinkedBlockingQueue<>();
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        MemoryStore store = new MemoryStore(InstantSource.system());
        EngineSettings settings = EngineSettings.defaults(folder.resolve("server"))
                .withMaintenance(false)
                .withRecallShare(0.5);
        database = ElanusDatabase.open(store, host, settings);
        database.onRecall(measured::add);
        DatabaseFixture.create(database, false, "IVF_FLAT");
        DatabaseFixture.insert(database, 0, ROWS);
        database.flush(DatabaseFixture.NAME);
        try (Maintenance maintenance = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("m")))) {
            maintenance.run(DatabaseFixture.NAME, true);
        }
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    @Test
    void everySecondSearchTellsHowManyOfTheNearestItFound() throws InterruptedException {
        search(DatabaseFixture.vectorOf(-1));
        float[] query = DatabaseFixture.vectorOf(-2);
        SearchResult result = search(query);
        MeasuredRecall recall = measured.poll(30, TimeUnit.SECONDS);
        List<Long> nearest = LongStream.range(0, ROWS)
                .boxed()
                .sorted((a, b) -> Float.compare(distance(query, a), distance(query, b)))
                .limit(100)
                .toList();
        long found = DatabaseFixture.keysOf(result).stream()
                .filter(nearest::contains)
                .count();
        assertThat(recall).isEqualTo(new MeasuredRecall(DatabaseFixture.NAME, "vector", (int) found, 100));
        assertThat(found).as("or the test would not tell").isBetween(50L, 99L);
        assertThat(measured).isEmpty();
    }

    /** Of the newest state, in which the index is built. */
    private SearchResult search(float[] query) {
        ReadPoint strong = new ReadPoint(ConsistencyLevel.STRONG, 0);
        return database.search(DatabaseFixture.request(List.of(query), 100, "", List.of(), strong));
    }

    private static float distance(float[] query, long key) {
        float[] vector = DatabaseFixture.vectorOf(key);
        float sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += (vector[i] - query[i]) * (vector[i] - query[i]);
        }
        return sum;
    }
}
