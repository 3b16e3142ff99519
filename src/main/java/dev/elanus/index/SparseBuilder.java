package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Builds a sparse index, whose bytes {@link SparseHead} describes: for each index the rows that have it (Zobel and Moffat 2006, "Inverted files for
 * text search engines"). Takes 12 bytes of native memory for each value, and some 16 in the heap for each different index.
 */
final class SparseBuilder {
    private static final int ALIGNMENT = 64;
    private static final int PAIR_BYTES = 8;

    private final BytesColumn rows;
    private final Column keys;
    private final Writer out;

    /** @param rows pairs of uint32 index and float32 value, ascending by index; rows may be null or empty */
    SparseBuilder(BytesColumn rows, Column keys, IndexOutput out) {
        this.rows = rows;
        this.keys = keys;
        this.out = new Writer(out);
    }

    IndexExtent build(Progress progress) {
        int[] terms = terms();
        progress.at(0.3);
        long[] starts = starts(terms);
        MemorySegment postings = Column.allocate(starts[terms.length] * SparseHead.POSTING_BYTES);
        long[] next = starts.clone();
        int filled = 0;
        double length = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            float rowLength = lengthOf(row);
            length += rowLength;
            filled += pairs(row) > 0 ? 1 : 0;
            for (int i = 0; i < pairs(row); i++) {
                int place = placeOf(terms, termAt(row, i));
                long at = next[place]++ * SparseHead.POSTING_BYTES;
                postings.set(INT_LE, at, row);
                postings.set(FLOAT_LE, at + 4, valueAt(row, i));
                postings.set(FLOAT_LE, at + 8, rowLength);
            }
        }
        progress.at(0.8);
        return write(terms, starts, postings, filled, length, progress);
    }

    private IndexExtent write(
            int[] terms, long[] starts, MemorySegment postings, int filled, double length, Progress progress) {
        long postingsAt = out.position();
        out.put(postings);
        out.align(ALIGNMENT);
        long keysAt = out.position();
        int[] all = new int[rows.rowCount()];
        Arrays.setAll(all, i -> i);
        KeyBytes.write(keys, all, 0, all.length, out);
        out.align(ALIGNMENT);
        long headOffset = out.position();
        long termsOffset = SparseHead.HEADER_BYTES + 8L * (terms.length + 1L);
        out.putInt(SparseHead.MAGIC);
        out.putInt(SparseHead.VERSION);
        out.putInt(Heads.number(keys.type()));
        out.putInt(rows.rowCount());
        out.putInt(filled);
        out.putInt(terms.length);
        out.putLong(Double.doubleToRawLongBits(length));
        out.putLong(keysAt);
        out.putLong(termsOffset);
        out.putLong(SparseHead.HEADER_BYTES);
        out.putLong(0);
        for (long start : starts) {
            out.putLong(postingsAt + start * SparseHead.POSTING_BYTES);
        }
        for (int term : terms) {
            out.putInt(term);
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
