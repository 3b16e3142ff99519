package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static dev.elanus.engine.DatabaseFixture.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
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
import dev.elanus.search.Highlighting;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts whose analyzers another field names. */
class MultiAnalyzerTest {
    private static final String PARAMS = """
            {"by_field": "language", "analyzers": {"english": {"type": "english"}, "words": {"tokenizer": "whitespace"},
             "default": {}}, "alias": {"en": "english"}}""";

    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(new MemoryStore(host.clock()), host, folder);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    @Test
    void eachRowIsCutByTheAnalyzerThatItNamesAndEachQueryByTheOneItAsksFor() {
        create(Map.of("enable_analyzer", "true", "multi_analyzer_params", PARAMS));
        insert(
                List.of("Running-foxes", "Running-foxes", "Running-foxes", "Running-foxes", "Running-foxes"),
                Arrays.asList("english", "en", "words", null, "klingon"));
        assertThat(keysOf(search("fox", "english"))).containsExactlyInAnyOrder(0L, 1L);
        assertThat(keysOf(search("a foxes", "en"))).containsExactlyInAnyOrder(0L, 1L);
        assertThat(keysOf(search("Running-foxes", "words"))).containsExactly(2L);
        assertThat(keysOf(search("foxes", null))).containsExactlyInAnyOrder(3L, 4L);
        assertThat(keysOf(search("FOXES", "unheard"))).containsExactlyInAnyOrder(3L, 4L);
        SearchResult marked = database.search(request("fox", "english")
                .marking(new Highlighting(true, List.of(), List.of("<"), List.of(">"), 1, 100, 0)));
        assertThat(marked.highlights().getFirst().fragments()).containsOnly(List.of("<foxes>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'analyzers': {'default': {}}} | multi analyzer params now must set by_field",
                "{'by_field': 1, 'analyzers': {'default': {}}} | multi analyzer params by_field must be string but now: 1",
                "{'by_field': 'lost', 'analyzers': {'default': {}}} | multi analyzer dependent field lost not exist in collection",
                "{'by_field': 'id', 'analyzers': {'default': {}}} | only support by string field, but field id is not string",
                "{'by_field': 'language'} | multi analyzer params must set analyzers",
                "{'by_field': 'language', 'analyzers': []} | unmarshal analyzers failed",
                "{'by_field': 'language', 'analyzers': {'english': {}}} | multi analyzer must set default analyzer",
                "{'by_field': 'language', 'analyzers': {'default': {'type': 'klingon'}}} | analyzer default params invalid",
                "{'by_field': 'language', 'analyzers': {'default': {}}, 'alias': {'a': 1}} | multi analyzer alias must be string map",
                "{'by_field': 'language', 'analyzers': {'default': {}}, 'rank': 1} | unknown multi analyzer option key: rank",
                "[] | multi analyzer params should be a json map",
                "{ | multi analyzer params: JsonError"
            })
    void wrongParamsAreNamed(String params, String message) {
        assertThatThrownBy(() ->
                        create(Map.of("enable_analyzer", "true", "multi_analyzer_params", params.replace('\'', '"'))))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(message);
    }

    @Test
    void severalAnalyzersGoWithNeitherOneNorWithMatching() {
        assertThatThrownBy(() -> create(
                        Map.of("enable_analyzer", "true", "enable_match", "true", "multi_analyzer_params", PARAMS)))
                .hasMessageContaining("multi analyzer now only support for bm25, but now field text enable match");
        assertThatThrownBy(() -> create(
                        Map.of("enable_analyzer", "true", "analyzer_params", "{}", "multi_analyzer_params", PARAMS)))
                .hasMessageContaining("field text analyzer params should be none if has multi analyzer params");
    }

    @Test
    void anAddedFieldKeepsTheRulesOfTextsToo() {
        create(Map.of("enable_analyzer", "true"));
        Field wrong = text(Map.of("enable_analyzer", "true", "analyzer_params", "{\"type\": \"klingon\"}"), "more")
                .asNullable();
        assertThatThrownBy(() -> database.alterations().addField(NAME, wrong))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("unknown build-in analyzer type: klingon");
    }

    private static Field text(Map<String, String> params, String name) {
        Field text = Field.varchar(0, name, 100);
        Map<String, String> all = new HashMap<>(text.typeParams());
        all.putAll(params);
        return new Field(0, name, "", text.type(), text.shape(), text.traits(), null, all);
    }

    private void create(Map<String, String> params) {
        FunctionSchema bm25 =
                new FunctionSchema(0, "bm25", "", FunctionKind.BM25, List.of("text"), List.of("terms"), Map.of());
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(
                        Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                        Field.varchar(0, "language", 20).asNullable(),
                        text(params, "text"),
                        Field.vector(0, "terms", DataType.SPARSE_FLOAT_VECTOR, 0)),
                false,
                List.of(bm25),
                ZoneOffset.UTC);
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
        database.createIndex(
                new NewIndex(NAME, "terms", "", Map.of("index_type", "SPARSE_INVERTED_INDEX", "metric_type", "BM25")));
        database.load(NAME);
    }

    private void insert(List<String> texts, List<String> languages) {
        CollectionSchema schema = database.describeCollection(NAME).schema();
        ColumnBuilder names = ColumnBuilder.of(schema.field("language"), languages.size());
        for (String language : languages) {
            if (language == null) {
                names.addNull();
            } else {
                names.add(language.getBytes(StandardCharsets.UTF_8));
            }
        }
        long[] keys = LongStream.range(0, texts.size()).toArray();
        Map<Integer, Column> columns = Map.of(
                schema.field("id").id(), FixedColumn.ofLongs(keys),
                schema.field("language").id(), names.build(),
                schema.field("text").id(), BytesColumn.of(DataType.VARCHAR, texts));
        database.insert(NAME, "", new Columns(keys.length, columns), 0);
    }

    private SearchResult search(String text, String analyzer) {
        return database.search(request(text, analyzer));
    }

    private static SearchRequest request(String text, String analyzer) {
        return new SearchRequest(
                NAME,
                List.of(),
                null,
                List.of(new SearchTarget.Text(text)),
                10,
                0,
                FilterText.of(""),
                List.of(),
                null,
                analyzer == null ? Map.of() : Map.of("analyzer_name", analyzer),
                -1,
                false,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1));
    }
}
