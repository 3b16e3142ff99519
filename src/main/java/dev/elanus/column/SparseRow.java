package dev.elanus.column;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Sparse vectors: pairs of a uint32 index and a float32 value, 8 bytes each, little-endian, ascending by index. The same bytes travel, lie in
 * columns and are queries.
 */
public final class SparseRow {
    /** Bytes of a pair. */
    public static final int PAIR_BYTES = Integer.BYTES + Float.BYTES;

    private SparseRow() {}

    /** @param indexes uint32 in ascending order */
    public static byte[] of(int[] indexes, float[] values) {
        ByteBuffer row = ByteBuffer.allocate(indexes.length * PAIR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < indexes.length; i++) {
            row.putInt(indexes[i]).putFloat(values[i]);
        }
        return row.array();
    }

    /** The index of the pair at {@code offset}, 0 to 2³² − 2. */
    public static long indexAt(MemorySegment bytes, long offset) {
        return Integer.toUnsignedLong(bytes.get(Column.INT_LE, offset));
    }

    /** The value of the pair at {@code offset}. */
    public static float valueAt(MemorySegment bytes, long offset) {
        return bytes.get(Column.FLOAT_LE, offset + Integer.BYTES);
    }

    /** The sum of the products of the values whose indexes both rows have; NaN where they have none in common. */
    public static float innerProduct(MemorySegment a, MemorySegment b, long offset, long length) {
        double sum = 0;
        boolean common = false;
        long atA = 0;
        long atB = offset;
        long endB = offset + length;
        while (atA < a.byteSize() && atB < endB) {
            long indexA = indexAt(a, atA);
            long indexB = indexAt(b, atB);
            if (indexA == indexB) {
                sum += (double) valueAt(a, atA) * valueAt(b, atB);
                common = true;
            }
            atA += indexA <= indexB ? PAIR_BYTES : 0;
            atB += indexB <= indexA ? PAIR_BYTES : 0;
        }
        return common ? (float) sum : Float.NaN;
    }
}
