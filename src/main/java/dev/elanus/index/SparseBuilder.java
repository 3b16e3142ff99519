package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.vector.Metric;
import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Builds a sparse index, whose bytes {@link SparseHead} describes: for each index the rows that have it (Zobel and Moffat 2006, "Inverted files for
 * text search engines"). Takes 8 bytes of native memory for each value and 4 for each row, and some 24 in the heap for each different index.
 */
final class SparseBuilder {
    private static final int ALIGNMENT = 128;
    private static final int PAIR_BYTES = 8;

    private final VectorIndexSpec spec;
    private final BytesColumn rows;
    private final Column keys;
    private final Writer out;
    private final MemorySegment lengths;
    private double length;
    private int filled;

    /** @param rows pairs of uint32 index and float32 value, ascending by index; rows may be null or empty */
    SparseBuilder(VectorIndexSpec spec, BytesColumn rows, Column keys, IndexOutput out) {
        this.spec = spec;
        this.rows = rows;
        this.keys = keys;
        this.out = new Writer(out);
        lengths = Column.allocate(4L * rows.rowCount());
    }

    IndexExtent build(Progress progress) {
        int[] terms = terms();
        progress.at(0.3);
        long[] starts = starts(terms);
        MemorySegment postedRows = Column.allocate(starts[terms.length] * Integer.BYTES);
        MemorySegment values = Column.allocate(starts[terms.length] * Float.BYTES);
        long[] next = starts.clone();
        for (int row = 0; row < rows.rowCount(); row++) {
            float rowLength = lengthOf(row);
            lengths.set(FLOAT_LE, 4L * row, rowLength);
            length += rowLength;
            filled += pairs(row) > 0 ? 1 : 0;
            for (int i = 0; i < pairs(row); i++) {
                long at = 4 * next[placeOf(terms, termAt(row, i))]++;
                postedRows.set(INT_LE, at, row);
                values.set(FLOAT_LE, at, valueAt(row, i));
            }
        }
        progress.at(0.7);
        return write(terms, starts, postedRows, values, progress);
    }

    private IndexExtent write(
            int[] terms, long[] starts, MemorySegment postedRows, MemorySegment values, Progress progress) {
        SparseQuery.Bm25 bm25 = spec.metric() == Metric.BM25
                ? new SparseQuery.Bm25(spec.bm25Frequency(), spec.bm25Length(), length / rows.rowCount())
                : null;
        int valueBytes = PostingsWriter.width(values);
        int lengthBytes = bm25 == null ? 0 : PostingsWriter.width(lengths);
        int blocks = (rows.rowCount() + Postings.BLOCK - 1) / Postings.BLOCK;
        PostingsWriter postings =
                new PostingsWriter(out, blocks, valueBytes, lengthBytes, bm25, postedRows, values, lengths);
        long[] offsets = new long[terms.length + 1];
        for (int i = 0; i < terms.length; i++) {
            offsets[i] = postings.write(starts[i], starts[i + 1]);
        }
        offsets[terms.length] = out.position();
        out.align(ALIGNMENT);
        long keysAt = out.position();
        int[] all = new int[rows.rowCount()];
        Arrays.setAll(all, i -> i);
        KeyBytes.write(keys, all, 0, all.length, out);
        out.align(ALIGNMENT);
        long headOffset = out.position();
        out.putInt(SparseHead.MAGIC);
        out.putInt(SparseHead.VERSION);
        out.putInt(Heads.number(keys.type()));
        out.putInt(rows.rowCount());
        out.putInt(filled);
        out.putInt(terms.length);
        out.putLong(Double.doubleToRawLongBits(length));
        out.putLong(keysAt);
        long offsetsBytes = 8L * offsets.length;
        out.putLong(SparseHead.HEADER_BYTES + offsetsBytes);
        out.putLong(SparseHead.HEADER_BYTES + offsetsBytes + 4L * terms.length);
        out.putLong(SparseHead.HEADER_BYTES);
        out.putInt(valueBytes);
        out.putInt(lengthBytes);
        out.putFloat(bm25 == null ? 0 : bm25.k1());
        out.putFloat(bm25 == null ? 0 : bm25.b());
        out.putLong(Double.doubleToRawLongBits(bm25 == null ? 0 : bm25.averageLength()));
        out.align(SparseHead.HEADER_BYTES);
        for (long offset : offsets) {
            out.putLong(offset);
        }
        for (int term : terms) {
            out.putInt(term);
        }
        for (int i = 0; i < terms.length; i++) {
            out.putInt((int) (starts[i + 1] - starts[i]));
        }
        out.flush();
        progress.at(1);
        return new IndexExtent(headOffset, out.position());
    }

    /** Every index that some row has, ascending. */
    private int[] terms() {
        int[] found = new int[1024];
        int count = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            if (count + pairs(row) > found.length) {
                int[] distinct = distinct(found, count);
                count = distinct.length;
                found = Arrays.copyOf(distinct, Math.max(1024, 2 * (count + pairs(row))));
            }
            for (int i = 0; i < pairs(row); i++) {
                found[count++] = termAt(row, i);
            }
        }
        return distinct(found, count);
    }

    /** Unsigned order is the order of what is left when the sign is turned. */
    private static int[] distinct(int[] terms, int count) {
        return Arrays.stream(terms, 0, count)
                .map(term -> term ^ Integer.MIN_VALUE)
                .sorted()
                .distinct()
                .map(term -> term ^ Integer.MIN_VALUE)
                .toArray();
    }

    /** The number of postings before those of each index. */
    private long[] starts(int[] terms) {
        long[] starts = new long[terms.length + 1];
        for (int row = 0; row < rows.rowCount(); row++) {
            for (int i = 0; i < pairs(row); i++) {
                starts[placeOf(terms, termAt(row, i)) + 1]++;
            }
        }
        for (int i = 0; i < terms.length; i++) {
            starts[i + 1] += starts[i];
        }
        return starts;
    }

    private static int placeOf(int[] terms, int term) {
        int low = 0;
        int high = terms.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(terms[middle], term) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int pairs(int row) {
        return rows.isNull(row) ? 0 : rows.lengthAt(row) / PAIR_BYTES;
    }

    private int termAt(int row, int i) {
        return rows.bytes().get(INT_LE, rows.startAt(row) + (long) i * PAIR_BYTES);
    }

    private float valueAt(int row, int i) {
        return rows.bytes().get(FLOAT_LE, rows.startAt(row) + (long) i * PAIR_BYTES + Integer.BYTES);
    }

    private float lengthOf(int row) {
        double length = 0;
        for (int i = 0; i < pairs(row); i++) {
            length += valueAt(row, i);
        }
        return (float) length;
    }
}
