package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.create;
import static dev.elanus.engine.DatabaseFixture.insert;
import static dev.elanus.engine.DatabaseFixture.keysOf;
import static dev.elanus.engine.DatabaseFixture.search;
import static dev.elanus.engine.DatabaseFixture.vectorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.RequestCost;
import dev.elanus.search.SearchResult;
import dev.elanus.storage.HandHost;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time passes here only while somebody pauses, as the task does that keeps views fresh. */
class BoundedReadsTest {
    @TempDir
    Path folder;

    private final HandHost host = new HandHost();
    private final MemoryStore store = new MemoryStore(host.clock());
    private ElanusDatabase writer;
    private ElanusDatabase reader;

    @BeforeEach
    void open() {
        EngineSettings settings = EngineSettings.defaults(folder).withMaintenance(false);
        writer = ElanusDatabase.open(store, host, settings);
        reader = ElanusDatabase.open(store, host, settings);
        create(writer, false, "FLAT");
        insert(writer, 0, 100);
    }

    @AfterEach
    void close() {
        writer.close();
        reader.close();
        host.close();
    }

    @Test
    void aCollectionThatIsReadIsSeenAnewWithoutAnyReadWaitingForTheStore() {
        search(reader, vectorOf(1), 1, "", ConsistencyLevel.BOUNDED);
        insert(writer, 100, 101);
        SearchResult found;
        do {
            found = search(reader, vectorOf(100), 1, "", ConsistencyLevel.BOUNDED);
            assertThat(found.cost())
                    .extracting(RequestCost::gets, RequestCost::waves)
                    .containsExactly(0, 0);
        } while (!keysOf(found).equals(List.of(100L)));
    }

    @Test
    void eachLevelSeesWhatAnotherProcessWroteWhenItPromisesTo() {
        search(reader, vectorOf(1), 1, "", ConsistencyLevel.STRONG);
        long written = insert(writer, 200, 201).timestamp();
        assertThat(sees(ConsistencyLevel.EVENTUALLY, 1))
                .as("what nobody promised was not looked for")
                .isFalse();
        assertThat(sees(ConsistencyLevel.SESSION, 1)).isFalse();
        assertThat(sees(ConsistencyLevel.SESSION, written)).isTrue();
        for (ConsistencyLevel level : ConsistencyLevel.values()) {
            written = insert(writer, 200, 201).timestamp();
            assertThat(sees(level, written)).as("%s up to a write", level).isTrue();
        }
        insert(writer, 300, 301);
        assertThat(keysOf(search(reader, vectorOf(300), 1, "", ConsistencyLevel.STRONG)))
                .containsExactly(300L);
    }

    private boolean sees(ConsistencyLevel level, long guarantee) {
        SearchResult found = reader.search(
                DatabaseFixture.request(List.of(vectorOf(200)), 1, "", List.of(), new ReadPoint(level, guarantee)));
        return keysOf(found).equals(List.of(200L));
    }

    @Test
    void aStrongReadCostsOneWaveOfTwoRequests() {
        search(reader, vectorOf(1), 1, "", ConsistencyLevel.STRONG);
        RequestCost cost =
                search(reader, vectorOf(1), 1, "", ConsistencyLevel.STRONG).cost();
        assertThat(cost).extracting(RequestCost::waves, RequestCost::gets).containsExactly(1, 2);
    }
}
