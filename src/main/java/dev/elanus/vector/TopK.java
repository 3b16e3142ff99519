package dev.elanus.vector;

import java.util.Arrays;

/**
 * The k nearest of the rows offered, equal distances by row number. A binary heap over longs, the farthest on top:
 * each holds a distance above and a row number below, so that one comparison orders by both. Not safe for use from
 * many threads.
 */
public final class TopK {
    private final long[] heap;
    private int size;

    /** @param k how many are kept, at least 1 */
    public TopK(int k) {
        heap = new long[k];
    }

    /**
     * A distance and a row number as one long: longs ascend as distances do, and as row numbers where distances are
     * equal. NaN is farther than anything.
     */
    public static long pack(float distance, int row) {
        // Adding a zero turns -0 into 0, so that the two are equal.
        int bits = Float.floatToIntBits(distance + 0f);
        return (long) (bits ^ bits >> 31 & Integer.MAX_VALUE) << 32 | row & 0xffffffffL;
    }

    /** The distance in a packed long. */
    public static float distanceOf(long packed) {
        int bits = (int) (packed >> 32);
        return Float.intBitsToFloat(bits ^ bits >> 31 & Integer.MAX_VALUE);
    }

    /** The row number in a packed long. */
    public static int rowOf(long packed) {
        return (int) packed;
    }

    /** @param distance smaller is nearer */
    public void offer(float distance, int row) {
        long entry = pack(distance, row);
        if (size < heap.length) {
            up(entry);
        } else if (entry < heap[0]) {
            down(entry);
        }
    }

    /** How many are kept so far. */
    public int size() {
        return size;
    }

    /** What a row must be nearer than to be kept: infinity while fewer than k are. */
    public float bound() {
        return size < heap.length ? Float.POSITIVE_INFINITY : distanceOf(heap[0]);
    }

    /** The rows kept as {@link #pack packed} longs, nearest first. Nothing may be offered afterwards. */
    public long[] sorted() {
        long[] sorted = Arrays.copyOf(heap, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private void up(long entry) {
        int at = size++;
        while (at > 0 && heap[(at - 1) >>> 1] < entry) {
            heap[at] = heap[(at - 1) >>> 1];
            at = (at - 1) >>> 1;
        }
        heap[at] = entry;
    }

    private void down(long entry) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[child] <= entry) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = entry;
    }
}
