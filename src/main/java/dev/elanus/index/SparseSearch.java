package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.schema.DataType;
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
            return new Keys(head, rows, found, walk.scored());
        }
    }

    /** Of texts first their places, then themselves. */
    private record Keys(SparseHead head, int[] rows, float[] scores, long scanned) implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            int bytes = head.keyType() == DataType.INT64 ? 8 : 16;
            List<ByteRange> needs = new ArrayList<>();
            for (int row : rows) {
                needs.add(new ByteRange(head.keysAt() + 8L * row, bytes));
            }
            return needs;
        }

        @Override
        public Step run(MemorySegment object) {
            if (head.keyType() != DataType.INT64) {
                return new KeyTexts(this);
            }
            return done(object);
        }

        private Step done(MemorySegment object) {
            long length = head.keyType() == DataType.INT64
                    ? 8L * head.rowCount()
                    : 8L * (head.rowCount() + 1L) + object.get(LONG_LE, head.keysAt() + 8L * head.rowCount());
            Column keys = KeyBytes.view(head.keyType(), head.rowCount(), object.asSlice(head.keysAt(), length));
            return new Step.Done(new Hits(rows, scores, keys.select(rows), scanned));
        }
    }

    private record KeyTexts(Keys keys) implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            SparseHead head = keys.head();
            long texts = head.keysAt() + 8L * (head.rowCount() + 1L);
            List<ByteRange> needs = new ArrayList<>();
            // The last offset tells where all of them end.
            needs.add(new ByteRange(head.keysAt() + 8L * head.rowCount(), 8));
            for (int row : keys.rows()) {
                long start = head.object().get(LONG_LE, head.keysAt() + 8L * row);
                long end = head.object().get(LONG_LE, head.keysAt() + 8L * (row + 1L));
                needs.add(new ByteRange(texts + start, end - start));
            }
            return needs;
        }

        @Override
        public Step run(MemorySegment object) {
            return keys.done(object);
        }
    }
}
