package dev.elanus.builder;

import dev.elanus.column.Columns;
import dev.elanus.engine.Database;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads Parquet files into a collection, a batch of rows in memory at a time. */
@Command(
        name = "import",
        description = "Adds the rows of Parquet files to a collection, one column a field; dynamic keys in $meta. Rows"
                + " replace those of the same keys, so that an import that was cut off is simply run again. Where"
                + " keys are generated, rows are added, with new keys.",
        mixinStandardHelpOptions = true)
class ImportCommand implements Callable<Integer> {
    /** Sealed after so many bytes, so that the log never fills where no server seals it. */
    private static final long SEAL_BYTES = 256L << 20;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Parquet files, or folders of them.")
    List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            CollectionName name = options.one();
            CollectionSchema schema = database.describeCollection(name).schema();
            boolean generated = schema.primaryKey().autoId();
            long rows = 0;
            long unsealed = 0;
            for (Path file : parquetFiles()) {
                try (ParquetRows source = new ParquetRows(file, schema)) {
                    for (Columns batch = source.next(); batch.rowCount() > 0; batch = source.next()) {
                        if (generated) {
                            database.insert(name, "", batch, 0);
                        } else {
                            database.upsert(name, "", batch, 0);
                        }
                        rows += batch.rowCount();
                        unsealed += batch.sizeBytes();
                        if (unsealed >= SEAL_BYTES) {
                            database.flush(name);
                            unsealed = 0;
                        }
                    }
                }
                System.err.println("%s: %,d rows so far".formatted(file, rows));
            }
            database.flush(name);
            System.out.println("%s: %,d rows read".formatted(name.name(), rows));
            return 0;
        }
    }

    private List<Path> parquetFiles() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path given : files) {
            if (!Files.isDirectory(given)) {
                all.add(given);
                continue;
            }
            List<Path> inside = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(given, "*.parquet")) {
                entries.forEach(inside::add);
            }
            if (inside.isEmpty()) {
                throw new Invalid("import: expected Parquet files in " + given + ", found none");
            }
            all.addAll(inside.stream().sorted().toList());
        }
        return all;
    }
}
