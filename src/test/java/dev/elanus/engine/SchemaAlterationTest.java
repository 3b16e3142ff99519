package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.Trait;
import dev.elanus.search.QueryResult;
import dev.elanus.storage.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaAlterationTest {
    private static final Field SIZE = Field.scalar(0, "size", DataType.INT64).asNullable();
    private static final Field PRICE =
            Field.scalar(0, "price", DataType.DOUBLE).asNullable().withDefault(1.5);
    private static final Field COLOUR = Field.varchar(0, "colour", 20).asNullable();

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

    private void add(Field field) {
        database.alterations().addField(NAME, field);
    }

    private static int id(Database from, String field) {
        return from.describeCollection(NAME).schema().field(field).id();
    }

    /** Rows of which every one has a size and a price of its key. */
    private static Columns wide(Database to, long from, long until) {
        Columns rows = DatabaseFixture.rows(LongStream.range(from, until));
        Map<Integer, Column> columns = new LinkedHashMap<>(rows.byFieldId());
        columns.put(
                id(to, "size"),
                FixedColumn.ofLongs(LongStream.range(from, until).toArray()));
        ColumnBuilder prices = ColumnBuilder.of(PRICE, 0);
        LongStream.range(from, until).forEach(key -> prices.add((double) key));
        columns.put(id(to, "price"), prices.build());
        return new Columns(rows.rowCount(), columns);
    }

    private static long count(Database in, String filter) {
        return DatabaseFixture.query(in, filter, List.of("id"), -1).output().rowCount();
    }

    private void refused(Field field, String text) {
        assertThatThrownBy(() -> add(field))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(text);
    }

    @Test
    void rowsThatWereThereHaveTheDefaultOfAnAddedFieldOrNull() {
        DatabaseFixture.insert(database, 0, 10);
        database.flush(NAME);
        DatabaseFixture.insert(database, 10, 20);
        assertThat(elsewhere.rowCount(NAME)).isEqualTo(20);

        add(SIZE);
        add(PRICE);
        database.insert(NAME, "", wide(database, 20, 30), 0);
        DatabaseFixture.insert(database, 30, 35);

        for (ElanusDatabase each : List.of(database, elsewhere)) {
            assertAllIsThere(each);
        }
        database.flush(NAME);
        for (ElanusDatabase each : List.of(database, elsewhere)) {
            assertAllIsThere(each);
        }
        try (ElanusDatabase later = DatabaseFixture.open(store, host, folder.resolve("c"))) {
            assertAllIsThere(later);
        }
    }

    private static void assertAllIsThere(Database in) {
        assertThat(in.rowCount(NAME)).isEqualTo(35);
        assertThat(count(in, "size is null")).isEqualTo(25);
        assertThat(count(in, "size >= 0")).isEqualTo(10);
        assertThat(count(in, "not (size >= 25)")).isEqualTo(5);
        assertThat(count(in, "price == 1.5")).isEqualTo(25);
        assertThat(count(in, "price >= 20 and id < 25")).isEqualTo(5);
        QueryResult rows = DatabaseFixture.query(in, "id in [3, 15, 22, 33]", List.of("id", "size", "price"), -1);
        Map<String, Column> columns = new LinkedHashMap<>();
        rows.output().columns().forEach(column -> columns.put(column.field().name(), column.column()));
        FixedColumn sizes = (FixedColumn) columns.get("size");
        FixedColumn prices = (FixedColumn) columns.get("price");
        FixedColumn keys = (FixedColumn) columns.get("id");
        for (int row = 0; row < 4; row++) {
            boolean given = keys.longAt(row) == 22;
            assertThat(sizes.isNull(row)).isEqualTo(!given);
            assertThat(prices.doubleAt(row)).isEqualTo(given ? 22 : 1.5);
        }
    }

    @Test
    void anotherProcessReadsRowsOfAFieldThatItHasNotHeardOf() {
        DatabaseFixture.insert(database, 0, 5);
        assertThat(elsewhere.rowCount(NAME)).isEqualTo(5);
        add(SIZE);
        add(PRICE);
        for (int i = 10; i < 20; i++) {
            database.insert(NAME, "", wide(database, i, i + 1), 0);
        }
        assertThat(count(elsewhere, "size >= 10")).isEqualTo(10);
        DatabaseFixture.insert(elsewhere, 20, 25);
        assertThat(count(database, "size is null")).isEqualTo(10);
    }

    @Test
    void aScalarIndexIsBuiltOverAFieldThatSegmentsLack() {
        DatabaseFixture.insert(database, 0, 5000);
        database.flush(NAME);
        add(PRICE);
        database.createIndex(new NewIndex(NAME, "price", "", Map.of("index_type", "STL_SORT")));
        try (Maintenance maintenance = Maintenance.open(store, host, EngineSettings.defaults(folder.resolve("m")))) {
            maintenance.run(NAME, true);
        }
        assertThat(elsewhere.describeIndexes(NAME))
                .allSatisfy(index -> assertThat(index.pendingRows()).isZero());
        assertThat(count(elsewhere, "price < 2")).isEqualTo(5000);
        assertThat(count(elsewhere, "price > 2")).isZero();
    }

    @Test
    void aWriterWithAnOldSchemaIsToldSo() {
        long known = database.describeCollection(NAME).updatedTimestamp();
        assertThat(elsewhere.rowCount(NAME)).isZero();
        add(COLOUR);
        long newer = database.describeCollection(NAME).updatedTimestamp();
        assertThat(newer).isGreaterThan(known);
        assertThatThrownBy(() -> database.insert(NAME, "", DatabaseFixture.rows(LongStream.range(0, 1)), known))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Invalid.Reason.SCHEMA_MISMATCH));
        elsewhere.insert(
                NAME,
                "",
                schema -> {
                    assertThat(schema.find("colour")).isPresent();
                    return DatabaseFixture.rows(LongStream.range(0, 1));
                },
                newer,
                Database.WRITE_LIMIT);
    }

    @Test
    void aFieldIsAddedByMilvussRules() {
        refused(Field.scalar(0, "label", DataType.INT64).asNullable(), "duplicate field name: label");
        refused(Field.scalar(0, "x", DataType.INT64), "added field must be nullable, please check it, field name = x");
        refused(
                Field.scalar(0, "x", DataType.INT64).asPrimaryKey(false),
                "not support to add pk field, field name = x");
        refused(SIZE.with(Trait.PARTITION_KEY), "not support to add partition key field");
        refused(SIZE.with(Trait.AUTO_ID), "only primary field can speficy AutoID with true, field name = size");
        refused(Field.scalar(0, "$meta", DataType.JSON).asNullable(), "not support to add system field");
        refused(Field.scalar(0, "1x", DataType.INT64).asNullable(), "Invalid field name: 1x.");
        refused(Field.varchar(0, "x", 0).asNullable(), "the maximum length specified for the field(x)");
        add(SIZE.with(Trait.CLUSTERING_KEY));
        refused(COLOUR.with(Trait.CLUSTERING_KEY), "already has another clutering key field, field name: size");
        for (int i = 4; i < 64; i++) {
            add(Field.scalar(0, "f" + i, DataType.INT64).asNullable());
        }
        refused(COLOUR, "The number of fields has reached the maximum value 64");
    }

    @Test
    void aDynamicKeyIsIndexedByItsName() {
        Map<String, String> asNumbers = Map.of("index_type", "INVERTED", "json_cast_type", "DOUBLE");
        assertThatThrownBy(() -> database.createIndex(new NewIndex(NAME, "price", "", asNumbers)))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("cannot create index on non-exist field: price");
        database.alterations().properties(NAME, Map.of("dynamicfield.enabled", "true"), List.of());
        database.createIndex(new NewIndex(NAME, "price", "prices", asNumbers));
        assertThat(database.describeIndexes(NAME).getLast()).satisfies(index -> {
            assertThat(index.name()).isEqualTo("prices");
            assertThat(index.fieldName()).isEqualTo("price");
            assertThat(index.params()).containsEntry("json_path", "price");
        });
        Map<String, String> below =
                Map.of("index_type", "INVERTED", "json_cast_type", "DOUBLE", "json_path", "price['net']");
        database.createIndex(new NewIndex(NAME, "price", "net", below));
        assertThatThrownBy(() -> database.createIndex(new NewIndex(NAME, "price", "again", below)))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("creating multiple indexes on same field is not supported");
    }

    @Test
    void anIndexThatNobodyNamedIsCalledByItsPath() {
        database.alterations().properties(NAME, Map.of("dynamicfield.enabled", "true"), List.of());
        for (String path : List.of("price", "price['net']", "price['a/b'][0]")) {
            database.createIndex(new NewIndex(
                    NAME,
                    "price",
                    "",
                    Map.of("index_type", "INVERTED", "json_cast_type", "DOUBLE", "json_path", path)));
        }
        assertThat(database.describeIndexes(NAME))
                .extracting(IndexDescription::name)
                .endsWith("$meta/price", "$meta/price/net", "$meta/price/a~1b/0");
    }

    @Test
    void whatAnIndexCannotBeBuiltWithSaysSoInMilvusWords() {
        assertThatThrownBy(() -> database.createIndex(new NewIndex(NAME, "id", "", Map.of("index_type", "TRIE"))))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("TRIE are only supported on varchar field: invalid parameter"
                        + "[expected=valid index params][actual=invalid index params]");
    }

    @Test
    void aSchemaBecomesDynamicAndStaysSo() {
        DatabaseFixture.insert(database, 0, 5);
        database.flush(NAME);
        DatabaseFixture.insert(database, 5, 10);
        Alterations alterations = database.alterations();
        assertThatThrownBy(() -> alterations.properties(NAME, Map.of("dynamicfield.enabled", "false"), List.of()))
                .hasMessageContaining("dynamic schema cannot supported to be disabled");
        alterations.properties(NAME, Map.of("dynamicfield.enabled", "true"), List.of());
        alterations.properties(NAME, Map.of("dynamicfield.enabled", "True"), List.of());
        add(SIZE);
        Columns rows = DatabaseFixture.rows(LongStream.range(10, 12));
        Map<Integer, Column> columns = new LinkedHashMap<>(rows.byFieldId());
        columns.put(id(database, "$meta"), BytesColumn.of(DataType.JSON, List.of("{\"a\":1}", "{\"a\":2}")));
        database.insert(NAME, "", new Columns(2, columns), 0);
        assertThat(count(elsewhere, "a == 2")).isEqualTo(1);
        assertThat(count(elsewhere, "not exists a")).isEqualTo(10);
        assertThat(elsewhere.describeCollection(NAME).schema().dynamicFieldEnabled())
                .isTrue();
        assertThat(elsewhere.describeCollection(NAME).properties()).containsOnlyKeys("timezone");
        database.flush(NAME);
        BytesColumn meta = (BytesColumn)
                DatabaseFixture.query(elsewhere, "id == 3", List.of("$meta"), -1).output().columns().stream()
                        .filter(column -> column.field().dynamic())
                        .findFirst()
                        .orElseThrow()
                        .column();
        assertThat(new String(meta.bytesAt(0), StandardCharsets.UTF_8)).isEqualTo("{}");
    }

    @Test
    void aFieldsParametersChangeByMilvussRules() {
        Alterations alterations = database.alterations();
        alterations.field(NAME, "label", Map.of("max_length", "5"), List.of());
        assertThat(elsewhere.describeCollection(NAME).schema().field("label").maxLength())
                .isEqualTo(5);
        assertThatThrownBy(() -> DatabaseFixture.insert(database, 0, 1))
                .hasMessageContaining("length of varchar field label exceeds max length");
        assertFieldRefused("label", Map.of("max_length", "70000"), "should be in (0, 65535], but got 70000 instead");
        assertFieldRefused("label", Map.of("max_length", "x"), "max_length should be an integer, but got x");
        assertFieldRefused("id", Map.of("max_length", "5"), "id can not modify the maxlength for non-string types");
        assertFieldRefused("label", Map.of("max_capacity", "5"), "label can not modify the maxcapacity for non-array");
        assertFieldRefused(
                "label", Map.of("nullable", "x"), "nullable does not allow update in collection field param");
        assertFieldRefused("none", Map.of("max_length", "5"), "field none does not exist in collection");
        assertFieldRefused("label", Map.of("mmap.enabled", "true"), "can not alter collection field properties if");
        assertThatThrownBy(() -> alterations.field(NAME, "label", Map.of(), List.of("max_length")))
                .hasMessageContaining("max_length is not allowed to drop in collection field param");
        database.release(NAME);
        alterations.field(NAME, "label", Map.of("mmap.enabled", "true"), List.of());
        assertThat(elsewhere.describeCollection(NAME).schema().field("label").typeParams())
                .containsEntry("mmap.enabled", "true");
        alterations.field(NAME, "label", Map.of(), List.of("mmap.enabled"));
    }

    @Test
    void whatIsSaidOfAFieldChangesWhileItIsLoaded() {
        database.alterations().field(NAME, "label", Map.of("field.description", "what it is"), List.of());
        Field label = elsewhere.describeCollection(NAME).schema().field("label");
        assertThat(label.description()).isEqualTo("what it is");
        assertThat(label.typeParams()).doesNotContainKey("field.description");
    }

    private void assertFieldRefused(String field, Map<String, String> params, String text) {
        assertThatThrownBy(() -> database.alterations().field(NAME, field, params, List.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(text);
    }

    @Test
    void propertiesOfLoadingChangeOnlyWhereNothingIsLoaded() {
        Alterations alterations = database.alterations();
        Map<String, String> mmap = Map.of("mmap.enabled", "true");
        assertThatThrownBy(() -> alterations.properties(NAME, mmap, List.of()))
                .isInstanceOfSatisfying(
                        Invalid.class, refusal -> assertThat(refusal.reason()).isEqualTo(Invalid.Reason.LOADED))
                .hasMessage("can not alter mmap properties if collection loaded: collection already loaded"
                        + "[collection=things]");
        assertThatThrownBy(() -> alterations.properties(NAME, Map.of(), List.of("mmap.enabled")))
                .hasMessageContaining("can not delete mmap properties if collection loaded");
        assertThatThrownBy(() -> alterations.properties(NAME, Map.of(), List.of("lazyload.enabled")))
                .hasMessageContaining("can not delete lazyload.enabled properties if collection loaded");
        assertThatThrownBy(() -> alterations.index(NAME, "vector", mmap, List.of()))
                .hasMessageContaining("can't alter index on loaded collection, please release the collection first");
        database.release(NAME);
        alterations.properties(NAME, mmap, List.of());
        alterations.properties(NAME, Map.of("mine", "yes"), List.of());
        assertThat(elsewhere.describeCollection(NAME).properties())
                .isEqualTo(Map.of("mmap.enabled", "true", "mine", "yes", "timezone", "UTC"));
        alterations.index(NAME, "vector", mmap, List.of());
        assertThat(elsewhere.describeIndexes(NAME).getFirst().params()).containsEntry("mmap.enabled", "true");
        assertThatThrownBy(() -> alterations.index(NAME, "vector", Map.of("mmap.enabled", "  "), List.of()))
                .hasMessage("invalid mmap.enabled value:   , expected: true, false");
        alterations.index(NAME, "vector", Map.of(), List.of("mmap.enabled"));
        assertThat(elsewhere.describeIndexes(NAME).getFirst().params()).doesNotContainKey("mmap.enabled");
        assertThatThrownBy(() -> alterations.index(NAME, "vector", Map.of("nlist", "5"), List.of()))
                .hasMessage("nlist is not a configable index property");
        assertThatThrownBy(() -> alterations.index(NAME, "none", mmap, List.of()))
                .hasMessageContaining("index not found[indexName=none]");
        assertThatThrownBy(() -> alterations.properties(NAME, mmap, List.of("x")))
                .hasMessage("cannot provide both DeleteKeys and ExtraParams");
        assertThatThrownBy(() -> alterations.properties(NAME, Map.of("mmap.enabled", "maybe"), List.of()))
                .hasMessageContaining("invalid mmap.enabled value: maybe");
        assertThatThrownBy(() -> alterations.properties(NAME, Map.of("warmup.vectorIndex", "now"), List.of()))
                .hasMessageContaining("expected=sync, disable or async");
        assertThatThrownBy(() -> alterations.properties(NAME, Map.of("partitionkey.isolation", "true"), List.of()))
                .hasMessageContaining("partition key isolation mode is enabled but no partition key field is set");
    }

    @Test
    void aCollectionCanBeCreatedDynamicByAProperty() {
        CollectionName name = CollectionName.of("loose");
        database.createCollection(new NewCollection(
                name,
                DatabaseFixture.schema(false),
                ConsistencyLevel.BOUNDED,
                1,
                Map.of("dynamicfield.enabled", "true")));
        assertThat(database.describeCollection(name).schema().dynamicFieldEnabled())
                .isTrue();
    }
}
