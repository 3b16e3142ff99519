package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.engine.Maintenance;
import dev.elanus.engine.NewCollection;
import dev.elanus.engine.NewIndex;
import dev.elanus.engine.WriteResult;
import dev.elanus.error.Busy;
import dev.elanus.host.MachineHost;
import dev.elanus.log.LogLimits;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.storage.FolderStore;
import dev.elanus.storage.S3Server;
import dev.elanus.storage.StoreTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Durable writes into an S3 server with latencies added as of a distant store: rows a second and acknowledgement times of one process, the shares
 * of eight processes on one collection, how soon another process sees a row, and how many bytes a million rows cost until they are sealed, indexed
 * and compacted.
 *
 * <p>{@code IngestBench [SECONDS [DIMENSION [ROWS]]]}: the last part only if ROWS is given. Starts an S3 server of its own.
 */
public final class IngestBench {
    private static final CollectionName NAME = CollectionName.of("ingest");
    private static final int CLIENTS = 16;
    private static final int ROWS = 250;
    private static final int WRITERS = 8;

    private final MachineHost host = new MachineHost();
    private final S3Server server;
    private final Path folder;
    private final int seconds;
    private final int dimension;
    private final AtomicLong nextKey = new AtomicLong();
    private int databases;

    private IngestBench(S3Server server, Path folder, int seconds, int dimension) {
        this.server = server;
        this.folder = folder;
        this.seconds = seconds;
        this.dimension = dimension;
    }

    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int dimension = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 768;
        try (BenchFolder folder = BenchFolder.create("ingest");
                S3Server server =
                        S3Server.start(Files.createDirectories(folder.path().resolve("s3")))) {
            IngestBench bench = new IngestBench(server, folder.path(), seconds, dimension);
            bench.onlyOneProcess();
            bench.eightProcesses();
            bench.visibility();
            if (arguments.length > 2) {
                bench.amplification(Integer.parseInt(arguments[2]));
            }
        }
        System.exit(0);
    }

    private DistantStore store(String bucket) {
        return new DistantStore(server.settings(bucket).open(host, new StoreTraffic()), host);
    }

    private ElanusDatabase open(DistantStore store) {
        LogLimits limits = new LogLimits(64L << 30, 1L << 30, 8L << 20, Duration.ofMinutes(10));
        return ElanusDatabase.open(
                store,
                host,
                EngineSettings.defaults(folder.resolve("local-" + databases++))
                        .withLimits(limits)
                        .withMaintenance(false));
    }

    private void create(ElanusDatabase database) {
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(
                        Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                        Field.vector(0, "vector", dimension)),
                false);
        database.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
        database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", "AUTOINDEX", "metric_type", "L2")));
        database.load(NAME);
    }

    /** A request's rows: one block of random vectors is enough, since nobody searches them. */
    private Columns rows(int count) {
        long first = nextKey.getAndAdd(count);
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = first + i;
        }
        Map<Integer, Column> columns = Map.of(100, FixedColumn.ofLongs(keys), 101, vectors(count));
        return new Columns(count, columns);
    }

    private VectorColumn vectors(int count) {
        SplittableRandom random = new SplittableRandom(7);
        float[][] vectors = new float[count][dimension];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimension; i++) {
                vector[i] = (float) random.nextDouble();
            }
        }
        return VectorColumn.of(vectors, dimension);
    }

    private void onlyOneProcess() {
        try (DistantStore store = store("one");
                ElanusDatabase database = open(store)) {
            create(database);
            Load warm = new Load(List.of(database), CLIENTS, Math.max(3, seconds / 3));
            warm.run();
            long bytesBefore = store.bytesWritten();
            long putsBefore = store.puts();
            Load load = new Load(List.of(database), CLIENTS, seconds);
            load.run();
            System.out.printf(
                    "one process, %d clients of %d rows x %d: %,.0f rows/s, %.0f MB/s, acknowledged p50 %.0f ms, p99 %.0f ms,"
                            + " %.1f MB a batch, bytes put %.2f of bytes given%n",
                    CLIENTS,
                    ROWS,
                    dimension,
                    load.rowsPerSecond(),
                    load.rowsPerSecond() * dimension * 4 / 1e6,
                    load.percentile(0.5),
                    load.percentile(0.99),
                    (store.bytesWritten() - bytesBefore) / 1e6 / (store.puts() - putsBefore),
                    (store.bytesWritten() - bytesBefore) / (double) (load.rows() * (dimension * 4L + 8)));
        }
    }

    private void eightProcesses() {
        List<ElanusDatabase> processes = new ArrayList<>();
        try {
            for (int writer = 0; writer < WRITERS; writer++) {
                processes.add(open(store("eight")));
            }
            create(processes.getFirst());
            new Load(processes, 1, Math.max(3, seconds / 3)).run();
            Load load = new Load(processes, 1, seconds);
            load.run();
            long[] shares = load.shares();
            System.out.printf(
                    "%d processes, 1 client each: %,.0f rows/s, acknowledged p50 %.0f ms, p99 %.0f ms; shares of the rows, in"
                            + " percent: %s%n",
                    WRITERS,
                    load.rowsPerSecond(),
                    load.percentile(0.5),
                    load.percentile(0.99),
                    Arrays.toString(Arrays.stream(shares)
                            .map(rows -> Math.round(100.0 * rows / load.rows()))
                            .toArray()));
        } finally {
            processes.forEach(ElanusDatabase::close);
        }
    }

    private void visibility() {
        try (ElanusDatabase writer = open(store("visible"));
                ElanusDatabase reader = open(store("visible"))) {
            create(writer);
            double[] millis = new double[40];
            for (int i = 0; i < millis.length; i++) {
                long before = count(reader);
                writer.insert(NAME, "", rows(1), 0);
                long acknowledged = System.nanoTime();
                while (count(reader) == before) {
                    host.pause(Duration.ofMillis(2));
                }
                millis[i] = (System.nanoTime() - acknowledged) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    "seen by another process at Bounded after its acknowledgement: p50 %.0f ms, max %.0f ms%n",
                    millis[millis.length / 2], millis[millis.length - 1]);
        }
    }

    /** Bytes that are put until nothing is left to do, over bytes of the rows, in a folder that answers at once. */
    private void amplification(int rowCount) {
        int batch = 1_000;
        DistantStore store = new DistantStore(new FolderStore(folder.resolve("amplified"), host), host, 0);
        EngineSettings settings = EngineSettings.defaults(folder.resolve("amplified-local"));
        long start = System.nanoTime();
        try (ElanusDatabase database = ElanusDatabase.open(store, host, settings);
                Maintenance jobs = Maintenance.open(store, host, settings.withMaintenance(false))) {
            create(database);
            for (int from = 0; from < rowCount; from += batch) {
                insert(database, rows(batch));
            }
            database.flush(NAME);
            while (!jobs.plan(NAME).isEmpty()) {
                host.pause(Duration.ofMillis(500));
            }
            System.out.printf(
                    "%,d rows x %d in batches of %,d, sealed, indexed and joined: %.2f bytes put for each given, %d segments, %.0f s%n",
                    rowCount,
                    dimension,
                    batch,
                    store.bytesWritten() / (rowCount * (dimension * 4.0 + 8)),
                    database.segments(NAME).size(),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    /** Inserts as clients do, who come again when they are told to. */
    private void insert(ElanusDatabase database, Columns rows) {
        while (true) {
            try {
                database.insert(NAME, "", rows, 0);
                return;
            } catch (Busy _) {
                host.pause(Duration.ofMillis(100));
            }
        }
    }

    private static long count(ElanusDatabase database) {
        return database.query(new QueryRequest(
                        NAME,
                        List.of(),
                        FilterText.everything(),
                        List.of("count(*)"),
                        -1,
                        0,
                        new ReadPoint(ConsistencyLevel.BOUNDED, 0),
                        Duration.ofMinutes(1)))
                .count()
                .orElseThrow();
    }

    /** Clients that write one request after the other for some seconds. */
    private final class Load {
        private final List<ElanusDatabase> processes;
        private final int clients;
        private final int duration;
        private final long[] shares;
        private double[] millis = {};
        private double elapsed;

        Load(List<ElanusDatabase> processes, int clients, int duration) {
            this.processes = processes;
            this.clients = clients;
            this.duration = duration;
            this.shares = new long[processes.size()];
        }

        void run() {
            long start = System.nanoTime();
            List<CompletableFuture<List<Double>>> pending = new ArrayList<>();
            for (int process = 0; process < processes.size(); process++) {
                for (int client = 0; client < clients; client++) {
                    int at = process;
                    pending.add(host.start(() -> write(processes.get(at), at, start)));
                }
            }
            millis = pending.stream()
                    .flatMap(client -> host.await(client).stream())
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            elapsed = (System.nanoTime() - start) / 1e9;
        }

        private List<Double> write(ElanusDatabase database, int process, long start) {
            List<Double> times = new ArrayList<>();
            VectorColumn vectors = vectors(ROWS);
            while (System.nanoTime() - start < duration * 1e9) {
                long first = nextKey.getAndAdd(ROWS);
                long[] keys = IntStream.range(0, ROWS).mapToLong(i -> first + i).toArray();
                long began = System.nanoTime();
                WriteResult result = database.insert(
                        NAME, "", new Columns(ROWS, Map.of(100, FixedColumn.ofLongs(keys), 101, vectors)), 0);
                times.add((System.nanoTime() - began) / 1e6);
                synchronized (shares) {
                    shares[process] += result.count();
                }
            }
            return times;
        }

        long rows() {
            return Arrays.stream(shares).sum();
        }

        long[] shares() {
            return shares;
        }

        double rowsPerSecond() {
            return rows() / elapsed;
        }

        double percentile(double share) {
            return millis[(int) Math.min(millis.length - 1, share * millis.length)];
        }
    }
}
