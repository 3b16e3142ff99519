package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector fields that a collection gets when it has rows already, whose vectors there are null. */
class AddedVectorTest {
    private static final Field SECOND = Field.vector(0, "second", 4).asNullable();

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;
    private ElanusDatabase elsewhere;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder.resolve("a"));
        elsewhere = DatabaseFixture.open(store, host, folder.resolve("b"));
        DatabaseFixture.create(database, false, "FLAT");
    }

    @AfterEach
    void close() {
        database.close();
        elsewhere.close();
    }

    /** Rows of which every third has no second vector. */
    private void insert(long from, long until) {
        Field second = database.describeCollection(NAME).schema().field("second");
        Columns rows = DatabaseFixture.rows(LongStream.range(from, until));
        Map<Integer, Column> columns = new LinkedHashMap<>(rows.byFieldId());
        ColumnBuilder vectors = ColumnBuilder.of(second, 0);
        for (long key = from; key < until; key++) {
            if (key % 3 == 0) {
                vectors.addNull();
            } else {
                vectors.add(new float[] {key, 0, 0, 0});
            }
        }
        columns.put(second.id(), vectors.build());
        database.insert(NAME, "", new Columns(rows.rowCount(), columns), 0);
    }

    private static List<Long> nearest(Database in, float first, int topK, String filter) {
        return DatabaseFixture.keysOf(in.search(new SearchRequest(
                NAME,
                List.of(),
                "second",
                SearchTarget.of(List.of(new float[] {first, 0, 0, 0})),
                topK,
                0,
                FilterText.of(filter),
                List.of("second"),
                null,
                Map.of("nprobe", "128"),
                -1,
                false,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1))));
    }

    @Test
    void anAddedVectorMustBeIndexedBeforeItIsLoaded() {
        database.alterations().addField(NAME, SECOND);
        database.release(NAME);
        assertThatThrownBy(() -> database.load(NAME))
                .isInstanceOfSatisfying(
                        Invalid.class, refusal -> assertThat(refusal.reason()).isEqualTo(Invalid.Reason.UNNUMBERED))
                .hasMessage("there is no vector index on field: [second], please create index firstly");
    }

    @Test
    void aRowWithoutAVectorHasNoNeighbours() {
        database.alterations().addField(NAME, SECOND);
        database.createIndex(new NewIndex(NAME, "second", "", Map.of("index_type", "FLAT", "metric_type", "COSINE")));
        insert(0, 9);
        assertThat(hitCounts(0, 3)).containsExactly(0, 0);
        assertThat(hitCounts(0, 1, 6, 2)).containsExactly(0, 2, 0, 2);
    }

    private int[] hitCounts(long... keys) {
        List<SearchTarget> targets = LongStream.of(keys)
                .<SearchTarget>mapToObj(SearchTarget.Key::new)
                .toList();
        return database.search(new SearchRequest(
                        NAME,
                        List.of(),
                        "second",
                        targets,
                        2,
                        0,
                        FilterText.of(""),
                        List.of("id"),
                        null,
                        Map.of(),
                        -1,
                        false,
                        new ReadPoint(ConsistencyLevel.STRONG, 0),
                        Duration.ofMinutes(1)))
                .hitCounts();
    }

    private static Column seconds(Database in, String filter) {
        return DatabaseFixture.query(in, filter, List.of("second"), -1).output().columns().stream()
                .filter(column -> column.field().name().equals("second"))
                .findFirst()
                .orElseThrow()
                .column();
    }

    private void maintain() {
        try (Maintenance maintenance = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("m")))) {
            maintenance.run(NAME, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLAT", "IVF_FLAT"})
    void onlyRowsThatHaveTheAddedVectorAreFound(String index) {
        DatabaseFixture.insert(database, 0, 5000);
        database.flush(NAME);
        DatabaseFixture.insert(database, 5000, 5010);
        database.alterations().addField(NAME, SECOND);
        database.createIndex(new NewIndex(NAME, "second", "", Map.of("index_type", index, "metric_type", "L2")));
        for (ElanusDatabase each : List.of(database, elsewhere)) {
            assertThat(nearest(each, 3, 10, "")).isEmpty();
            assertThat(seconds(each, "id in [3, 5003]")).satisfies(column -> {
                assertThat(column.isNull(0)).isTrue();
                assertThat(column.isNull(1)).isTrue();
            });
        }
        maintain();
        assertThat(elsewhere.describeIndexes(NAME))
                .allSatisfy(each -> assertThat(each.pendingRows()).isZero());

        insert(6000, 6010);
        assertFound();
        database.flush(NAME);
        assertFound();
        insert(20_000, 25_000);
        maintain();
        assertThat(database.compactions().start(NAME, 0).done()).isTrue();
        maintain();
        assertFound();
        assertThat(nearest(elsewhere, 24_999, 1, "")).containsExactly(24_998L);
        assertThat(elsewhere.rowCount(NAME)).isEqualTo(10_020);
    }

    private void assertFound() {
        for (ElanusDatabase each : List.of(database, elsewhere)) {
            assertThat(nearest(each, 6000.4f, 3, "")).containsExactly(6001L, 6002L, 6004L);
            assertThat(nearest(each, 6009, 3, "id < 6010")).containsExactly(6008L, 6007L, 6005L);
            Column seconds = seconds(each, "id in [4999, 5009, 6000, 6001]");
            assertThat(List.of(seconds.isNull(0), seconds.isNull(1), seconds.isNull(2), seconds.isNull(3)))
                    .containsExactly(true, true, true, false);
        }
    }

    @Test
    void segmentsFromBeforeTheFieldAreJoinedWithoutBytesForIt() {
        DatabaseFixture.insert(database, 0, 10);
        database.flush(NAME);
        DatabaseFixture.insert(database, 10, 20);
        Field wide = Field.vector(0, "second", 32_768).asNullable();
        database.alterations().addField(NAME, wide);
        database.flush(NAME);
        assertThat(database.compactions().start(NAME, 0).done()).isTrue();
        maintain();
        assertThat(store.list("", "", 1000).stream().mapToLong(each -> each.length()))
                .allSatisfy(length -> assertThat(length).isLessThan(100_000));
        assertThat(seconds(elsewhere, "id in [3, 13]").isNull(1)).isTrue();
        assertThat(elsewhere.rowCount(NAME)).isEqualTo(20);
    }

    @Test
    void sparseVectorsAreAddedAsWell() {
        DatabaseFixture.insert(database, 0, 10);
        database.flush(NAME);
        DatabaseFixture.insert(database, 10, 20);
        Field sparse = Field.scalar(0, "second", DataType.SPARSE_FLOAT_VECTOR).asNullable();
        database.alterations().addField(NAME, sparse);
        database.createIndex(
                new NewIndex(NAME, "second", "", Map.of("index_type", "SPARSE_INVERTED_INDEX", "metric_type", "IP")));
        assertThat(seconds(elsewhere, "id in [3, 13]")).isInstanceOfSatisfying(BytesColumn.class, column -> {
            assertThat(column.isNull(0)).isTrue();
            assertThat(column.isNull(1)).isTrue();
        });
    }

    @Test
    void anAddedVectorKeepsMilvussRules() {
        refused(Field.vector(0, "second", 4), "added field must be nullable, please check it, field name = second");
        refused(
                Field.scalar(0, "second", DataType.FLOAT_VECTOR).asNullable(),
                "vector field must have dimension specified, field name = second");
        refused(Field.vector(0, "second", 40_000).asNullable(), "float vector dimension should be in range 2 ~ 32768");
        for (int i = 1; i < 10; i++) {
            database.alterations().addField(NAME, Field.vector(0, "v" + i, 4).asNullable());
        }
        refused(SECOND, "maximum vector field's number should be limited to 10");
    }

    private void refused(Field field, String text) {
        assertThatThrownBy(() -> database.alterations().addField(NAME, field))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(text);
    }
}
