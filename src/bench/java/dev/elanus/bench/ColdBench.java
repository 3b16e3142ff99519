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
import dev.elanus.host.MachineHost;
import dev.elanus.log.LogLimits;
import dev.elanus.maintenance.Policy;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.RequestCost;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.HedgedStore;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.S3Server;
import dev.elanus.storage.StoreTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * The first search of a process that knows nothing, on a sealed collection in S3: dependent waves, requests, bytes and time, with latencies
 * added as of a distant store (log-normal, median 30 ms, 99th percentile 80 ms; 90 MB/s a stream).
 *
 * <p>{@code ColdBench BASE QUERIES [KIND,… [ROWS [SEGMENTS]]]}: files as in {@link Workload}; where ROWS is more than BASE has, its rows are repeated with
 * noise. Starts an S3 server of its own.
 */
public final class ColdBench {
    private static final int BATCH = 2_000;
    private static final int STARTS = 100;
    /** Search parameters by which each kind comes close to a scan of every row. */
    private static final Map<String, String> ALL_CLUSTERS =
            Map.of("nprobe", "65536", "ef", "2000", "search_list", "2000");
    /** Of each component of a repeated row. */
    private static final List<String> KINDS = List.of("AUTOINDEX", "IVF_FLAT", "DISKANN", "HNSW", "FLAT");

    private final MachineHost host = new MachineHost();
    private final Supplier<ObjectStore> stores;
    private final Path folder;
    private final VectorColumn base;
    private final VectorColumn queries;
    private final int rowCount;
    private final int segments;

    private ColdBench(
            Supplier<ObjectStore> stores,
            Path folder,
            VectorColumn base,
            VectorColumn queries,
            int rowCount,
            int segments) {
        this.stores = stores;
        this.folder = folder;
        this.base = base;
        this.queries = queries;
        this.rowCount = rowCount;
        this.segments = segments;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: bench cold BASE QUERIES [KIND,… [ROWS [SEGMENTS]]]");
            System.exit(2);
        }
        List<String> kinds = arguments.length > 2 ? List.of(arguments[2].split(",")) : KINDS;
        try (BenchFolder folder = BenchFolder.create("cold");
                S3Server server =
                        S3Server.start(Files.createDirectories(folder.path().resolve("s3")));
                MachineHost host = new MachineHost()) {
            VectorColumn base = Workload.read(Path.of(arguments[0]));
            ColdBench bench = new ColdBench(
                    () -> server.settings("bench").open(host, new StoreTraffic()),
                    folder.path(),
                    base,
                    Workload.read(Path.of(arguments[1])),
                    arguments.length > 3 ? Integer.parseInt(arguments[3]) : base.rowCount(),
                    arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1);
            System.out.printf(
                    "%,d x %d, %d segments, %d fresh processes for each line%n",
                    bench.rowCount, base.dimension(), bench.segments, STARTS);
            System.out.println("kind       output  waves  requests      bytes   p50 ms   p99 ms  then warm ms");
            for (String kind : kinds) {
                bench.build(kind);
                bench.printRecall(kind);
                bench.measure(kind, List.of());
                bench.measure(kind, List.of("label"));
            }
        }
        System.exit(0);
    }

    private void build(String kind) {
        CollectionName name = CollectionName.of(kind.toLowerCase());
        try (ElanusDatabase database = ElanusDatabase.open(
                stores.get(),
                host,
                EngineSettings.defaults(folder.resolve("build"))
                        .withMaintenance(false)
                        .withLimits(unlimited()))) {
            CollectionSchema schema = new CollectionSchema(
                    "",
                    List.of(
                            Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                            Field.vector(0, "vector", base.dimension()),
                            Field.scalar(0, "label", DataType.INT64)),
                    false);
            database.createCollection(new NewCollection(name, schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
            database.createIndex(new NewIndex(name, "vector", "", Map.of("index_type", kind, "metric_type", "L2")));
            database.load(name);
            int sealedRows = 0;
            for (int from = 0; from < rowCount; from += BATCH) {
                int[] rows = range(from, Math.min(from + BATCH, rowCount));
                Column ids =
                        FixedColumn.ofLongs(Arrays.stream(rows).asLongStream().toArray());
                Column labels = FixedColumn.ofLongs(
                        LongStream.range(0, rows.length).map(i -> i % 10).toArray());
                Columns columns = new Columns(rows.length, Map.of(100, ids, 101, vectors(rows), 102, labels));
                database.insert(name, "", columns, 0);
                if (from + BATCH - sealedRows >= rowCount / segments) {
                    database.flush(name);
                    sealedRows = from + BATCH;
                }
            }
            database.flush(name);
        }
        try (Maintenance jobs = Maintenance.open(
                stores.get(),
                host,
                EngineSettings.defaults(folder.resolve("build")).withPolicy(withoutJoining()))) {
            jobs.run(name, false);
        }
    }

    private static LogLimits unlimited() {
        LogLimits usual = LogLimits.defaults();
        return new LogLimits(Long.MAX_VALUE, usual.queuedBytes(), usual.batchBytes(), usual.lookAge());
    }

    private void printRecall(String kind) {
        CollectionName name = CollectionName.of(kind.toLowerCase());
        try (ElanusDatabase database = ElanusDatabase.open(
                stores.get(),
                host,
                EngineSettings.defaults(folder.resolve("build")).withMaintenance(false))) {
            database.describeIndexes(name)
                    .forEach(index -> System.out.println(
                            kind + ": recall@10 measured when it was built, of the worst segment: " + index.recall()));
            System.out.printf("%s: recall@10 of all segments together: %.3f%n", kind, recall(database, kind));
        }
    }

    /** Against a scan of every row, as far as scores tell: equal ones are equally good. */
    private double recall(ElanusDatabase database, String kind) {
        int found = 0;
        int count = Math.min(STARTS, queries.rowCount());
        for (int query = 0; query < count; query++) {
            float[] vector = queries.floatsAt(query);
            float[] exact = database.search(request(kind, vector, List.of(), ALL_CLUSTERS))
                    .scores();
            float[] scores =
                    database.search(request(kind, vector, List.of(), Map.of())).scores();
            for (float score : scores) {
                found += score <= exact[exact.length - 1] * 1.00001f ? 1 : 0;
            }
        }
        return found / (10.0 * count);
    }

    /** The default policy, but segments stay as they were sealed. */
    private static Policy withoutJoining() {
        Policy usual = Policy.defaults();
        return new Policy(
                usual.sealBytes(),
                usual.sealAge(),
                0,
                usual.fanIn(),
                usual.deletedShare(),
                usual.grace(),
                usual.longGrace(),
                usual.tombstone());
    }

    private VectorColumn vectors(int[] rows) {
        if (rows[rows.length - 1] < base.rowCount()) {
            return base.select(rows);
        }
        float[][] noisy = new float[rows.length][];
        Arrays.setAll(noisy, i -> Workload.row(base, rows[i]));
        return VectorColumn.of(noisy, base.dimension());
    }

    private void measure(String kind, List<String> output) throws IOException {
        double[] millis = new double[STARTS];
        double warm = 0;
        RequestCost worst = new RequestCost(0, 0, 0, 0, 0, 0);
        for (int start = 0; start < STARTS; start++) {
            Path local = Files.createTempDirectory(folder, "local-");
            // Hedging belongs to how a process reads, so it must see the added latencies.
            ObjectStore distant = new HedgedStore(new DistantStore(stores.get(), host), host, new StoreTraffic());
            try (ElanusDatabase database = ElanusDatabase.open(
                    distant, host, EngineSettings.defaults(local).withMaintenance(false))) {
                SearchRequest request = request(kind, queries.floatsAt(start % queries.rowCount()), output, Map.of());
                long begin = System.nanoTime();
                SearchResult result = database.search(request);
                millis[start] = (System.nanoTime() - begin) / 1e6;
                RequestCost cost = result.cost();
                if (cost.gets() > worst.gets() || cost.waves() > worst.waves()) {
                    worst = cost;
                }
                begin = System.nanoTime();
                database.search(request);
                warm += (System.nanoTime() - begin) / 1e6 / STARTS;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "%-10s %-7s %5d  %8d  %9d  %7.1f  %7.1f  %12.1f%n",
                kind,
                output.isEmpty() ? "-" : "yes",
                worst.waves(),
                worst.gets(),
                worst.bytesRead(),
                millis[STARTS / 2],
                millis[STARTS * 99 / 100],
                warm);
    }

    private static SearchRequest request(String kind, float[] vector, List<String> output, Map<String, String> params) {
        return new SearchRequest(
                CollectionName.of(kind.toLowerCase()),
                List.of(),
                null,
                List.of(SearchTarget.of(vector)),
                10,
                0,
                FilterText.everything(),
                output,
                null,
                params,
                -1,
                false,
                new ReadPoint(null, 0),
                Duration.ofMinutes(1));
    }

    private static int[] range(int from, int to) {
        int[] rows = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = from + i;
        }
        return rows;
    }
}
