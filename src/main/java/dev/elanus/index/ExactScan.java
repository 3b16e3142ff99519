package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.TopK;

/** Every allowed row of a column compared with the query. */
final class ExactScan {
    private ExactScan() {}

    static Hits search(Kernels kernels, Metric metric, Column vectors, Column keys, IndexQuery query) {
        if (vectors instanceof BytesColumn lists
                && (query.vector() instanceof QueryVector.Floats || query.vector() instanceof QueryVector.Bits)) {
            return ElementScan.search(kernels, metric, lists, keys, query);
        }
        TopK top = new TopK(Math.max(1, Math.min(query.k(), vectors.rowCount())));
        if (vectors instanceof VectorColumn dense && dense.isAbsent()) {
            return Hits.of(top, metric, keys, 0);
        }
        int elementBytes =
                query.param(VectorIndexRules.ELEMENT_BITS, VectorIndexRules.DEFAULT_ELEMENT_BITS) / Byte.SIZE;
        RowScorer scorer = RowScorer.of(kernels, metric, vectors, query.vector(), elementBytes);
        boolean leavesOutNaN =
                !(query.vector() instanceof QueryVector.Floats || query.vector() instanceof QueryVector.Bits);
        long[] scanned = new long[1];
        RowBatches.forEach(query.allowed(), vectors.rowCount(), (rows, count, found) -> {
            scorer.of(rows, count, found);
            for (int i = 0; i < count; i++) {
                float distance = metric.toDistance(found[i]);
                boolean isHit = query.range().contains(distance) || Float.isNaN(distance) && !leavesOutNaN;
                if (isHit && !vectors.isNull(rows[i])) {
                    top.offer(distance, rows[i]);
                }
            }
            scanned[0] += count;
        });
        return Hits.of(top, metric, keys, scanned[0]);
    }
}
