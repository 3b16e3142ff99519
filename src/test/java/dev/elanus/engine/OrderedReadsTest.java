package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.Fusion;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches and queries whose rows are wanted in the order of fields and dynamic keys. */
class OrderedReadsTest {
    private static final CollectionName NAME = CollectionName.of("things");
    private static final ReadPoint STRONG = new ReadPoint(ConsistencyLevel.STRONG, 0);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    /** Of rows 0 to 5; the first four are sealed. */
    private static final String[] KINDS = {"b", null, "a", "b", "ä", "a"};

    private static final String[] INFO = {"{\"a\":3}", "{\"a\":1}", null, "{\"a\":2}", "{\"b\":0}", "{\"a\":0}"};

    private static final String[] DYNAMIC = {
        "{\"rank\":2}",
        "{\"rank\":1.5}",
        "{\"rank\":\"x\"}",
        "{}",
        "{\"rank\":true}",
        "{\"rank\":null,\"in\":{\"a,b\":[7]}}"
    };

    private MachineHost host;
    private ElanusDatabase database;

    @BeforeEach
    void fill(@TempDir Path folder) {
        host = new MachineHost();
        database = DatabaseFixture.open(new MemoryStore(host.clock()), host, folder);
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(
                        Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                        Field.vector(0, "vector", 2),
                        Field.varchar(0, "kind", 100).asNullable(),
                        Field.scalar(0, "info", DataType.JSON).asNullable()),
                true);
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.STRONG, 1, Map.of()));
        database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        database.load(NAME);
        insert(0, 4);
        database.flush(NAME);
        insert(4, 6);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    private void insert(int from, int to) {
        CollectionSchema stored = database.describeCollection(NAME).schema();
        long[] keys = new long[to - from];
        float[][] vectors = new float[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = from + i;
            vectors[i] = new float[] {from + i, 0};
        }
        Map<Integer, Column> columns = Map.of(
                stored.field("id").id(), FixedColumn.ofLongs(keys),
                stored.field("vector").id(), VectorColumn.of(vectors, 2),
                stored.field("kind").id(), texts(DataType.VARCHAR, KINDS, from, to),
                stored.field("info").id(), texts(DataType.JSON, INFO, from, to),
                stored.dynamicField().orElseThrow().id(), texts(DataType.JSON, DYNAMIC, from, to));
        database.insert(NAME, "", new Columns(keys.length, columns), 0);
    }

    private static Column texts(DataType type, String[] all, int from, int to) {
        return BytesColumn.of(type, Arrays.asList(all).subList(from, to));
    }

    private SearchRequest near(float x, int topK, Map<String, String> params) {
        return new SearchRequest(
                NAME,
                List.of(),
                "vector",
                SearchTarget.of(List.of(new float[] {x, 0})),
                topK,
                0,
                FilterText.everything(),
                List.of("kind"),
                null,
                params,
                -1,
                false,
                STRONG,
                LIMIT);
    }

    private String search(String orderBy) {
        return DatabaseFixture.keysOf(database.search(near(0, 6, Map.of("order_by_fields", orderBy))))
                .toString();
    }

    private String query(String orderBy, long limit, long offset) {
        QueryResult result = database.query(
                new QueryRequest(NAME, List.of(), FilterText.of("id >= 0"), List.of("id"), limit, offset, STRONG, LIMIT)
                        .orderedBy(orderBy));
        FixedColumn keys = (FixedColumn) result.output().columns().getFirst().column();
        return Arrays.toString(java.util.stream.IntStream.range(0, keys.rowCount())
                .mapToLong(keys::longAt)
                .toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "kind | [1, 2, 5, 0, 3, 4]",
                "kind:desc | [4, 0, 3, 2, 5, 1]",
                "kind:asc, id:desc | [1, 5, 2, 3, 0, 4]",
                "id:descending | [5, 4, 3, 2, 1, 0]",
                "info[\"a\"] | [2, 4, 5, 1, 3, 0]",
                "rank | [3, 5, 2, 1, 0, 4]",
                "$meta[\"rank\"]:desc | [4, 0, 1, 2, 3, 5]",
                "in[\"a,b\"][0]:desc,kind | [5, 1, 2, 0, 3, 4]"
            })
    void nullsComeFirstAndEqualRowsKeepTheirOrder(String orderBy, String keys) {
        assertThat(search(orderBy)).isEqualTo(keys);
        assertThat(query(orderBy, -1, 0)).isEqualTo(keys);
    }

    @Test
    void aQueryTakesItsWindowOfTheOrderedRowsAndASearchOrdersTheNearest() {
        assertThat(query("kind:asc,id:desc", 3, 1)).isEqualTo("[5, 2, 3]");
        assertThat(query("id:desc", 2, 5)).isEqualTo("[0]");
        assertThat(DatabaseFixture.keysOf(database.search(near(0, 3, Map.of("order_by_fields", "id:desc")))))
                .containsExactly(2L, 1L, 0L);
    }

    @Test
    void groupsStayTogetherAndStandWhereTheirFirstHitsDo() {
        Map<String, String> params = Map.of("group_by_field", "kind", "group_size", "2", "order_by_fields", "id:desc");
        assertThat(DatabaseFixture.keysOf(database.search(near(0, 4, params)))).containsExactly(4L, 2L, 5L, 1L, 0L, 3L);
    }

    private HybridRequest hybrid(Fusion fusion, Map<String, String> ofPart, String orderBy) {
        List<SearchRequest> parts = List.of(near(0, 3, ofPart), near(5, 2, ofPart));
        return new HybridRequest(NAME, List.of(), parts, fusion, 4, 0, -1, STRONG, Map.of(), LIMIT, orderBy);
    }

    @Test
    void aHybridSearchOrdersWhatItFused() {
        Fusion fusion = new Fusion.Reciprocal(60);
        assertThat(DatabaseFixture.keysOf(database.hybridSearch(hybrid(fusion, Map.of(), "kind:desc,id"))))
                .containsExactly(4L, 0L, 5L, 1L);
        assertThatThrownBy(() -> database.hybridSearch(hybrid(fusion, Map.of("order_by_fields", "id"), "")))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("order_by_fields belongs to the hybrid search");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "vector | order_by field 'vector' has unsortable type FloatVector",
                "info | order_by field 'info' has unsortable type JSON; supported types: bool",
                "kind[0] | order_by field 'kind[0]' has unsortable type VarChar",
                "$meta | order_by field '$meta' has unsortable type JSON",
                "kind:up | invalid order direction 'up' for field 'kind'",
                "kind, | empty field name in order_by_fields",
                "rank[x] | expected a key in quotes and brackets at offset 4"
            })
    void whatHasNoOrderIsRefusedByName(String orderBy, String message) {
        assertThatThrownBy(() -> search(orderBy)).isInstanceOf(Invalid.class).hasMessageContaining(message);
        assertThatThrownBy(() -> query(orderBy, -1, 0))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(message);
    }

    @Test
    void iterationsAndCountsHaveNoOtherOrder() {
        assertThatThrownBy(() -> database.search(near(0, 3, Map.of("order_by_fields", "id", "iterator", "True"))))
                .hasMessageContaining("order_by is not supported when using search iterator");
        QueryRequest count =
                new QueryRequest(NAME, List.of(), FilterText.everything(), List.of("count(*)"), -1, 0, STRONG, LIMIT);
        assertThatThrownBy(() -> database.query(count.orderedBy("id")))
                .hasMessageContaining("count entities with order_by_fields is not allowed");
    }
}
