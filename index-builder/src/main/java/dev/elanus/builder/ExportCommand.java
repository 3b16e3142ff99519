package dev.elanus.builder;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.NewIndex;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.OutputRows;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.ReadPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a collection to Parquet files, a page of rows in memory at a time. */
@Command(
        name = "export",
        description = "Writes a collection, or a snapshot of it, to Parquet files that pandas, DuckDB and Milvus read."
                + " What is exported is a clone that is dropped at the end, so that writes may go on.",
        mixinStandardHelpOptions = true)
class ExportCommand implements Callable<Integer> {
    private static final int MAX_PAGE_ROWS = 16_384;
    private static final long PAGE_BYTES = 32L << 20;
    private static final int USUAL_TEXT_BYTES = 1_024;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Option(names = "--snapshot", defaultValue = "", description = "Export this snapshot instead of what is there now.")
    String snapshot = "";

    @Option(
            names = "--file-bytes",
            defaultValue = "536870912",
            description = "Begin another file after this many bytes (default: ${DEFAULT-VALUE}).")
    long fileBytes;

    @Parameters(paramLabel = "FOLDER", description = "Where the files go: an empty folder, or one that is made.")
    Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        try (var there = Files.newDirectoryStream(folder, "*.parquet")) {
            if (there.iterator().hasNext()) {
                throw new Invalid("export: expected a folder without Parquet files, found some in " + folder);
            }
        }
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            CollectionName name = options.one();
            CollectionName copy =
                    CollectionName.of("export_%016x".formatted(host.random().nextLong()));
            if (snapshot.isEmpty()) {
                database.cloneCollection(name, copy);
            } else {
                database.restoreSnapshot(name, snapshot, copy);
            }
            try {
                makeReadable(database, copy);
                long rows = write(database, copy);
                System.out.println("%s: %,d rows written to %s".formatted(name.name(), rows, folder));
            } finally {
                database.dropCollection(copy);
            }
            return 0;
        }
    }

    /** A collection is read once it is loaded, and loaded once its vectors have an index; FLAT is one that costs nothing. */
    private static void makeReadable(Database database, CollectionName copy) {
        CollectionDescription collection = database.describeCollection(copy);
        if (collection.loaded()) {
            return;
        }
        List<String> indexed = database.describeIndexes(copy).stream()
                .map(index -> index.fieldName())
                .toList();
        for (Field field : collection.schema().vectorFields()) {
            if (!indexed.contains(field.name())) {
                database.createIndex(
                        new NewIndex(copy, field.name(), "", Map.of("index_type", "FLAT", "metric_type", "L2")));
            }
        }
        database.load(copy);
    }

    private long write(Database database, CollectionName copy) throws IOException {
        CollectionSchema schema = database.describeCollection(copy).schema();
        Field key = schema.primaryKey();
        long total = database.rowCount(copy);
        long rows = 0;
        int pageRows = pageRows(schema);
        String after = "";
        ParquetFile file = null;
        int number = 0;
        try {
            while (true) {
                OutputRows page = page(database, copy, after, pageRows);
                if (file == null) {
                    file = new ParquetFile(folder.resolve("part-%05d.parquet".formatted(number++)), schema);
                }
                file.add(page);
                rows += page.rowCount();
                if (page.rowCount() < pageRows) {
                    return rows;
                }
                System.err.println("%,d of %,d rows".formatted(rows, total));
                Column keys = page.columns().stream()
                        .filter(column -> column.field().id() == key.id())
                        .findFirst()
                        .orElseThrow()
                        .column();
                after = key.name() + " > " + literal(Keys.valueAt(keys, page.rowCount() - 1));
                if (file.sizeBytes() >= fileBytes) {
                    file.close();
                    file = null;
                }
            }
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }

    private static OutputRows page(Database database, CollectionName copy, String filter, int rows) {
        return database.query(new QueryRequest(
                        copy,
                        List.of(),
                        FilterText.of(filter),
                        List.of("*"),
                        rows,
                        0,
                        new ReadPoint(ConsistencyLevel.EVENTUALLY, 0),
                        Duration.ofMinutes(10)))
                .output();
    }

    /** So many rows that a page is some 32 MB, with texts of a usual length. */
    private static int pageRows(CollectionSchema schema) {
        long rowBytes = 0;
        for (Field field : schema.fields()) {
            rowBytes += switch (field.type()) {
                case VARCHAR -> Math.min(field.maxLength(), USUAL_TEXT_BYTES);
                case JSON, ARRAY, ARRAY_OF_VECTOR, GEOMETRY, SPARSE_FLOAT_VECTOR -> USUAL_TEXT_BYTES;
                case BOOL,
                        INT8,
                        INT16,
                        INT32,
                        INT64,
                        FLOAT,
                        DOUBLE,
                        TIMESTAMPTZ,
                        BINARY_VECTOR,
                        FLOAT_VECTOR,
                        FLOAT16_VECTOR,
                        BFLOAT16_VECTOR,
                        INT8_VECTOR -> field.rowWidth();
            };
        }
        return Math.clamp(PAGE_BYTES / Math.max(1, rowBytes), 1, MAX_PAGE_ROWS);
    }

    private static String literal(Object key) {
        return key instanceof String text
                ? "\""
                        + text.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r") + "\""
                : key.toString();
    }
}
