package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.schema.DataType;
import dev.elanus.vector.SparseQuery;
import dev.elanus.vector.TermStatistics;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The search of a sparse index: with the head, the postings of the query's indexes; with those, the scores of all rows that have some, index by
 * index; then the keys of the hits. Takes 4 bytes of memory for each row of the segment.
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
        Arrays.setAll(having, i -> head.postings(terms[i]).length() / SparseHead.POSTING_BYTES);
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
            List<ByteRange> postings = new ArrayList<>();
            for (int term : query.terms()) {
                postings.add(head.postings(term));
            }
            return new Postings(head, query, postings, asked);
        }
    }

    private record Postings(SparseHead head, SparseQuery query, List<ByteRange> postings, IndexQuery asked)
            implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            return postings.stream().filter(range -> range.length() > 0).toList();
        }

        @Override
        public Step run(MemorySegment object) {
            float[] scores = new float[head.rowCount()];
            RowSet reached = RowSet.none(head.rowCount());
            long scanned = 0;
            for (int term = 0; term < postings.size(); term++) {
                ByteRange range = postings.get(term);
                for (long at = range.offset(); at < range.end(); at += SparseHead.POSTING_BYTES) {
                    int row = SparseHead.rowOf(object, at);
                    scores[row] += query.part(term, SparseHead.valueOf(object, at), SparseHead.lengthOf(object, at));
                    reached.add(row);
                }
                scanned += range.length() / SparseHead.POSTING_BYTES;
            }
            TopK top = new TopK(Math.max(1, Math.min(asked.k(), head.rowCount())));
            RowSet allowed = asked.allowed();
            for (int row = reached.next(0); row >= 0; row = reached.next(row + 1)) {
                if ((allowed == null || allowed.contains(row)) && asked.range().contains(-scores[row])) {
                    top.offer(-scores[row], row);
                }
            }
            long[] nearest = top.sorted();
            int[] rows = Arrays.stream(nearest).mapToInt(TopK::rowOf).toArray();
            float[] found = new float[rows.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = -TopK.distanceOf(nearest[i]);
            }
            return new Keys(head, rows, found, scanned);
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
