package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ArrayReader;
import dev.elanus.column.ArrayRow;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.OutputRows;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialUpdateTest {
    private static final CollectionName NAME = CollectionName.of("changed");
    private static final List<Field> FIELDS = List.of(
            Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false),
            Field.vector(101, "vector", 2),
            Field.scalar(102, "a", DataType.INT64).asNullable(),
            Field.scalar(103, "b", DataType.INT64).withDefault(7L),
            Field.varchar(104, "label", 20),
            Field.array(105, "tags", DataType.VARCHAR, 4, 20).asNullable(),
            Field.array(106, "numbers", DataType.INT32, 4, 0).asNullable());
    private static final int META = 107;

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder);
        CollectionSchema schema = new CollectionSchema("", FIELDS, true);
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.STRONG, 1, Map.of()));
        database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        database.load(NAME);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Rows of some fields by name: a Long, a String, a list of texts, a vector of two or null. */
    @SafeVarargs
    private static Columns rows(Map<String, @Nullable Object>... rows) {
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (Field field : CollectionSchemaOf.FIELDS) {
            if (!rows[0].containsKey(field.name())) {
                continue;
            }
            ColumnBuilder builder = ColumnBuilder.of(field, rows.length);
            for (Map<String, @Nullable Object> row : rows) {
                switch (row.get(field.name())) {
                    case null -> builder.addNull();
                    case Long number -> builder.add(number.longValue());
                    case String text -> builder.add(text);
                    case float[] vector -> builder.add(vector);
                    case String[] texts -> builder.add(ArrayRow.ofTexts(List.of(texts)));
                    case long[] numbers -> builder.add(ArrayRow.ofLongs(DataType.INT32, numbers));
                    default -> throw new IllegalArgumentException(row.toString());
                }
            }
            columns.put(field.id(), builder.build());
        }
        return new Columns(rows.length, columns);
    }

    /** With the dynamic field, as the collection has it. */
    private static final class CollectionSchemaOf {
        static final List<Field> FIELDS = withDynamic();

        private static List<Field> withDynamic() {
            List<Field> all = new ArrayList<>(PartialUpdateTest.FIELDS);
            all.add(Field.scalar(META, "$meta", DataType.JSON).with(dev.elanus.schema.Trait.DYNAMIC));
            return all;
        }
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static Map<String, @Nullable Object> whole(long id) {
        return row(
                "id",
                id,
                "vector",
                new float[] {id, 1},
                "a",
                id,
                "label",
                "l" + id,
                "tags",
                new String[] {"x", "y"},
                "numbers",
                new long[] {1, 2},
                "$meta",
                "{\"k\":1.50,\"l\":{\"deep\":[1]}}");
    }

    private OutputRows stored(String filter) {
        return database.query(new QueryRequest(
                        NAME,
                        List.of(),
                        FilterText.of(filter),
                        List.of("*"),
                        -1,
                        0,
                        new ReadPoint(ConsistencyLevel.STRONG, 0),
                        Duration.ofMinutes(1)))
                .output();
    }

    private @Nullable Object value(long id, String name) {
        OutputRows rows = stored("id == " + id);
        assertThat(rows.rowCount()).isEqualTo(1);
        OutputRows.OutputColumn found = rows.columns().stream()
                .filter(column -> column.field().name().equals(name))
                .findFirst()
                .orElseThrow();
        Column column = found.column();
        if (column.isNull(0)) {
            return null;
        }
        if (found.field().type() == DataType.ARRAY) {
            ArrayReader array = ArrayReader.of(found.field(), column);
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < array.count(0); i++) {
                elements.add(name.equals("tags") ? array.textAt(0, i) : (Object) array.longAt(0, i));
            }
            return elements;
        }
        return switch (column) {
            case FixedColumn fixed -> fixed.longAt(0);
            case BytesColumn bytes -> bytes.textAt(0);
            default -> throw new IllegalStateException(name);
        };
    }

    private WriteResult update(Columns rows, Map<String, FieldOperation> operations) {
        return database.update(NAME, "", rows, operations);
    }

    @Test
    void fieldsThatAreNotGivenStayAsTheyAre() {
        database.insert(NAME, "", rows(whole(1), whole(2)), 0);
        for (int pass = 0; pass < 2; pass++) {
            WriteResult result = update(rows(row("id", 2L, "a", 20L + pass), row("id", 1L, "a", null)), Map.of());
            assertThat(result.count()).isEqualTo(2);
            assertThat(Keys.valueAt(result.keys(), 0)).isEqualTo(2L);
            assertThat(value(2, "a")).isEqualTo(20L + pass);
            assertThat(value(1, "a")).isNull();
            assertThat(value(2, "label")).isEqualTo("l2");
            assertThat(value(2, "b")).isEqualTo(7L);
            assertThat(value(2, "tags")).isEqualTo(List.of("x", "y"));
            assertThat(value(2, "$meta")).isEqualTo("{\"k\":1.50,\"l\":{\"deep\":[1]}}");
            assertThat(stored("id > 0").rowCount()).isEqualTo(2);
            database.flush(NAME);
        }
    }

    @Test
    void dynamicKeysAreMergedAtTheTop() {
        database.insert(NAME, "", rows(whole(1)), 0);
        update(rows(row("id", 1L, "$meta", "{\"l\":{\"new\":2},\"m\":[1.0]}")), Map.of());
        assertThat(value(1, "$meta")).isEqualTo("{\"k\":1.50,\"l\":{\"new\":2},\"m\":[1.0]}");
        assertThatThrownBy(() -> update(rows(row("id", 1L, "$meta", "{\"label\":2}")), Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("dynamic field name cannot include the static field name: label");
        assertThatThrownBy(() -> update(rows(row("id", 1L, "$meta", "[1]")), Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("only json map is supported");
    }

    @Test
    void aStoredKeyMayHideAFieldThatWasAddedSince() {
        database.insert(NAME, "", rows(whole(1)), 0);
        database.alterations()
                .addField(NAME, Field.scalar(0, "k", DataType.INT64).asNullable());
        update(rows(row("id", 1L, "a", 9L)), Map.of());
        assertThat(value(1, "a")).isEqualTo(9L);
        assertThat(value(1, "k")).isNull();
        assertThat(value(1, "$meta")).isEqualTo("{\"k\":1.50,\"l\":{\"deep\":[1]}}");
    }

    @Test
    void aRowOfANewKeyNeedsEveryField() {
        database.insert(NAME, "", rows(whole(1)), 0);
        assertThatThrownBy(() -> update(rows(row("id", 1L, "a", 1L), row("id", 2L, "a", 1L)), Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("fieldSchema(vector) has no corresponding fieldData pass in");
        assertThat(value(1, "a")).isEqualTo(1L);
        update(
                rows(
                        row("id", 1L, "vector", new float[] {5, 5}, "label", "changed"),
                        row("id", 2L, "vector", new float[] {6, 6}, "label", "new")),
                Map.of());
        assertThat(value(1, "a")).isEqualTo(1L);
        assertThat(value(2, "a")).isNull();
        assertThat(value(2, "b")).isEqualTo(7L);
        assertThat(value(2, "$meta")).isEqualTo("{}");
    }

    @Test
    void elementsOfArraysComeAndGo() {
        database.insert(NAME, "", rows(whole(1), row("id", 2L, "vector", new float[2], "label", "")), 0);
        Map<String, FieldOperation> append =
                Map.of("tags", FieldOperation.ARRAY_APPEND, "numbers", FieldOperation.ARRAY_APPEND);
        Columns more = rows(
                row("id", 1L, "tags", new String[] {"x"}, "numbers", new long[] {-1, 2}),
                row("id", 2L, "tags", new String[] {"z"}, "numbers", null));
        update(more, append);
        assertThat(value(1, "tags")).isEqualTo(List.of("x", "y", "x"));
        assertThat(value(1, "numbers")).isEqualTo(List.of(1L, 2L, -1L, 2L));
        assertThat(value(2, "tags")).isEqualTo(List.of("z"));
        assertThat(value(2, "numbers")).isNull();
        assertThatThrownBy(() -> update(more, append))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("array length 6 exceeds max_capacity 4");
        Map<String, FieldOperation> remove =
                Map.of("tags", FieldOperation.ARRAY_REMOVE, "numbers", FieldOperation.ARRAY_REMOVE);
        update(rows(row("id", 1L, "tags", new String[] {"x", "no"}, "numbers", new long[] {2})), remove);
        assertThat(value(1, "tags")).isEqualTo(List.of("y"));
        assertThat(value(1, "numbers")).isEqualTo(List.of(1L, -1L));
        assertThatThrownBy(() -> update(rows(row("id", 1L, "a", 1L)), Map.of("a", FieldOperation.ARRAY_APPEND)))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("op ARRAY_APPEND requires Array field, but field \"a\" is Int64");
        assertThatThrownBy(() -> update(rows(row("id", 1L)), Map.of("id", FieldOperation.ARRAY_APPEND)))
                .hasMessageContaining("field \"id\" is the primary key and cannot carry a partial-update op");
        assertThatThrownBy(() -> update(rows(row("id", 1L, "a", 1L)), remove))
                .hasMessageContaining("not present in fields_data");
    }

    @Test
    void whatIsNoUpdateIsRefused() {
        assertThatThrownBy(() -> update(rows(row("a", 1L)), Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("must assign pk when upsert, primary field: id");
        assertThatThrownBy(() -> update(rows(row("id", 1L), row("id", 1L)), Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("duplicate primary keys are not allowed in the same batch");
        assertThatThrownBy(() -> update(rows(row("id", 1L)), Map.of("no", FieldOperation.REPLACE)))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("field no not exist");
    }

    @Test
    void updatesNeedTheRowsLoadedAndUpsertsDoNot() {
        database.insert(NAME, "", rows(whole(1)), 0);
        database.release(NAME);
        assertThatThrownBy(() -> update(rows(row("id", 1L, "a", 1L)), Map.of()))
                .isInstanceOfSatisfying(
                        Invalid.class, wrong -> assertThat(wrong.reason()).isEqualTo(Invalid.Reason.NOT_LOADED))
                .hasMessageStartingWith("failed to query: collection not loaded");
        database.upsert(NAME, "", rows(whole(1)), 0);
    }

    @Test
    void updatesOfOneKeyAtOnceLoseNothing() {
        database.insert(NAME, "", rows(whole(1), whole(2), whole(3)), 0);
        List<CompletableFuture<WriteResult>> all = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 20261125));
        for (int i = 0; i < 40; i++) {
            long first = 1 + random.nextInt(3);
            long second = 1 + first % 3;
            String key = "{\"k" + i + "\":" + i + "}";
            all.add(host.start(
                    () -> update(rows(row("id", first, "$meta", key), row("id", second, "$meta", key)), Map.of())));
        }
        all.forEach(host::await);
        String together = value(1, "$meta") + "" + value(2, "$meta") + value(3, "$meta");
        for (int i = 0; i < 40; i++) {
            assertThat(together.split("\"k" + i + "\":", -1)).as("k" + i).hasSize(3);
        }
    }
}
