package dev.elanus.index;

import dev.elanus.vector.SparseQuery;

/** Rows one by one: of an index that few rows have. */
final class ListedPostings extends Postings {
    private final long rowsAt;
    private final long valuesAt;
    private final long lengthsAt;
    /** The first row of the last block, and the first behind it. */
    private int from;

    private int end;
    private long bits;

    ListedPostings(SparseHead head, int indexed, SparseQuery query, int term) {
        super(head, indexed, query, term);
        rowsAt = head.postingsAt(indexed).offset() + HEADER_BYTES;
        valuesAt = rowsAt + 4L * count;
        lengthsAt = afterValues(valuesAt);
    }

    @Override
    void addBounds(float[] bounds) {
        int at = 0;
        while (at < count) {
            int block = intAt(rowsAt + 4L * at) / BLOCK;
            float most = 0;
            do {
                most = Math.max(most, partAt(at, valuesAt, lengthsAt));
                at++;
            } while (at < count && intAt(rowsAt + 4L * at) / BLOCK == block);
            bounds[block] += most * ROUNDING;
        }
    }

    @Override
    void rewind() {
        from = 0;
        end = 0;
    }

    @Override
    long rowsOf(int block) {
        from = seek(rowsAt, end, count, block * BLOCK);
        end = from;
        bits = 0;
        for (int row; end < count && (row = intAt(rowsAt + 4L * end)) / BLOCK == block; end++) {
            bits |= 1L << row;
        }
        return bits;
    }

    @Override
    float partOf(int bit) {
        long row = 1L << bit;
        return (bits & row) == 0 ? 0 : partAt(from + Long.bitCount(bits & row - 1), valuesAt, lengthsAt);
    }
}
