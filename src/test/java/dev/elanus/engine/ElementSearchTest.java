package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.column.VectorElements;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.StructSchema;
import dev.elanus.schema.ValueShape;
import dev.elanus.search.FilterText;
import dev.elanus.search.Fusion;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.MemoryStore;
import dev.elanus.vector.QueryVector;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors within structs found one by one, where they are compared by metrics of single vectors. */
class ElementSearchTest {
    private static final CollectionName NAME = CollectionName.of("structs");

    @TempDir
    private Path folder;

    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(new MemoryStore(InstantSource.system()), host, folder);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    private void create(DataType element, String metric) {
        Field vectors = new Field(
                0,
                "s[v]",
                "",
                DataType.ARRAY_OF_VECTOR,
                new ValueShape(element, 2, 0, 500),
                Set.of(),
                null,
                Map.of("dim", "2", "max_capacity", "500"));
        List<Field> fields = List.of(
                Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false), Field.vector(0, "vector", 2), vectors);
        CollectionSchema schema = new CollectionSchema("", fields, false)
                .with(List.of(new StructSchema(0, "s", "", Map.of("max_capacity", "500"))));
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.STRONG, 1, Map.of()));
        database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        database.createIndex(new NewIndex(NAME, "s[v]", "", Map.of("index_type", "HNSW", "metric_type", metric)));
        database.load(NAME);
    }

    /** A row whose vectors have these first components; its own vector is its key. */
    private void insert(DataType element, long key, float... firsts) {
        byte[] bytes = new byte[element.vectorBytes(2) * firsts.length];
        MemorySegment memory = MemorySegment.ofArray(bytes);
        for (int i = 0; i < firsts.length; i++) {
            long start = (long) i * element.vectorBytes(2);
            if (element == DataType.INT8_VECTOR) {
                bytes[(int) start] = (byte) firsts[i];
            } else {
                VectorElements.write(element, new float[] {firsts[i], 0}, memory, start);
            }
        }
        Field vectors = database.describeCollection(NAME).schema().field("s[v]");
        Map<Integer, Column> columns = new LinkedHashMap<>();
        columns.put(100, FixedColumn.ofLongs(new long[] {key}));
        columns.put(101, VectorColumn.of(new float[][] {{key, 0}}, 2));
        columns.put(vectors.id(), ColumnBuilder.of(vectors, 1).add(bytes).build());
        database.insert(NAME, "", new Columns(1, columns), 0);
    }

    private static SearchRequest near(String field, SearchTarget target, int topK, String filter, String... params) {
        Map<String, String> more = params.length == 0 ? Map.of() : Map.of(params[0], params[1]);
        return new SearchRequest(
                NAME,
                List.of(),
                field,
                List.of(target),
                topK,
                0,
                FilterText.of(filter),
                List.of("s[v]"),
                null,
                more,
                -1,
                false,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1));
    }

    private static SearchTarget at(float first) {
        return new SearchTarget.Vector(new QueryVector.Floats(new float[] {first, 0}));
    }

    /** Hits as KEY.PLACE. */
    private static List<String> found(SearchResult result) {
        List<Long> keys = DatabaseFixture.keysOf(result);
        int[] elements = result.elements();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            found.add(keys.get(i) + (elements == null ? "" : "." + elements[i]));
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT_VECTOR", "FLOAT16_VECTOR", "BFLOAT16_VECTOR", "INT8_VECTOR"})
    void everyVectorOfAListIsAHitOfItsOwn(DataType element) {
        create(element, "L2");
        insert(element, 1, 0, 10, 2);
        insert(element, 2);
        insert(element, 3, 3);
        database.flush(NAME);
        insert(element, 4, 50, 1);
        SearchTarget zero = element == DataType.INT8_VECTOR
                ? new SearchTarget.Vector(new QueryVector.Floats(element, new float[] {0, 0}))
                : at(0);
        SearchResult result = database.search(near("s[v]", zero, 5, ""));
        assertThat(found(result)).containsExactly("1.0", "4.1", "1.2", "3.0", "1.1");
        assertThat(result.scores()).containsExactly(0, 1, 4, 9, 100);
        assertThat(result.output().rowCount()).isEqualTo(5);
        assertThat(found(database.search(near("s[v]", zero, 2, "id != 4")))).containsExactly("1.0", "1.2");
        assertThat(found(database.search(near("s[v]", zero, 9, "", "radius", "5"))))
                .containsExactly("1.0", "4.1", "1.2");
        assertThat(found(database.search(near("vector", at(0), 2, "")))).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyVectorsOfTheNewestRowOfAKeyAreFound(boolean sealed) {
        create(DataType.FLOAT_VECTOR, "IP");
        insert(DataType.FLOAT_VECTOR, 1, 9, 8);
        if (sealed) {
            database.flush(NAME);
        }
        insert(DataType.FLOAT_VECTOR, 1, 1, 2);
        assertThat(found(database.search(near("s[v]", at(1), 5, "")))).containsExactly("1.1", "1.0");
    }

    @Test
    void aLongListIsComparedWhole() {
        create(DataType.FLOAT_VECTOR, "COSINE");
        float[] firsts = new float[500];
        Arrays.fill(firsts, -1);
        firsts[499] = 1;
        firsts[256] = 1;
        insert(DataType.FLOAT_VECTOR, 1, firsts);
        assertThat(found(database.search(near("s[v]", at(3), 2, "")))).containsExactly("1.256", "1.499");
    }

    @Test
    void rowsAreFusedWithTheBestOfTheirVectors() {
        create(DataType.FLOAT_VECTOR, "L2");
        insert(DataType.FLOAT_VECTOR, 1, 0, 1, 2);
        insert(DataType.FLOAT_VECTOR, 2, 5);
        SearchResult fused = database.hybridSearch(new HybridRequest(
                NAME,
                List.of(),
                List.of(near("s[v]", at(0), 4, ""), near("vector", at(2), 2, "")),
                new Fusion.Reciprocal(1),
                5,
                0,
                -1,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Map.of(),
                Duration.ofMinutes(1),
                ""));
        // Ranks 1 and 2, and 2 and 1: that the first row has three vectors makes it no better.
        assertThat(found(fused)).containsExactly("1", "2");
        assertThat(fused.scores()[0]).isEqualTo(fused.scores()[1]);
    }

    @Test
    void listsAndSingleVectorsAreNotMixed() {
        create(DataType.FLOAT_VECTOR, "L2");
        SearchTarget list = new SearchTarget.Several(DataType.FLOAT_VECTOR, new byte[16]);
        refused(list, "metric type L2 compares single vectors");
        refused(
                new SearchTarget.Vector(new QueryVector.Floats(new float[] {1, 2, 3})),
                "vector dimension mismatch, expected vector size(byte) 8, actual 12");
        database.release(NAME);
        database.dropIndex(NAME, "s[v]");
        database.createIndex(new NewIndex(NAME, "s[v]", "", Map.of("index_type", "HNSW", "metric_type", "MAX_SIM_L2")));
        database.load(NAME);
        refused(at(0), "metric type MAX_SIM_L2 compares lists of vectors");
        refused(new SearchTarget.Key(1L), "array of vector is not supported for search by IDs");
        assertThatThrownBy(() -> database.search(near("s[v]", list, 1, "", "radius", "5")))
                .hasMessage("range search is not supported for vector array (embedding list) fields");
        assertThatThrownBy(() -> database.search(near("s[v]", list, 1, "", "group_by_field", "id")))
                .hasMessage("group by search is not supported for vector array (embedding list) fields");
        assertThatThrownBy(() -> database.search(near("s[v]", list, 1, "", "iterator", "true")))
                .hasMessage("search iterator is not supported for vector array (embedding list) fields");
    }

    private void refused(SearchTarget target, String text) {
        assertThatThrownBy(() -> database.search(near("s[v]", target, 1, "")))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(text);
    }
}
