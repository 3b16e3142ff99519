package dev.elanus.column;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/** Primary keys: comparing, sorting and finding them. A column of keys is one of Int64 or of VarChar, compared as numbers or as bytes. */
public final class Keys {
    private Keys() {}

    /** Compares two rows of two columns of the same type. */
    public static int compare(Column a, int rowA, Column b, int rowB) {
        return switch (a) {
            case FixedColumn fixed -> Long.compare(fixed.longAt(rowA), ((FixedColumn) b).longAt(rowB));
            case BytesColumn bytes -> compareBytes(bytes, rowA, (BytesColumn) b, rowB);
            case VectorColumn _ -> throw new IllegalStateException("vectors are no keys");
        };
    }

    /** The row numbers of a column in ascending order of its keys; equal keys keep their order. */
    public static int[] sortedOrder(Column keys) {
        boolean sorted = true;
        for (int row = 1; row < keys.rowCount() && sorted; row++) {
            sorted = compare(keys, row - 1, keys, row) <= 0;
        }
        if (sorted) {
            return IntStream.range(0, keys.rowCount()).toArray();
        }
        int[] order = IntStream.range(0, keys.rowCount()).toArray();
        mergeSort(keys, order, order.clone(), 0, order.length);
        return order;
    }

    /** Sorts {@code order} from {@code start} to {@code end}; {@code spare} holds the same numbers there. Stable. */
    private static void mergeSort(Column keys, int[] order, int[] spare, int start, int end) {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        mergeSort(keys, spare, order, start, middle);
        mergeSort(keys, spare, order, middle, end);
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = left < middle && (right == end || compare(keys, spare[left], keys, spare[right]) <= 0);
            order[at] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    /**
     * Where a key would stand in ascending order.
     *
     * @param order row numbers of {@code sorted} in ascending order of its keys, or null where the column itself ascends
     * @return the first place whose key is not smaller
     */
    public static int lowerBound(Column sorted, int @org.jspecify.annotations.Nullable [] order, Column keys, int row) {
        int low = 0;
        int high = sorted.rowCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(sorted, order == null ? middle : order[middle], keys, row) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The key as an object that equals and hashes by value: a Long or a String. */
    public static Object valueAt(Column keys, int row) {
        return switch (keys) {
            case FixedColumn fixed -> fixed.longAt(row);
            case BytesColumn bytes -> bytes.textAt(row);
            case VectorColumn _ -> throw new IllegalStateException("vectors are no keys");
        };
    }

    private static int compareBytes(BytesColumn a, int rowA, BytesColumn b, int rowB) {
        long startA = a.startAt(rowA);
        long startB = b.startAt(rowB);
        long endA = a.startAt(rowA + 1);
        long endB = b.startAt(rowB + 1);
        long mismatch = MemorySegment.mismatch(a.bytes(), startA, endA, b.bytes(), startB, endB);
        if (mismatch < 0) {
            return 0;
        }
        if (startA + mismatch == endA || startB + mismatch == endB) {
            return Long.compare(endA - startA, endB - startB);
        }
        return Byte.compareUnsigned(
                a.bytes().get(ValueLayout.JAVA_BYTE, startA + mismatch),
                b.bytes().get(ValueLayout.JAVA_BYTE, startB + mismatch));
    }
}
