package dev.elanus.column;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A set of row numbers of one run of rows: one bit a row. Mutable while it is being built by one thread; handed on, it is only read.
 */
public final class RowSet {
    private final int rowCount;
    private final long[] words;

    private RowSet(int rowCount, long[] words) {
        this.rowCount = rowCount;
        this.words = words;
    }

    /** No row of {@code rowCount}. */
    public static RowSet none(int rowCount) {
        return new RowSet(rowCount, new long[(rowCount + 63) >>> 6]);
    }

    /** Every row of {@code rowCount}. */
    public static RowSet all(int rowCount) {
        RowSet rows = none(rowCount);
        Arrays.fill(rows.words, -1L);
        rows.clearTail();
        return rows;
    }

    /** The rows from {@code from} to before {@code end}. */
    public static RowSet range(int from, int end, int rowCount) {
        RowSet rows = none(rowCount);
        int first = from >>> 6;
        int last = end >>> 6;
        for (int word = first; word < last; word++) {
            rows.words[word] = -1L;
        }
        if (from < rowCount) {
            rows.words[first] &= -1L << from;
        }
        if ((end & 63) != 0) {
            long before = (1L << end) - 1;
            rows.words[last] |= first == last ? before & -1L << from : before;
        }
        return rows;
    }

    /** The rows that are not null. */
    public static RowSet present(Validity validity, int rowCount) {
        MemorySegment bits = validity.bits();
        if (bits == null) {
            return all(rowCount);
        }
        // A bitmap of one bit a row, lowest bit first, is what a set is made of.
        RowSet rows = none(rowCount);
        for (int word = 0; word < rows.words.length; word++) {
            long at = 8L * word;
            for (int i = 0; i < 8 && at + i < bits.byteSize(); i++) {
                rows.words[word] |= (bits.get(ValueLayout.JAVA_BYTE, at + i) & 0xffL) << 8 * i;
            }
        }
        rows.clearTail();
        return rows;
    }

    /** Rows before this number may be in the set, others never. */
    public int rowCount() {
        return rowCount;
    }

    public boolean contains(int row) {
        return (words[row >>> 6] >>> row & 1) != 0;
    }

    /** 1 if the row is in the set, else 0. */
    public int bit(int row) {
        return (int) (words[row >>> 6] >>> row) & 1;
    }

    public void add(int row) {
        words[row >>> 6] |= 1L << row;
    }

    /**
     * Adds up to 64 rows.
     *
     * @param first a multiple of 64
     * @param bits the lowest for the first row; none for rows that do not exist
     */
    public void addBits(int first, long bits) {
        words[first >>> 6] |= bits;
    }

    /** Which of 64 rows are in the set, the lowest bit for the first. @param first a multiple of 64, of a row that exists */
    public long bitsFrom(int first) {
        return words[first >>> 6];
    }

    public void remove(int row) {
        words[row >>> 6] &= ~(1L << row);
    }

    /** The number of rows in the set. */
    public int cardinality() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** The first row in the set from {@code from} on, or -1. */
    public int next(int from) {
        if (from >= rowCount) {
            return -1;
        }
        int at = from >>> 6;
        long word = words[at] >>> from << from;
        while (word == 0) {
            if (++at == words.length) {
                return -1;
            }
            word = words[at];
        }
        return (at << 6) + Long.numberOfTrailingZeros(word);
    }

    /** The rows of both sets, a new set. */
    public RowSet and(RowSet other) {
        RowSet result = copy();
        for (int i = 0; i < words.length; i++) {
            result.words[i] &= other.words[i];
        }
        return result;
    }

    /** The rows of either set, a new set. */
    public RowSet or(RowSet other) {
        RowSet result = copy();
        for (int i = 0; i < words.length; i++) {
            result.words[i] |= other.words[i];
        }
        return result;
    }

    /** The rows of this set that are not in the other, a new set. */
    public RowSet without(RowSet other) {
        RowSet result = copy();
        for (int i = 0; i < words.length; i++) {
            result.words[i] &= ~other.words[i];
        }
        return result;
    }

    /** The rows that are not in this set, a new set. */
    public RowSet complement() {
        return all(rowCount).without(this);
    }

    public RowSet copy() {
        return new RowSet(rowCount, words.clone());
    }

    /** The row numbers in ascending order. */
    public int[] toArray() {
        int[] rows = new int[cardinality()];
        int at = 0;
        for (int row = next(0); row >= 0; row = next(row + 1)) {
            rows[at++] = row;
        }
        return rows;
    }

    private void clearTail() {
        if ((rowCount & 63) != 0) {
            words[words.length - 1] &= (1L << rowCount) - 1;
        }
    }
}
