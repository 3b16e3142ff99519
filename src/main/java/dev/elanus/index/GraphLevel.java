package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.Column;
import java.lang.foreign.MemorySegment;

/**
 * One level of a graph over rows, in native or mapped memory. A row has a place on each level that it is on; at the
 * base, where all rows are, that is its number.
 *
 * @param count rows on this level
 * @param degree places for neighbours that each row has
 * @param rows int32 [count], the row at each place, ascending; empty at the base
 * @param below int32 [count], the place of the same row one level below; empty at the base
 * @param neighbours int32 [count · degree], places on this level, those of one row together, -1 for none and behind
 *     the last
 */
record GraphLevel(int count, int degree, MemorySegment rows, MemorySegment below, MemorySegment neighbours) {
    private static final byte NONE = -1;

    /** A level without neighbours yet. */
    static GraphLevel empty(int count, int degree, MemorySegment rows, MemorySegment below) {
        MemorySegment neighbours = Column.allocate((long) count * degree * Integer.BYTES);
        return new GraphLevel(count, degree, rows, below, neighbours.fill(NONE));
    }

    /** Whether all rows are here. */
    boolean isBase() {
        return rows.byteSize() == 0;
    }

    int rowAt(int place) {
        return isBase() ? place : rows.get(INT_LE, (long) place * Integer.BYTES);
    }

    int belowOf(int place) {
        return isBase() ? place : below.get(INT_LE, (long) place * Integer.BYTES);
    }

    /** The place of a row that is on this level. */
    int placeOf(int row) {
        if (isBase()) {
            return row;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rowAt(middle) < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Copies a row's neighbours. @return how many there are */
    int read(int place, int[] into) {
        long offset = offsetOf(place);
        int read = 0;
        for (; read < degree; read++) {
            int neighbour = neighbours.get(INT_LE, offset + (long) read * Integer.BYTES);
            if (neighbour < 0) {
                break;
            }
            into[read] = neighbour;
        }
        return read;
    }

    /** Gives a row the first {@code size} of some neighbours, and no others. */
    void write(int place, int[] from, int size) {
        long offset = offsetOf(place);
        for (int i = 0; i < degree; i++) {
            neighbours.set(INT_LE, offset + (long) i * Integer.BYTES, i < size ? from[i] : NONE);
        }
    }

    /** Gives a row that has {@code size} neighbours, fewer than {@link #degree}, one more. */
    void add(int place, int size, int neighbour) {
        neighbours.set(INT_LE, offsetOf(place) + (long) size * Integer.BYTES, neighbour);
    }

    long offsetOf(int place) {
        return (long) place * degree * Integer.BYTES;
    }
}
