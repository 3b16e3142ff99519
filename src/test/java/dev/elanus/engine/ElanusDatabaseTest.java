package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static dev.elanus.engine.DatabaseFixture.create;
import static dev.elanus.engine.DatabaseFixture.insert;
import static dev.elanus.engine.DatabaseFixture.keysOf;
import static dev.elanus.engine.DatabaseFixture.query;
import static dev.elanus.engine.DatabaseFixture.rows;
import static dev.elanus.engine.DatabaseFixture.search;
import static dev.elanus.engine.DatabaseFixture.valuesOf;
import static dev.elanus.engine.DatabaseFixture.vectorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.FilterText;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchResult;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElanusDatabaseTest {
    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private final MemoryStore store = new MemoryStore(host.clock());
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder.resolve("one"));
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    private ElanusDatabase another() {
        return DatabaseFixture.open(store, host, folder.resolve("two"));
    }

    @Test
    void rowsAreFoundGrowingAndSealed() {
        create(database, false, "FLAT");
        insert(database, 0, 100);
        database.flush(NAME);
        insert(database, 100, 200);
        for (long key : new long[] {3, 99, 100, 199}) {
            SearchResult found = search(database, vectorOf(key), 3, "", ConsistencyLevel.BOUNDED);
            assertThat(keysOf(found).getFirst()).isEqualTo(key);
            assertThat(found.scores()[0]).isZero();
            assertThat(((BytesColumn) found.output().columns().getFirst().column()).textAt(0))
                    .isEqualTo("label " + key % 10);
        }
        assertThat(database.segments(NAME)).hasSize(1);
        assertThat(database.rowCount(NAME)).isEqualTo(200);
    }

    @Test
    void ofTheRowsOfOneKeyInABatchTheLastIsRead() {
        create(database, false, "FLAT");
        Columns rows = DatabaseFixture.valuesOf(11, 12, 13, 14);
        Map<Integer, Column> columns = new LinkedHashMap<>(rows.byFieldId());
        columns.put(DatabaseFixture.KEY, FixedColumn.ofLongs(new long[] {5, 5, 6, 5}));
        database.insert(NAME, "", new Columns(4, columns), 0);
        for (int state = 0; state < 2; state++) {
            BytesColumn queried = (BytesColumn) DatabaseFixture.query(database, "id == 5", List.of("label"), 10)
                    .output()
                    .columns()
                    .getLast()
                    .column();
            assertThat(queried.rowCount()).isEqualTo(1);
            assertThat(queried.textAt(0)).isEqualTo("label 4");
            SearchResult found = search(database, vectorOf(11), 3, "id == 5", ConsistencyLevel.STRONG);
            assertThat(((BytesColumn) found.output().columns().getFirst().column()).textAt(0))
                    .isEqualTo("label 4");
            database.flush(NAME);
        }
    }

    @Test
    void anotherProcessSeesWhatWasAcknowledgedAtStrong() {
        create(database, false, "FLAT");
        try (ElanusDatabase other = another()) {
            insert(database, 0, 10);
            assertThat(keysOf(search(other, vectorOf(7), 1, "", ConsistencyLevel.STRONG)))
                    .containsExactly(7L);
            insert(other, 10, 20);
            assertThat(keysOf(search(database, vectorOf(15), 1, "", ConsistencyLevel.STRONG)))
                    .containsExactly(15L);
            other.flush(NAME);
            insert(database, 20, 30);
            assertThat(database.rowCount(NAME)).isEqualTo(30);
            assertThat(other.rowCount(NAME)).isEqualTo(30);
        }
    }

    @Test
    void deletesHoldBeforeAndAfterSealing() {
        create(database, false, "FLAT");
        insert(database, 0, 50);
        database.flush(NAME);
        insert(database, 50, 100);
        assertThat(database.delete(NAME, "", FilterText.of("id in [3, 60]")).count())
                .isEqualTo(2);
        assertThat(database.delete(NAME, "", FilterText.of("id >= 90")).count()).isEqualTo(10);
        for (int round = 0; round < 2; round++) {
            assertThat(database.rowCount(NAME)).isEqualTo(88);
            assertThat(keysOf(search(database, vectorOf(3), 5, "", ConsistencyLevel.STRONG)))
                    .hasSize(5)
                    .doesNotContain(3L);
            assertThat(query(database, "id in [3, 60, 95, 61]", List.of(), -1)
                            .output()
                            .rowCount())
                    .isEqualTo(1);
            database.flush(NAME);
        }
    }

    @Test
    void anUpsertReplacesARowWhereverItIs() {
        create(database, false, "FLAT");
        insert(database, 0, 10);
        database.flush(NAME);
        insert(database, 10, 20);
        database.upsert(NAME, "", rows(LongStream.of(5, 15, 25)), 0);
        assertThat(database.rowCount(NAME)).isEqualTo(21);
        database.flush(NAME);
        assertThat(database.rowCount(NAME)).isEqualTo(21);
        assertThat(keysOf(search(database, vectorOf(5), 21, "", ConsistencyLevel.STRONG)))
                .doesNotHaveDuplicates()
                .hasSize(21);
    }

    @Test
    void generatedKeysDifferAndAnUpsertGivesNewOnes() {
        create(database, true, "FLAT");
        FixedColumn first =
                (FixedColumn) database.insert(NAME, "", valuesOf(1, 2, 3), 0).keys();
        FixedColumn second =
                (FixedColumn) database.insert(NAME, "", valuesOf(4), 0).keys();
        assertThat(LongStream.of(first.longAt(0), first.longAt(1), first.longAt(2), second.longAt(0))
                        .distinct()
                        .count())
                .isEqualTo(4);
        var columns = new LinkedHashMap<>(valuesOf(9).byFieldId());
        columns.put(DatabaseFixture.KEY, FixedColumn.ofLongs(new long[] {first.longAt(1)}));
        FixedColumn replaced = (FixedColumn)
                database.upsert(NAME, "", new Columns(1, columns), 0).keys();
        assertThat(replaced.longAt(0)).isNotEqualTo(first.longAt(1));
        assertThat(database.rowCount(NAME)).isEqualTo(4);
    }

    @Test
    void aQueryGivesRowsInTheOrderOfTheirKeysAcrossSegmentsAndTail() {
        create(database, false, "FLAT");
        database.insert(NAME, "", rows(LongStream.of(9, 1, 5)), 0);
        database.flush(NAME);
        database.insert(NAME, "", rows(LongStream.of(2, 8)), 0);
        database.flush(NAME);
        database.insert(NAME, "", rows(LongStream.of(7, 3)), 0);
        QueryResult result = query(database, "", List.of("label"), 5);
        FixedColumn keys = (FixedColumn) result.output().columns().getFirst().column();
        assertThat(IntStream.range(0, 5).mapToObj(keys::longAt)).containsExactly(1L, 2L, 3L, 5L, 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IVF_FLAT", "IVF_SQ8", "HNSW", "DISKANN", "AUTOINDEX"})
    void everyIndexKindFindsTheRowItself(String kind) {
        create(database, false, kind);
        insert(database, 0, 6_000);
        database.flush(NAME);
        try (Maintenance jobs = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("builder")))) {
            jobs.run(NAME, false);
        }
        assertThat(database.describeIndexes(NAME).getFirst().pendingRows()).isZero();
        assertThat(database.describeIndexes(NAME).getFirst().recall().orElseThrow())
                .isGreaterThan(0.9);
        database.delete(NAME, "", FilterText.of("id in [11]"));
        long found = LongStream.iterate(10, key -> key + 97)
                .limit(60)
                .filter(key -> keysOf(search(database, vectorOf(key), 1, "", ConsistencyLevel.STRONG))
                        .contains(key))
                .count();
        assertThat(found).isGreaterThanOrEqualTo(57);
        assertThat(keysOf(search(database, vectorOf(11), 10, "", ConsistencyLevel.STRONG)))
                .doesNotContain(11L)
                .hasSize(10);
    }

    @Test
    void compactionKeepsEveryLiveRow() {
        create(database, false, "FLAT");
        for (int i = 0; i < 5; i++) {
            insert(database, i * 10L, i * 10L + 10);
            database.flush(NAME);
        }
        database.delete(NAME, "", FilterText.of("id in [4, 14, 44]"));
        database.flush(NAME);
        try (Maintenance jobs = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("builder")))) {
            jobs.run(NAME, false);
        }
        assertThat(database.rowCount(NAME)).isEqualTo(47);
        assertThat(database.segments(NAME)).hasSizeLessThan(5);
        assertThat(keysOf(search(database, vectorOf(14), 47, "", ConsistencyLevel.STRONG)))
                .hasSize(47)
                .doesNotContain(4L, 14L, 44L);
    }

    @Test
    void aDroppedCollectionIsGoneForEveryProcessAndItsNameIsFree() {
        create(database, false, "FLAT");
        insert(database, 0, 10);
        try (ElanusDatabase other = another()) {
            assertThat(other.rowCount(NAME)).isEqualTo(10);
            database.dropCollection(NAME);
            assertThat(database.hasCollection(NAME)).isFalse();
            assertThatThrownBy(() -> search(other, vectorOf(1), 1, "", ConsistencyLevel.STRONG))
                    .isInstanceOf(NotFound.class)
                    .hasMessageContaining("collection not found[database=default][collection=things]");
            create(database, false, "FLAT");
            assertThat(other.rowCount(NAME)).isZero();
        }
    }

    @Test
    void aQueryOfACollectionThatAnotherHasReplacedIsRefused() {
        create(database, false, "FLAT");
        long first = database.describeCollection(NAME).id();
        database.dropCollection(NAME);
        create(database, false, "FLAT");
        QueryRequest request = new QueryRequest(
                NAME,
                List.of(),
                FilterText.of("id > 0"),
                List.of(),
                10,
                0,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1));
        assertThat(database.query(request.ofCollection(
                                database.describeCollection(NAME).id()))
                        .output()
                        .rowCount())
                .isZero();
        assertThatThrownBy(() -> database.query(request.ofCollection(first)))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("collection id:" + first + " in the request is not consistent");
    }

    @Test
    void aQueryLeavesOutRowsThatAreNotSealedWhereItIsAskedTo() {
        create(database, false, "FLAT");
        insert(database, 0, 10);
        database.flush(NAME);
        insert(database, 10, 15);
        QueryRequest count = new QueryRequest(
                NAME,
                List.of(),
                FilterText.everything(),
                List.of("count(*)"),
                -1,
                0,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1));
        assertThat(database.query(count).count()).hasValue(15);
        assertThat(database.query(count.ignoringGrowing(true)).count()).hasValue(10);
        QueryRequest rows = new QueryRequest(
                NAME,
                List.of(),
                FilterText.of("id > 7"),
                List.of("id"),
                -1,
                0,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1));
        assertThat(database.query(rows).output().rowCount()).isEqualTo(7);
        assertThat(database.query(rows.ignoringGrowing(true)).output().rowCount())
                .isEqualTo(2);
    }

    @Test
    void aWriterThatHasNotSeenADropWritesIntoTheCollectionOfThatNameOrNone() {
        create(database, false, "FLAT");
        insert(database, 0, 10);
        try (ElanusDatabase other = another()) {
            insert(other, 10, 20);
            database.dropCollection(NAME);
            assertThatThrownBy(() -> insert(other, 20, 30)).isInstanceOf(NotFound.class);
            create(database, false, "FLAT");
            insert(other, 30, 35);
            database.dropCollection(NAME);
            create(database, false, "FLAT");
            insert(other, 40, 47);
            assertThat(other.rowCount(NAME)).isEqualTo(7);
            assertThat(database.rowCount(NAME)).isEqualTo(7);
        }
    }

    @Test
    void theSameCollectionTwiceIsFineAndADifferentOneIsRefused() {
        create(database, false, "FLAT");
        create(database, false, "FLAT");
        assertThatThrownBy(() -> create(database, true, "FLAT"))
                .isInstanceOf(Invalid.class)
                .hasMessage("create duplicate collection with different parameters, collection: things");
    }

    @Test
    void aCollectionThatIsNotLoadedCannotBeSearched() {
        create(database, false, "FLAT");
        database.release(NAME);
        assertThatThrownBy(() -> search(database, vectorOf(1), 1, "", ConsistencyLevel.STRONG))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("collection not loaded[collection=");
    }

    @Test
    void badRowsAreRefusedWholeAndNamed() {
        create(database, false, "FLAT");
        assertThatThrownBy(() -> database.insert(NAME, "", valuesOf(1), 0))
                .hasMessageContaining("fieldSchema(id) has no corresponding fieldData pass in");
        var notFinite = new LinkedHashMap<>(rows(LongStream.of(1)).byFieldId());
        notFinite.put(DatabaseFixture.VECTOR, VectorColumn.of(new float[][] {{1, 2, 3, Float.NaN, 5, 6, 7, 8}}, 8));
        assertThatThrownBy(() -> database.insert(NAME, "", new Columns(1, notFinite), 0))
                .hasMessageContaining("vector field vector, row number: 0 is not a number");
        assertThatThrownBy(() -> database.upsert(NAME, "", rows(LongStream.of(1, 2, 1)), 0))
                .hasMessageContaining("duplicate primary keys are not allowed in the same batch");
        assertThat(database.rowCount(NAME)).isZero();
    }

    @Test
    void acknowledgedRowsSurviveTheProcess() {
        create(database, false, "FLAT");
        insert(database, 0, 10);
        database.flush(NAME);
        insert(database, 10, 20);
        // Nothing is told to the first process: it may as well have been killed.
        try (ElanusDatabase next = another()) {
            assertThat(next.rowCount(NAME)).isEqualTo(20);
            assertThat(keysOf(search(next, vectorOf(19), 1, "", ConsistencyLevel.BOUNDED)))
                    .containsExactly(19L);
            assertThat(next.describeCollection(NAME).loaded()).isTrue();
        }
    }

    @Test
    void moreThanAProcessCanHoldIsRefusedAndItLivesOn() {
        create(database, false, "FLAT");
        insert(database, 0, 10);
        float[][] many = new float[1_000][];
        Arrays.fill(many, vectorOf(1));
        assertThatThrownBy(() -> database.search(DatabaseFixture.request(List.of(many), 16_384, "", List.of())))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("times offset+topk [16384] is 16384000 hits");
        assertThat(keysOf(search(database, vectorOf(1), 1, "", ConsistencyLevel.STRONG)))
                .containsExactly(1L);
    }

    @Test
    void aMissingCollectionIsNamed() {
        assertThatThrownBy(() -> database.describeCollection(NAME))
                .isInstanceOf(NotFound.class)
                .hasMessage("can't find collection[database=default][collection=things]");
        assertThat(database.listCollections("default")).isEmpty();
    }
}
