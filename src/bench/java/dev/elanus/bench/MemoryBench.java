package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.index.Hits;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Searches of an index that is larger than memory: queries a second on one thread with all of it in memory, and then with a limit that leaves a share of
 * the vectors' float32 size beside what the process has itself, set by a cgroup (version 1; Linux, as root). Queries follow each other without
 * repetition, so that none finds the pages of its twin.
 *
 * <p>{@code MemoryBench BASE QUERIES ROWS KIND,… [SHARE]}: the share is 8 for an eighth, the default.
 */
public final class MemoryBench {
    private static final int K = 10;
    private static final int CHECKED = 50;
    private static final int WARM_UP = 3;
    private static final Path GROUP = Path.of("/sys/fs/cgroup/memory/elanus-bench");

    private MemoryBench() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 4 || arguments.length > 5) {
            System.err.println("usage: bench memory BASE QUERIES ROWS KIND,… [SHARE]");
            System.exit(2);
        }
        int share = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 8;
        VectorColumn base = Workload.enlarged(Workload.read(Path.of(arguments[0])), Integer.parseInt(arguments[2]));
        VectorColumn read = Workload.read(Path.of(arguments[1]));
        float[][] queries = new float[Math.min(1000, read.rowCount())][];
        Arrays.setAll(queries, read::floatsAt);
        Column keys = FixedColumn.ofLongs(LongStream.range(0, base.rowCount()).toArray());
        try (MachineHost host = new MachineHost()) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            float[] bounds = new float[CHECKED];
            for (int i = 0; i < CHECKED; i++) {
                Hits exact = indexes.exact(Metric.L2, base, keys, new IndexQuery(queries[i], K, null, Map.of()));
                bounds[i] = exact.scores()[K - 1] * 1.00001f;
            }
            for (String kind : arguments[3].split(",")) {
                measure(indexes, kind, base, keys, queries, bounds, share);
            }
        }
    }

    private static void measure(
            Indexes indexes, String kind, VectorColumn base, Column keys, float[][] queries, float[] bounds, int share)
            throws IOException {
        Workload.Built built = Workload.build(indexes, kind, base, keys);
        for (int i = 0; i < WARM_UP; i++) {
            perSecond(indexes, built, queries);
        }
        double within = perSecond(indexes, built, queries);
        double recall = recall(indexes, built, queries, bounds);
        System.gc();
        long floats = base.values().byteSize();
        long limit = (long) (BuildBench.anonymousMegabytes() * 1e6) + floats / share;
        double[] limited = limited(limit, () -> new double[] {
            perSecond(indexes, built, queries),
            perSecond(indexes, built, queries),
            recall(indexes, built, queries, bounds)
        });
        System.out.printf(
                "%s: %,d rows, index %,d MB; in memory %.0f queries/s, recall %.4f; with %,d MB for files %.0f, then %.0f queries/s: %.2f, recall %.4f%n",
                kind,
                base.rowCount(),
                built.object().byteSize() / 1_000_000,
                within,
                recall,
                floats / share / 1_000_000,
                limited[0],
                limited[1],
                limited[1] / within,
                limited[2]);
    }

    private interface Measured {
        double[] run();
    }

    /** Runs within a limit of memory that counts the files' pages. Pages that are there already belong to nobody's limit, so they are dropped. */
    private static double[] limited(long bytes, Measured measured) throws IOException {
        Files.createDirectories(GROUP);
        Files.writeString(GROUP.resolve("memory.limit_in_bytes"), Long.toString(bytes));
        // Memory that the process has already moves along.
        Files.writeString(GROUP.resolve("memory.move_charge_at_immigrate"), "1");
        Files.writeString(
                GROUP.resolve("cgroup.procs"),
                Long.toString(ProcessHandle.current().pid()));
        try {
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1");
            return measured.run();
        } finally {
            Files.writeString(
                    GROUP.getParent().resolve("cgroup.procs"),
                    Long.toString(ProcessHandle.current().pid()));
            Files.delete(GROUP);
        }
    }

    private static double perSecond(Indexes indexes, Workload.Built built, float[][] queries) {
        long start = System.nanoTime();
        for (float[] query : queries) {
            built.search(indexes, new IndexQuery(query, K, null, Map.of()));
        }
        return queries.length / ((System.nanoTime() - start) / 1e9);
    }

    private static double recall(Indexes indexes, Workload.Built built, float[][] queries, float[] bounds) {
        int found = 0;
        for (int i = 0; i < bounds.length; i++) {
            for (float score : built.search(indexes, new IndexQuery(queries[i], K, null, Map.of()))
                    .scores()) {
                found += score <= bounds[i] ? 1 : 0;
            }
        }
        return (double) found / (K * bounds.length);
    }
}
