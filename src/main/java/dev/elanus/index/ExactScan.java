package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.TopK;
import java.util.ArrayList;
import java.util.List;

/** Every allowed row of a column compared with every query, batch by batch of rows, so that queries share what is near the core. */
final class ExactScan {
    private final IndexQuery query;
    private final Metric metric;
    private final Column vectors;
    private final TopK top;
    private final RowScorer scorer;
    private final boolean leavesOutNaN;
    private long scanned;

    private ExactScan(Kernels kernels, Metric metric, Column vectors, IndexQuery query) {
        this.query = query;
        this.metric = metric;
        this.vectors = vectors;
        top = new TopK(Math.max(1, Math.min(query.k(), vectors.rowCount())));
        scorer = RowScorer.of(kernels, metric, vectors, query);
        leavesOutNaN = !isOne(query) || metric == Metric.MHJACCARD;
    }

    /** @param queries at least one, with the same rows allowed */
    static List<Hits> search(Kernels kernels, Metric metric, Column vectors, Column keys, List<IndexQuery> queries) {
        if (vectors instanceof BytesColumn lists && isOne(queries.getFirst())) {
            return queries.stream()
                    .map(query -> ElementScan.search(kernels, metric, lists, keys, query))
                    .toList();
        }
        if (vectors instanceof VectorColumn dense && dense.isAbsent()) {
            return queries.stream()
                    .map(_ -> Hits.of(new TopK(1), metric, keys, 0))
                    .toList();
        }
        List<Hits> hits = new ArrayList<>();
        for (int from = 0; from < queries.size(); from += Step.TOGETHER) {
            List<ExactScan> scans = queries.subList(from, Math.min(from + Step.TOGETHER, queries.size())).stream()
                    .map(query -> new ExactScan(kernels, metric, vectors, query))
                    .toList();
            RowBatches.forEach(queries.getFirst().allowed(), vectors.rowCount(), (rows, count, found) -> {
                for (ExactScan scan : scans) {
                    scan.offer(rows, count, found);
                }
            });
            scans.forEach(scan -> hits.add(Hits.of(scan.top, metric, keys, scan.scanned)));
        }
        return hits;
    }

    /** Whether the query is one vector of which every component counts. */
    private static boolean isOne(IndexQuery query) {
        return query.vector() instanceof QueryVector.Floats || query.vector() instanceof QueryVector.Bits;
    }

    private void offer(int[] rows, int count, float[] found) {
        scorer.of(rows, count, found);
        for (int i = 0; i < count; i++) {
            float distance = metric.toDistance(found[i]);
            boolean isHit = query.range().contains(distance) || Float.isNaN(distance) && !leavesOutNaN;
            if (isHit && !vectors.isNull(rows[i])) {
                top.offer(distance, rows[i]);
            }
        }
        scanned += count;
    }
}
