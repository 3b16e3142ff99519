package dev.elanus.vector;

import java.util.Arrays;

/**
 * The k nearest of the rows offered, equal distances by row number. A binary heap over longs, the farthest on top:
 * each holds a distance above and a row number below, so that one comparison orders by both. Not safe for use from
 * many threads.
 *
 * <p>A heap of hundreds moves much for each row that is kept. One {@link #ofMany of many} collects twice as many instead, and then leaves the nearer half by
 * quickselect (Hoare 1961); until then its bound is the last half's.
 */
public final class TopK {
    /** From here on halving takes less time than a heap. */
    private static final int MANY = 48;

    private final int k;
    private final long[] heap;
    private final boolean halved;
    private int size;
    /** What is no less is not kept. */
    private long limit = Long.MAX_VALUE;

    /** @param k how many are kept, at least 1 */
    public TopK(int k) {
        this(k, false);
    }

    private TopK(int k, boolean halved) {
        this.k = k;
        this.halved = halved;
        heap = new long[halved ? 2 * k : k];
    }

    /** One whose bound need not be exact. @param k how many are kept, at least 1 */
    public static TopK ofMany(int k) {
        return new TopK(k, k >= MANY);
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
        if (entry >= limit) {
            return;
        }
        if (halved) {
            heap[size++] = entry;
            if (size == heap.length) {
                halve();
            }
        } else if (size < k) {
            up(entry);
            limit = size < k ? Long.MAX_VALUE : heap[0];
        } else {
            down(entry);
            limit = heap[0];
        }
    }

    /** How many are kept so far. */
    public int size() {
        return Math.min(size, k);
    }

    /** What a row must be nearer than to be kept: infinity while fewer than k are, and of many somewhat longer. */
    public float bound() {
        return limit == Long.MAX_VALUE ? Float.POSITIVE_INFINITY : distanceOf(limit);
    }

    /** The rows kept as {@link #pack packed} longs, nearest first. Nothing may be offered afterwards. */
    public long[] sorted() {
        if (size > k) {
            halve();
        }
        long[] sorted = Arrays.copyOf(heap, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Leaves the k least, the greatest of them last. */
    private void halve() {
        int from = 0;
        int to = size - 1;
        while (from < to) {
            long pivot = middle(heap[from], heap[(from + to) >>> 1], heap[to]);
            int low = from;
            int high = to;
            while (low <= high) {
                while (heap[low] < pivot) {
                    low++;
                }
                while (heap[high] > pivot) {
                    high--;
                }
                if (low <= high) {
                    long moved = heap[low];
                    heap[low++] = heap[high];
                    heap[high--] = moved;
                }
            }
            if (k - 1 <= high) {
                to = high;
            } else if (k - 1 >= low) {
                from = low;
            } else {
                break;
            }
        }
        size = k;
        limit = heap[k - 1];
    }

    private static long middle(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
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
