package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The search of an index of signatures: with the head, the entries of the query's bands; with those, the signatures of the rows that share one,
 * which are compared; then the keys of the hits. How alike signatures are is told only if that was asked for: otherwise all hits score 1.
 */
record BandSearch(VectorIndexSpec spec, IndexExtent extent, IndexQuery query) implements Step.Stage {
    @Override
    public List<ByteRange> needs() {
        return List.of(extent.head());
    }

    @Override
    public Step run(MemorySegment object) {
        BandHead head = BandHead.read(spec, extent.head(), object);
        byte[] bytes = ((QueryVector.Bits) query.vector()).bytes();
        MemorySegment signature = Column.allocate(bytes.length);
        signature.copyFrom(MemorySegment.ofArray(bytes));
        int[] hashes = new int[head.bands()];
        List<ByteRange> entries = new ArrayList<>();
        for (int band = 0; band < hashes.length; band++) {
            hashes[band] = BandHead.hash(signature, (long) band * head.bandBytes(), head.bandBytes());
            entries.add(head.entriesOf(band, hashes[band]));
        }
        return new Entries(head, query, bytes, hashes, entries);
    }

    private record Entries(BandHead head, IndexQuery query, byte[] signature, int[] hashes, List<ByteRange> entries)
            implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            return entries.stream().filter(range -> range.length() > 0).toList();
        }

        @Override
        public Step run(MemorySegment object) {
            int most = query.param(VectorIndexRules.COMPARED, Integer.MAX_VALUE);
            RowSet sharing = RowSet.none(head.rowCount());
            int count = 0;
            for (int band = 0; band < hashes.length && count < most; band++) {
                ByteRange range = entries.get(band);
                for (long at = range.offset(); at < range.end() && count < most; at += Long.BYTES) {
                    long entry = object.get(LONG_LE, at);
                    int row = (int) entry;
                    if ((int) (entry >> 32) == hashes[band] && isAllowed(row) && !sharing.contains(row)) {
                        sharing.add(row);
                        count++;
                    }
                }
            }
            return new Signatures(head, query, signature, sharing.toArray());
        }

        private boolean isAllowed(int row) {
            RowSet allowed = query.allowed();
            return allowed == null || allowed.contains(row);
        }
    }

    private record Signatures(BandHead head, IndexQuery query, byte[] signature, int[] candidates)
            implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            int width = head.signatureBytes();
            return Arrays.stream(candidates)
                    .mapToObj(row -> new ByteRange(head.signaturesAt() + (long) row * width, width))
                    .toList();
        }

        @Override
        public Step run(MemorySegment object) {
            float[] scores = new float[candidates.length];
            RowScorer.ofSignatures(
                            query,
                            object,
                            head.signaturesAt(),
                            new Bands(head.bands(), head.bandBytes()),
                            head.elementBytes())
                    .of(candidates, candidates.length, scores);
            TopK top = new TopK(Math.max(1, Math.min(query.k(), candidates.length)));
            for (int i = 0; i < candidates.length; i++) {
                // Rows under the same hash by chance may have nothing in common.
                if (scores[i] > 0 && query.range().contains(-scores[i])) {
                    top.offer(-scores[i], candidates[i]);
                }
            }
            long[] nearest = top.sorted();
            int[] rows = Arrays.stream(nearest).mapToInt(TopK::rowOf).toArray();
            float[] found = new float[rows.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = -TopK.distanceOf(nearest[i]);
            }
            return new HitKeys(head.keyType(), head.rowCount(), head.keysAt(), rows, found, candidates.length);
        }
    }
}
