package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.index.Hits;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.testing.VectorFiles;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Recall at 10 and CPU time per query under filters, L2, default parameters: rows allowed by chance from all to one
 * in a thousand, and by a label if a file of labels is given: rows of the query's own label, which are near, and
 * those of another, which are far; times beside those without a filter.
 *
 * <p>{@code FilterBench BASE QUERIES KIND,… [LABELS QUERY_LABELS]}: files as {@link WarmBench} reads them; labels
 * are IDX of one byte each.
 */
public final class FilterBench {
    private static final int K = 10;
    private static final int QUERIES = 200;
    private static final int WARM_UP = 8;
    private static final int REPETITIONS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final MachineHost host = new MachineHost();
    private final Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
    private final VectorColumn base;
    private final Column keys;
    private final float[][] queries = new float[QUERIES][];

    private FilterBench(Path basePath, Path queryPath) {
        base = Workload.read(basePath);
        keys = FixedColumn.ofLongs(LongStream.range(0, base.rowCount()).toArray());
        VectorColumn read = Workload.read(queryPath);
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = read.floatsAt(i);
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3 && arguments.length != 5) {
            System.err.println("usage: bench filter BASE QUERIES KIND,… [LABELS QUERY_LABELS]");
            System.exit(2);
        }
        FilterBench bench = new FilterBench(Path.of(arguments[0]), Path.of(arguments[1]));
        byte[] labels = arguments.length == 5 ? VectorFiles.file(Path.of(arguments[3])) : new byte[0];
        byte[] queryLabels = arguments.length == 5 ? VectorFiles.file(Path.of(arguments[4])) : new byte[0];
        for (String kind : List.of(arguments[2].split(","))) {
            bench.measure(kind, labels, queryLabels);
        }
        bench.host.close();
    }

    private interface Filter {
        @Nullable
        RowSet allowed(int query);
    }

    private void measure(String kind, byte[] labels, byte[] queryLabels) throws IOException {
        Workload.Built built = Workload.build(indexes, kind, base, keys);
        System.out.printf("%s: built in %.1f core-seconds%n", kind, built.coreSeconds());
        for (int i = 0; i < WARM_UP; i++) {
            time(built, _ -> null);
            time(built, _ -> byChance(0.1));
        }
        double unfiltered = time(built, _ -> null);
        report(kind, built, _ -> null, unfiltered);
        for (double share : new double[] {0.99, 0.5, 0.1, 0.03, 0.01, 0.001}) {
            RowSet rows = byChance(share);
            report("%s, %.1f %% by chance".formatted(kind, 100 * share), built, _ -> rows, unfiltered);
        }
        if (labels.length > 0) {
            report(kind + ", own label", built, query -> byLabel(labels, queryLabels[8 + query]), unfiltered);
            report(
                    kind + ", other label",
                    built,
                    query -> byLabel(labels, (queryLabels[8 + query] + 5) % 10),
                    unfiltered);
        }
    }

    private void report(String name, Workload.Built built, Filter filter, double unfiltered) {
        int found = 0;
        int wanted = 0;
        long scanned = 0;
        for (int i = 0; i < QUERIES; i++) {
            IndexQuery query = new IndexQuery(queries[i], K, filter.allowed(i), Map.of());
            Hits hits = built.search(indexes, query);
            scanned += hits.rowsScanned();
            Hits exact = indexes.exact(Metric.L2, base, keys, query);
            float bound = exact.scores()[exact.scores().length - 1] * 1.000001f;
            wanted += exact.scores().length;
            for (float score : hits.scores()) {
                found += score <= bound ? 1 : 0;
            }
        }
        double micros = time(built, filter);
        System.out.printf(
                "%-32s recall %.4f, %.0f us, %.2f of unfiltered, %d rows compared%n",
                name, (double) found / wanted, micros, micros / unfiltered, scanned / QUERIES);
    }

    /** Mean CPU microseconds a query, the median of some repetitions. */
    private double time(Workload.Built built, Filter filter) {
        IndexQuery[] asked = new IndexQuery[QUERIES];
        Arrays.setAll(asked, i -> new IndexQuery(queries[i], K, filter.allowed(i), Map.of()));
        double[] micros = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (IndexQuery query : asked) {
                built.search(indexes, query);
            }
            micros[i] = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / QUERIES;
        }
        Arrays.sort(micros);
        return micros[REPETITIONS / 2];
    }

    private RowSet byChance(double share) {
        SplittableRandom random = new SplittableRandom(1);
        RowSet rows = RowSet.none(base.rowCount());
        for (int row = 0; row < base.rowCount(); row++) {
            if (random.nextDouble() < share) {
                rows.add(row);
            }
        }
        return rows;
    }

    private RowSet byLabel(byte[] labels, int label) {
        RowSet rows = RowSet.none(base.rowCount());
        for (int row = 0; row < base.rowCount(); row++) {
            if (labels[8 + row] == label) {
                rows.add(row);
            }
        }
        return rows;
    }
}
