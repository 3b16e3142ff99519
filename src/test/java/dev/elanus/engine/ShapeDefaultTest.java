package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Geometries;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.QueryResult;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Geometry fields with a default, which is text in a schema and a shape in rows. */
class ShapeDefaultTest {
    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private final MemoryStore store = new MemoryStore(host.clock());
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    @Test
    void rowsThatSayNothingHaveTheDefaultAlsoWhereTheFieldWasAddedLater() {
        create(shape("place", "POINT (1 2)"));
        insert(0, 2);
        assertThat(shapes("place", "")).containsExactly("POINT (1 2)", "POINT (1 2)");
        assertThat(shapes("place", "st_within(place, 'POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0))')"))
                .hasSize(2);
        database.alterations()
                .addField(NAME, shape("more", "LINESTRING (0 0, 1 1)").asNullable());
        insert(2, 3);
        assertThat(shapes("more", "")).hasSize(3).containsOnly("LINESTRING (0 0, 1 1)");
        assertThat(database.describeCollection(NAME).schema().field("more").defaultValue())
                .isEqualTo("LINESTRING (0 0, 1 1)");
        try (ElanusDatabase reopened = DatabaseFixture.open(store, host, folder.resolve("again"))) {
            assertThat(reopened.describeCollection(NAME).schema().field("place").defaultValue())
                    .isEqualTo("POINT (1 2)");
        }
    }

    @Test
    void aDefaultThatIsNoShapeIsRefused() {
        assertThatThrownBy(() -> create(shape("place", "POINT (one two)")))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("default value of field place: ");
        create(shape("place", "POINT (1 2)"));
        assertThatThrownBy(() -> database.alterations()
                        .addField(NAME, shape("more", "square").asNullable()))
                .hasMessageStartingWith("default value of field more: ");
        assertThatThrownBy(() -> database.alterations()
                        .addField(
                                NAME,
                                Field.scalar(0, "more", DataType.GEOMETRY)
                                        .asNullable()
                                        .withDefault(1L)))
                .hasMessageContaining("is not equal to the type(Long) of default_value");
    }

    private static Field shape(String name, String wkt) {
        return Field.scalar(0, name, DataType.GEOMETRY).withDefault(wkt);
    }

    private void create(Field shape) {
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false), Field.vector(0, "v", 2), shape),
                false);
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
        database.createIndex(new NewIndex(NAME, "v", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        database.load(NAME);
    }

    private void insert(long from, long to) {
        long[] keys = java.util.stream.LongStream.range(from, to).toArray();
        database.insert(
                NAME,
                "",
                new Columns(
                        keys.length,
                        Map.of(
                                DatabaseFixture.KEY,
                                FixedColumn.ofLongs(keys),
                                DatabaseFixture.VECTOR,
                                VectorColumn.of(new float[keys.length][2], 2))),
                0);
    }

    private List<String> shapes(String field, String filter) {
        QueryResult result = DatabaseFixture.query(database, filter, List.of(field), 10);
        BytesColumn shapes = (BytesColumn) result.output().columns().stream()
                .filter(column -> column.field().name().equals(field))
                .findFirst()
                .orElseThrow()
                .column();
        return IntStream.range(0, shapes.rowCount())
                .mapToObj(row -> Geometries.wkt(shapes.bytesAt(row)))
                .toList();
    }
}
