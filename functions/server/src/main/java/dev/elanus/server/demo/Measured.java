package dev.elanus.server.demo;

import dev.elanus.column.Keys;
import dev.elanus.engine.Database;
import dev.elanus.host.Host;
import dev.elanus.search.RequestCost;
import dev.elanus.search.SearchResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How one kind of index did on all queries, asked one after the other.
 *
 * @param recall share of the exact ten nearest that were found
 * @param micros how long each query took, ascending, after a first round that is not counted
 * @param scanned rows whose distance was computed, a query
 * @param cost of the last query
 */
record Measured(String kind, double recall, long[] micros, long scanned, RequestCost cost) {
    private static final int TOP_K = 10;

    static Measured of(
            Database database,
            Host host,
            DemoCollection collection,
            Pictures queries,
            List<Set<Object>> truth,
            Consumer<Integer> done) {
        long[] micros = new long[queries.count()];
        int found = 0;
        long scanned = 0;
        RequestCost cost = new RequestCost(0, 0, 0, 0, 0, 0);
        for (int query = 0; query < queries.count(); query++) {
            collection.search(database, queries.vector(query), TOP_K, "");
        }
        for (int query = 0; query < queries.count(); query++) {
            float[] vector = queries.vector(query);
            long start = host.nanoTime();
            SearchResult result = collection.search(database, vector, TOP_K, "");
            micros[query] = (host.nanoTime() - start) / 1000;
            Set<Object> hits = keys(result);
            hits.retainAll(truth.get(query));
            found += hits.size();
            scanned += result.cost().rowsScanned();
            cost = result.cost();
            done.accept(query);
        }
        Arrays.sort(micros);
        double recall = (double) found / (queries.count() * TOP_K);
        return new Measured(collection.kind(), recall, micros, scanned / queries.count(), cost);
    }

    /** The keys of the exact ten nearest, a set a query. */
    static List<Set<Object>> truth(Database database, Pictures queries) {
        return java.util.stream.IntStream.range(0, queries.count())
                .mapToObj(query -> keys(DemoCollection.exact().search(database, queries.vector(query), TOP_K, "")))
                .toList();
    }

    /** Microseconds that this share of the queries did not exceed. */
    long percentile(double share) {
        return micros[(int) Math.min(micros.length - 1L, Math.round(share * micros.length))];
    }

    static String heading() {
        return String.format(
                Locale.ROOT,
                "%-10s %9s %9s %9s %9s %14s %6s %6s %10s",
                "index",
                "recall@10",
                "p50 us",
                "p95 us",
                "p99 us",
                "rows scanned",
                "waves",
                "gets",
                "bytes read");
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-10s %9.4f %9d %9d %9d %14d %6d %6d %10d",
                kind,
                recall,
                percentile(0.50),
                percentile(0.95),
                percentile(0.99),
                scanned,
                cost.waves(),
                cost.gets(),
                cost.bytesRead());
    }

    private static Set<Object> keys(SearchResult result) {
        Set<Object> keys = new HashSet<>();
        for (int row = 0; row < result.keys().rowCount(); row++) {
            keys.add(Keys.valueAt(result.keys(), row));
        }
        return keys;
    }
}
