package dev.elanus.index;

import dev.elanus.column.ByteRange;
import dev.elanus.vector.SparseQuery;
import dev.elanus.vector.TermStatistics;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The search of a sparse index: with the head, the postings of the query's indexes; with those, {@link SparseWalk the best rows}; then the keys of the
 * hits.
 */
final class SparseSearch {
    private SparseSearch() {}

    static Step start(IndexExtent extent, IndexQuery query) {
        String dropped = query.params().get(VectorIndexRules.DROPPED);
        SparseQuery sparse = (SparseQuery) query.vector();
        return new Head(extent, dropped == null ? sparse : sparse.without(Double.parseDouble(dropped)), query);
    }

    /** How many rows have each of some indexes, and the rows and the sum of all values: what BM25 must know of a segment. */
    static TermStatistics statistics(IndexExtent extent, int[] terms, MemorySegment object) {
        SparseHead head = SparseHead.read(extent.head(), object);
        long[] having = new long[terms.length];
        for (int i = 0; i < terms.length; i++) {
            int place = head.placeOf(terms[i]);
            having[i] = place < 0 ? 0 : head.countAt(place);
        }
        return new TermStatistics(head.rowCount(), head.length(), having);
    }

    private record Head(IndexExtent extent, SparseQuery query, IndexQuery asked) implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            return List.of(extent.head());
        }

        @Override
        public Step run(MemorySegment object) {
            SparseHead head = SparseHead.read(extent.head(), object);
            int[] places = new int[query.terms().length];
            Arrays.setAll(places, term -> head.placeOf(query.terms()[term]));
            return new Walk(head, query, places, asked);
        }
    }

    /** @param places of the query's indexes among all, negative where no row has one */
    private record Walk(SparseHead head, SparseQuery query, int[] places, IndexQuery asked) implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            return Arrays.stream(places)
                    .filter(place -> place >= 0)
                    .mapToObj(head::postingsAt)
                    .toList();
        }

        @Override
        public Step run(MemorySegment object) {
            List<Postings> postings = new ArrayList<>();
            for (int term = 0; term < places.length; term++) {
                if (places[term] >= 0) {
                    postings.add(Postings.of(head, places[term], query, term));
                }
            }
            SparseWalk walk = new SparseWalk(postings.toArray(Postings[]::new), head.rowCount(), asked);
            long[] nearest = walk.nearest();
            int[] rows = Arrays.stream(nearest).mapToInt(TopK::rowOf).toArray();
            float[] found = new float[rows.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = -TopK.distanceOf(nearest[i]);
            }
            return new HitKeys(head.keyType(), head.rowCount(), head.keysAt(), rows, found, walk.scored());
        }
    }
}
