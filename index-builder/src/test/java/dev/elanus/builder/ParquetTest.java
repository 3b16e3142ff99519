package dev.elanus.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.engine.NewCollection;
import dev.elanus.engine.NewIndex;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.OutputRows;
import dev.elanus.search.OutputRows.OutputColumn;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.storage.FolderStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is exported and imported again is what was there, whatever its types. */
class ParquetTest {
    private static final int ROWS = 1_000;

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();
    private MachineHost host;
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        host = new MachineHost(2);
        database = ElanusDatabase.open(
                new FolderStore(folder.resolve("store"), host),
                host,
                EngineSettings.defaults(folder.resolve("server")).withMaintenance(false));
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    @Test
    void everyTypeComesBackAsItWas() throws Exception {
        create("origin", DataType.VARCHAR);
        database.insert(CollectionName.of("origin"), "", rows("origin", 3), 0);
        create("copy", DataType.VARCHAR);
        run("export", "--collection", "origin", folder.resolve("out").toString());
        assertThat(Files.exists(folder.resolve("out/part-00000.parquet"))).isTrue();
        run("import", "--collection", "copy", folder.resolve("out").toString());
        assertThat(text("copy")).isEqualTo(text("origin"));
        // Again, as after an import that was cut off: nothing is there twice.
        run(
                "import",
                "--collection",
                "copy",
                folder.resolve("out/part-00000.parquet").toString());
        assertThat(database.rowCount(CollectionName.of("copy"))).isEqualTo(ROWS);
        assertThat(database.listCollections("default")).hasSize(2);
    }

    @Test
    void aSnapshotIsExportedAsItWas() {
        create("origin", DataType.INT64);
        database.insert(CollectionName.of("origin"), "", rows("origin", 4), 0);
        List<List<Object>> before = text("origin");
        database.createSnapshot(CollectionName.of("origin"), "before", "");
        database.delete(CollectionName.of("origin"), "", FilterText.of("id < 500"));
        create("copy", DataType.INT64);
        run(
                "export",
                "--collection",
                "origin",
                "--snapshot",
                "before",
                "--file-bytes",
                "1",
                folder.resolve("out").toString());
        run("import", "--collection", "copy", folder.resolve("out").toString());
        assertThat(text("copy")).isEqualTo(before);
    }

    @Test
    void aColumnThatIsNoFieldIsNamed() {
        create("origin", DataType.INT64);
        database.insert(CollectionName.of("origin"), "", rows("origin", 5), 0);
        run("export", "--collection", "origin", folder.resolve("out").toString());
        CollectionSchema small = new CollectionSchema(
                "",
                List.of(Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false), Field.vector(0, "vector", 5)),
                false);
        database.createCollection(
                new NewCollection(CollectionName.of("small"), small, ConsistencyLevel.STRONG, 1, Map.of()));
        assertThat(command(
                        "import", "--collection", "small", folder.resolve("out").toString()))
                .isNotZero();
        assertThat(errors.toString())
                .contains("expected columns of the collection's fields")
                .contains("small32");
    }

    private void create(String name, DataType keyType) {
        Field key = keyType == DataType.INT64 ? Field.scalar(0, "id", DataType.INT64) : Field.varchar(0, "id", 100);
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(
                        key.asPrimaryKey(false),
                        Field.vector(0, "vector", 5),
                        Field.scalar(0, "flag", DataType.BOOL).asNullable(),
                        Field.scalar(0, "small8", DataType.INT8),
                        Field.scalar(0, "small16", DataType.INT16).asNullable(),
                        Field.scalar(0, "small32", DataType.INT32),
                        Field.scalar(0, "single", DataType.FLOAT).asNullable(),
                        Field.scalar(0, "precise", DataType.DOUBLE),
                        Field.varchar(0, "label", 200).asNullable(),
                        Field.scalar(0, "json", DataType.JSON)),
                true);
        CollectionName collection = CollectionName.of(name);
        database.createCollection(new NewCollection(collection, schema, ConsistencyLevel.STRONG, 1, Map.of()));
        database.createIndex(new NewIndex(collection, "vector", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        database.load(collection);
    }

    private Columns rows(String name, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CollectionSchema schema =
                database.describeCollection(CollectionName.of(name)).schema();
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            ColumnBuilder builder = ColumnBuilder.of(field, ROWS);
            for (int row = 0; row < ROWS; row++) {
                if (field.nullable() && random.nextInt(4) == 0) {
                    builder.addNull();
                    continue;
                }
                switch (field.type()) {
                    case BOOL -> builder.add((long) random.nextInt(2));
                    case INT8, INT16, INT32, INT64 ->
                        builder.add(field.primaryKey() ? (long) row : random.nextInt(-128, 128));
                    case FLOAT -> builder.add((double) (float) random.nextDouble());
                    case DOUBLE -> builder.add(random.nextDouble());
                    case VARCHAR -> builder.add(field.primaryKey() ? "k\\\"'" + row + "\n" : "Äpfel " + row);
                    case JSON -> builder.add("{\"row\":" + row + "}");
                    case FLOAT_VECTOR -> builder.add(new float[] {row, 1, -2.5f, random.nextInt(), 0});
                }
            }
            columns.put(field.id(), builder.build());
        }
        return new Columns(ROWS, columns);
    }

    /** All values of all rows. */
    private List<List<Object>> text(String name) {
        OutputRows rows = database.query(new QueryRequest(
                        CollectionName.of(name),
                        List.of(),
                        FilterText.everything(),
                        List.of("*"),
                        ROWS,
                        0,
                        new ReadPoint(ConsistencyLevel.STRONG, 0),
                        Duration.ofMinutes(1)))
                .output();
        assertThat(rows.rowCount()).isEqualTo(ROWS);
        return rows.columns().stream().map(ParquetTest::values).toList();
    }

    private static List<Object> values(OutputColumn output) {
        return java.util.stream.IntStream.range(0, ROWS)
                .mapToObj(row -> output.column().isNull(row)
                        ? (Object) "null"
                        : switch (output.column()) {
                            case dev.elanus.column.BytesColumn texts -> texts.textAt(row);
                            case dev.elanus.column.FixedColumn fixed ->
                                fixed.type().isFloating() ? (Object) fixed.doubleAt(row) : (Object) fixed.longAt(row);
                            case dev.elanus.column.VectorColumn vectors ->
                                java.util.Arrays.toString(vectors.floatsAt(row));
                        })
                .toList();
    }

    private void run(String... arguments) {
        assertThat(command(arguments)).as(errors.toString()).isZero();
    }

    private int command(String... arguments) {
        CommandLine command = new Errors().sayingWhatWentWrong(new CommandLine(new BuildCommand()));
        command.setErr(new PrintWriter(errors));
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--store", folder.resolve("store").toString()));
        return command.execute(all.toArray(String[]::new));
    }
}
