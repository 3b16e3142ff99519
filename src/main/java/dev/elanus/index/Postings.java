package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.SHORT_LE;

import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rows that have one index of sparse vectors, and what each of them adds to its score for one query. Rows stand in blocks of {@value #BLOCK}, of
 * which a bound is known: the most that any of the block's rows gets. Blocks are visited in ascending order.
 *
 * <p>The bytes of an index, 8-byte aligned; n is the number of its rows, m that of the blocks that have some:
 * <pre>
 * offset size field
 *      0    4 blocks         m, or 0: then rows are listed
 *      4    4 bound          float32: the largest bound of all
 * rows that are listed:
 *      8  4 n rows           int32 ascending
 *         v n values         as the head says, one a row
 *         l n lengths        the same
 * rows in blocks:
 *      8 12 m rows           which of its rows a block has, one bit each; int32: how many rows the blocks before have
 *         4 m numbers        int32 ascending: which blocks these are; not there if they are all that there are
 *         v n values         as above
 *         l n lengths
 *           m bounds         uint8: 255 is the largest bound
 * </pre>
 * A row's value counts as its bound under IP; under BM25 what {@link SparseQuery.Bm25#of} gives by the head's parameters.
 */
abstract sealed class Postings permits ListedPostings, BlockPostings {
    static final int BLOCK = 64;
    static final int HEADER_BYTES = 8;

    /** For bounds, against the rounding of sums in another order. */
    static final float ROUNDING = 1.00002f;

    private final MemorySegment object;
    private final SparseQuery query;
    private final int place;
    private final int valueBytes;
    private final int lengthBytes;
    private final float scale;
    private final float most;
    final int count;

    /** @param term its place in the query */
    Postings(SparseHead head, int indexed, SparseQuery query, int term) {
        this.object = head.object();
        this.query = query;
        this.place = term;
        this.valueBytes = head.valueBytes();
        this.lengthBytes = head.lengthBytes();
        this.count = head.countAt(indexed);
        SparseQuery.Bm25 bm25 = query.bm25();
        float bound = object.get(FLOAT_LE, head.postingsAt(indexed).offset() + 4);
        float weight = query.weights()[term] * ROUNDING;
        float more = bm25 == null ? 1 : bm25.atMost(head.bounds());
        // Where bounds were computed with other parameters, all that is known is what nothing exceeds.
        scale = Float.isFinite(more) ? weight * bound * more / 255 : 0;
        most = bm25 == null || Float.isFinite(more) ? weight * bound * more : weight * (bm25.k1() + 1);
    }

    static Postings of(SparseHead head, int indexed, SparseQuery query, int term) {
        long at = head.postingsAt(indexed).offset();
        int blocks = head.object().get(INT_LE, at);
        return blocks == 0
                ? new ListedPostings(head, indexed, query, term)
                : new BlockPostings(head, indexed, query, term, blocks);
    }

    /** The most that a row gets from this index. */
    final float most() {
        return most;
    }

    /** The most that a row of a block gets whose bound is 255; 0 if all that is known is {@link #most}. */
    final float scale() {
        return scale;
    }

    /** Adds to the bound of each block the most that one of its rows gets from this index. */
    abstract void addBounds(float[] bounds);

    /** Begins again before the first block. */
    abstract void rewind();

    /** Goes to a block at or behind the last. @return which of its rows have the index, the lowest bit for the first */
    abstract long rowsOf(int block);

    /** What a row of the last block gets: 0 if it does not have the index. */
    abstract float partOf(int bit);

    /** What the row at a place among all that have the index gets. */
    final float partAt(int row, long valuesAt, long lengthsAt) {
        return query.part(
                place, number(valuesAt, row, valueBytes), lengthBytes == 0 ? 0 : number(lengthsAt, row, lengthBytes));
    }

    /**
     * The first place whose number is not below another, by steps that double, and then by halves.
     *
     * @param numbersAt where int32 numbers stand, ascending
     * @param from the place to begin at
     * @param end the place behind the last
     */
    final int seek(long numbersAt, int from, int end, int wanted) {
        int low = from;
        int step = 1;
        while (low + step <= end && intAt(numbersAt + 4L * (low + step - 1)) < wanted) {
            low += step;
            step *= 2;
        }
        int high = Math.min(low + step - 1, end);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (intAt(numbersAt + 4L * middle) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    final int intAt(long at) {
        return object.get(INT_LE, at);
    }

    final MemorySegment object() {
        return object;
    }

    /** Where what follows numbers of so many rows begins. */
    final long afterValues(long valuesAt) {
        return valuesAt + (long) valueBytes * count;
    }

    final long afterLengths(long lengthsAt) {
        return lengthsAt + (long) lengthBytes * count;
    }

    private float number(long start, int row, int width) {
        return switch (width) {
            case 1 -> object.get(ValueLayout.JAVA_BYTE, start + row) & 0xff;
            case 2 -> object.get(SHORT_LE, start + 2L * row) & 0xffff;
            default -> object.get(FLOAT_LE, start + 4L * row);
        };
    }
}
