package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.FilterText;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionsTest {
    private static final ReadPoint STRONG = new ReadPoint(ConsistencyLevel.STRONG, 0);

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder);
        DatabaseFixture.create(database, false, "FLAT");
        database.partitions().create(NAME, "a");
        database.partitions().create(NAME, "b-2");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void insert(String partition, long from, long to) {
        database.insert(NAME, partition, DatabaseFixture.rows(LongStream.range(from, to)), 0);
    }

    private long count(String... partitions) {
        return database.query(new QueryRequest(
                                NAME,
                                List.of(),
                                FilterText.everything(),
                                List.of("count(*)"),
                                -1,
                                0,
                                STRONG,
                                Duration.ofMinutes(1))
                        .in(List.of(partitions)))
                .count()
                .orElseThrow();
    }

    private List<Long> found(String... partitions) {
        SearchRequest request = DatabaseFixture.request(List.of(DatabaseFixture.vectorOf(3)), 100, "", List.of());
        return DatabaseFixture.keysOf(database.search(request.in(List.of(partitions)))).stream()
                .sorted()
                .toList();
    }

    @Test
    void rowsAreReadOfThePartitionsThatAreNamed() {
        insert("", 0, 5);
        insert("a", 5, 9);
        insert("b-2", 9, 12);
        for (int round = 0; round < 3; round++) {
            assertThat(count()).isEqualTo(12);
            assertThat(count("_default")).isEqualTo(5);
            assertThat(count("a", "b-2")).isEqualTo(7);
            assertThat(found("a")).containsExactly(5L, 6L, 7L, 8L);
            assertThat(found("b-2", "_default")).containsExactly(0L, 1L, 2L, 3L, 4L, 9L, 10L, 11L);
            assertThat(database.partitions().rowCount(NAME, "a")).isEqualTo(4);
            database.flush(NAME);
        }
    }

    @Test
    void aDeleteOfAPartitionLeavesTheSameKeysOfOthers() {
        for (String partition : List.of("_default", "a", "b-2")) {
            insert(partition, 0, 10);
        }
        database.flush(NAME);
        insert("a", 10, 20);
        insert("b-2", 10, 20);
        database.delete(NAME, "a", FilterText.of("id in [1, 2, 11]"));
        database.delete(NAME, "b-2", FilterText.of("id >= 15"));
        for (int round = 0; round < 2; round++) {
            assertThat(count("_default")).isEqualTo(10);
            assertThat(count("a")).isEqualTo(17);
            assertThat(count("b-2")).isEqualTo(15);
            database.flush(NAME);
        }
        database.delete(NAME, "", FilterText.of("id in [1, 3]"));
        assertThat(count("_default")).isEqualTo(8);
        assertThat(count("a")).isEqualTo(16);
        assertThat(count("b-2")).isEqualTo(13);
    }

    @Test
    void aKeyInSeveralPartitionsTakesOnePlaceAmongTheNearest() {
        for (String partition : List.of("_default", "a", "b-2")) {
            insert(partition, 0, 10);
        }
        for (int round = 0; round < 2; round++) {
            SearchRequest request = DatabaseFixture.request(List.of(DatabaseFixture.vectorOf(3)), 7, "", List.of());
            assertThat(DatabaseFixture.keysOf(database.search(request)))
                    .hasSize(7)
                    .doesNotHaveDuplicates();
            database.flush(NAME);
        }
    }

    @Test
    void anUpsertReplacesWithinItsPartition() {
        insert("_default", 0, 10);
        insert("a", 0, 10);
        database.flush(NAME);
        database.upsert(NAME, "a", DatabaseFixture.rows(LongStream.range(5, 15)), 0);
        assertThat(count("a")).isEqualTo(15);
        assertThat(count("_default")).isEqualTo(10);
        assertThat(found()).hasSize(15);
        database.upsert(NAME, "", DatabaseFixture.rows(LongStream.range(5, 15)), 0);
        assertThat(count("a")).isEqualTo(15);
        assertThat(count("_default")).isEqualTo(15);
    }

    @Test
    void aDroppedPartitionTakesItsRowsAlong() {
        insert("", 0, 5);
        insert("a", 5, 9);
        database.flush(NAME);
        insert("a", 9, 12);
        insert("b-2", 12, 14);
        assertThatThrownBy(() -> database.partitions().drop(NAME, "a"))
                .isInstanceOf(Invalid.class)
                .hasMessage("partition cannot be dropped, partition is loaded, please release it first");
        database.partitions().release(NAME, List.of("a"));
        database.partitions().drop(NAME, "a");
        assertThat(database.segments(NAME)).hasSize(1);
        assertThat(count()).isEqualTo(7);
        database.partitions().create(NAME, "a");
        assertThat(count("a")).isZero();
        database.flush(NAME);
        assertThat(count()).isEqualTo(7);
        assertThat(database.segments(NAME)).hasSize(2);
        database.partitions().drop(NAME, "missing");
        assertThatThrownBy(() -> database.partitions().drop(NAME, "_default"))
                .hasMessage("default partition cannot be deleted");
    }

    @Test
    void whoHasNotSeenTheDropWritesNothingThatNobodyReads() {
        try (ElanusDatabase other = DatabaseFixture.open(store, host, folder.resolve("other"))) {
            other.insert(NAME, "a", DatabaseFixture.rows(LongStream.range(0, 5)), 0);
            database.partitions().release(NAME, List.of("a"));
            database.partitions().drop(NAME, "a");
            assertThatThrownBy(() -> other.insert(NAME, "a", DatabaseFixture.rows(LongStream.range(5, 9)), 0))
                    .isInstanceOf(NotFound.class)
                    .hasMessageContaining("partition not found");
            other.insert(NAME, "b-2", DatabaseFixture.rows(LongStream.range(5, 9)), 0);
            assertThat(count()).isEqualTo(4);
            assertThat(other.partitions().has(NAME, "a")).isFalse();
        }
    }

    @Test
    void loadingIsByPartition() {
        insert("", 0, 5);
        insert("a", 5, 9);
        database.release(NAME);
        assertThatThrownBy(() -> count()).hasMessageStartingWith("collection not loaded");
        database.partitions().load(NAME, List.of("a"));
        assertThat(count()).isEqualTo(4);
        assertThat(found()).containsExactly(5L, 6L, 7L, 8L);
        assertThat(database.partitions().areLoaded(NAME, List.of("_default"))).isFalse();
        assertThat(database.partitions().areLoaded(NAME, List.of("a"))).isTrue();
        assertThatThrownBy(() -> count("_default"))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        wrong -> assertThat(wrong.reason()).isEqualTo(Invalid.Reason.PARTITION_NOT_LOADED))
                .hasMessageStartingWith("partition not loaded[partition=[");
        database.partitions().create(NAME, "late");
        assertThat(database.partitions().areLoaded(NAME, List.of("late"))).isFalse();
        database.load(NAME);
        database.partitions().create(NAME, "later");
        assertThat(database.partitions().areLoaded(NAME, List.of("late", "later")))
                .isTrue();
        assertThat(count()).isEqualTo(9);
        database.partitions().release(NAME, List.of("_default", "a", "b-2", "late", "later"));
        assertThat(database.describeCollection(NAME).loaded()).isFalse();
    }

    @Test
    void namesKeepMilvusRules() {
        assertThat(database.partitions().has(NAME, "b-2")).isTrue();
        database.partitions().create(NAME, "2024");
        database.partitions().create(NAME, "2024");
        assertThat(database.partitions().list(NAME))
                .extracting(PartitionDescription::name)
                .containsExactly("_default", "a", "b-2", "2024");
        assertThatThrownBy(() -> database.partitions().create(NAME, ""))
                .hasMessageEndingWith("Partition name should not be empty.");
        assertThatThrownBy(() -> database.partitions().has(NAME, " "))
                .hasMessage("Invalid partition name: . Partition name should not be empty.");
        assertThatThrownBy(() -> database.partitions().create(NAME, "-a"))
                .hasMessageEndingWith("The first character of a partition name must be an underscore or letter.");
        assertThatThrownBy(() -> database.partitions().create(NAME, "x".repeat(256)))
                .hasMessageEndingWith("The length of a partition name must be less than 255 characters.");
        assertThatThrownBy(() -> database.partitions().has(NAME, "1 2"))
                .hasMessageEndingWith("Partition name can only contain numbers, letters and underscores.");
        assertThatThrownBy(() -> insert("1 2", 0, 1))
                .hasMessageEndingWith("Partition name can only contain numbers, letters and underscores.");
        assertThatThrownBy(() -> insert("nowhere", 0, 1)).hasMessage("partition not found[partition=nowhere]");
        assertThatThrownBy(() -> count("nowhere")).hasMessage("partition name nowhere not found");
    }
}
