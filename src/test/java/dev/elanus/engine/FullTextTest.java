package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static dev.elanus.engine.DatabaseFixture.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.FunctionKind;
import dev.elanus.schema.FunctionSchema;
import dev.elanus.search.FilterText;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full-text search against BM25 worked out from the texts themselves. */
class FullTextTest {
    private static final int SEALED = 5_000;
    private static final int ROWS = 5_600;
    private static final double K1 = 1.5;
    private static final double B = 0.6;

    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private final List<List<String>> texts = new ArrayList<>();
    private ElanusDatabase database;

    @BeforeEach
    void fill() {
        MemoryStore store = new MemoryStore(host.clock());
        database = DatabaseFixture.open(store, host, folder);
        FunctionSchema bm25 =
                new FunctionSchema(0, "bm25", "", FunctionKind.BM25, List.of("text"), List.of("terms"), Map.of());
        Field text = Field.varchar(0, "text", 2_000);
        text = new Field(
                0,
                "text",
                "",
                text.type(),
                text.shape(),
                text.traits(),
                null,
                Map.of("max_length", "2000", "enable_analyzer", "true"));
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(
                        Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                        text,
                        Field.vector(0, "terms", DataType.SPARSE_FLOAT_VECTOR, 0)),
                false,
                List.of(bm25),
                ZoneOffset.UTC);
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
        database.createIndex(new NewIndex(
                NAME,
                "terms",
                "",
                Map.of(
                        "index_type",
                        "SPARSE_INVERTED_INDEX",
                        "metric_type",
                        "BM25",
                        "bm25_k1",
                        "1.5",
                        "bm25_b",
                        "0.6")));
        database.load(NAME);
        SplittableRandom random = new SplittableRandom(3);
        for (int row = 0; row < ROWS; row++) {
            List<String> words = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                words.add("word" + (int) (1 / (random.nextDouble() + 0.005)));
            }
            texts.add(words);
        }
        insert(0, SEALED);
        database.flush(NAME);
        try (Maintenance maintenance = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("m")))) {
            maintenance.run(NAME, true);
        }
        insert(SEALED, ROWS);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    private void insert(int from, int to) {
        List<String> rows = IntStream.range(from, to)
                .mapToObj(row -> String.join(" ", texts.get(row)))
                .toList();
        int key = database.describeCollection(NAME).schema().field("id").id();
        int text = database.describeCollection(NAME).schema().field("text").id();
        database.insert(
                NAME,
                "",
                new Columns(
                        to - from,
                        Map.of(
                                key,
                                FixedColumn.ofLongs(LongStream.range(from, to).toArray()),
                                text,
                                BytesColumn.of(DataType.VARCHAR, rows))),
                0);
    }

    @Test
    void rowsScoreAsBm25SaysOverSealedAndGrowingRowsTogether() {
        assertThat(database.describeIndexes(NAME).getFirst().indexedRows()).isEqualTo(SEALED);
        for (String query : List.of("Word3", "word150 word2", "word7 word7 word30 unheard", "word199, WORD1!")) {
            expect(query, "", 0);
            expect(query, "id < 40 or id > 5590", 0);
        }
        assertThat(search(new SearchTarget.Text("unheard of"), "", Map.of()).scores())
                .isEmpty();
        assertThat(search(new SearchTarget.Text(""), "", Map.of()).scores()).isEmpty();
    }

    @Test
    void aRowsOwnTextIsTheQueryWhereItsKeyIsGiven() {
        int row = IntStream.range(0, ROWS)
                .filter(i -> texts.get(i).size() > 10)
                .findFirst()
                .orElseThrow();
        SearchResult byKey = search(new SearchTarget.Key((long) row), "", Map.of());
        SearchResult byText = search(new SearchTarget.Text(String.join(" ", texts.get(row))), "", Map.of());
        assertThat(keysOf(byKey)).isEqualTo(keysOf(byText));
        assertThatThrownBy(() -> search(new SearchTarget.Key(-7L), "", Map.of()))
                .hasMessage("some of the provided primary key IDs do not exist: missing IDs = [-7]");
    }

    @Test
    void aRadiusBoundsTheScores() {
        SearchResult all = search(new SearchTarget.Text("word3 word20"), "", Map.of());
        float radius = all.scores()[6];
        SearchResult some = search(
                new SearchTarget.Text("word3 word20"),
                "",
                Map.of("radius", Float.toString(radius), "range_filter", Float.toString(all.scores()[1])));
        for (float score : some.scores()) {
            assertThat(score).isGreaterThan(radius).isLessThanOrEqualTo(all.scores()[1]);
        }
        assertThat(some.scores()).isNotEmpty();
    }

    @Test
    void vectorsAreRefusedAndTheTermsAreNotGivenOut() {
        assertThatThrownBy(() -> search(SearchTarget.of(new float[] {1}), "", Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("please provide varchar/text for BM25 Function based search, got FloatVector");
        assertThatThrownBy(() -> DatabaseFixture.query(database, "id == 1", List.of("terms"), 1))
                .hasMessageContaining("not allowed to retrieve raw data of field terms");
    }

    private void expect(String query, String filter, int offset) {
        List<String> terms =
                Arrays.stream(query.toLowerCase().split("[^a-z0-9]+")).toList();
        double average = texts.stream().mapToInt(List::size).average().orElseThrow();
        double[] scores = new double[ROWS];
        for (String term : terms) {
            long having = texts.stream().filter(text -> text.contains(term)).count();
            double rarity = Math.log(1 + (ROWS - having + 0.5) / (having + 0.5));
            for (int row = 0; row < ROWS; row++) {
                long frequency = texts.get(row).stream().filter(term::equals).count();
                double length = texts.get(row).size() / average;
                scores[row] += rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length));
            }
        }
        List<Double> expected = IntStream.range(0, ROWS)
                .filter(row -> filter.isEmpty() || row < 40 || row > 5_590)
                .filter(row -> scores[row] > 0)
                .mapToObj(row -> scores[row])
                .sorted(Comparator.reverseOrder())
                .limit(10)
                .toList();
        SearchResult found = search(new SearchTarget.Text(query), filter, Map.of());
        assertThat(found.scores()).as(query).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) found.scores()[i]).isCloseTo(expected.get(i), within(1e-3));
            int row = keysOf(found).get(i).intValue();
            assertThat((double) found.scores()[i]).isCloseTo(scores[row], within(1e-3));
        }
    }

    private SearchResult search(SearchTarget target, String filter, Map<String, String> params) {
        return database.search(new SearchRequest(
                NAME,
                List.of(),
                null,
                List.of(target),
                10,
                0,
                FilterText.of(filter),
                List.of(),
                null,
                params,
                -1,
                false,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1)));
    }
}
