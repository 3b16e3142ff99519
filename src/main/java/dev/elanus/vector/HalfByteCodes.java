package dev.elanus.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Product-quantized codes of half a byte a piece, in groups of {@value Kernels#GROUP} rows that are compared at once, each group laid out as
 * {@link Kernels#halfByteSums} reads it; an odd last piece has a partner that is always 0, and so have rows that are missing in the last group.
 */
public final class HalfByteCodes {
    private HalfByteCodes() {}

    /** Bytes of the codes of some rows. */
    public static long bytes(int rows, int pieces) {
        return (long) Math.ceilDiv(rows, Kernels.GROUP) * groupBytes(pieces);
    }

    static long groupBytes(int pieces) {
        return (long) pairs(pieces) * Kernels.GROUP;
    }

    static int pairs(int pieces) {
        return Math.ceilDiv(pieces, 2);
    }

    /**
     * Writes one row's codes.
     *
     * @param codes of the row, one a piece, 0 to 15
     * @param into zeros where nothing was written, from {@code offset} on the codes of all rows
     */
    public static void write(byte[] codes, int row, MemorySegment into, long offset) {
        for (int piece = 0; piece < codes.length; piece++) {
            long at = offset + placeOf(row, piece, codes.length);
            int other = into.get(ValueLayout.JAVA_BYTE, at);
            into.set(ValueLayout.JAVA_BYTE, at, (byte) (other | codes[piece] << shiftOf(piece)));
        }
    }

    /** One row's code of a piece, of the codes that start at {@code offset}. */
    static int read(MemorySegment codes, long offset, int row, int piece, int pieces) {
        return codes.get(ValueLayout.JAVA_BYTE, offset + placeOf(row, piece, pieces)) >>> shiftOf(piece) & 15;
    }

    private static int shiftOf(int piece) {
        return (piece & 1) * 4;
    }

    private static long placeOf(int row, int piece, int pieces) {
        int inGroup = row % Kernels.GROUP;
        int place = inGroup < Kernels.GROUP / 2 ? 2 * inGroup : 2 * inGroup - Kernels.GROUP + 1;
        return row / Kernels.GROUP * groupBytes(pieces) + (long) (piece / 2) * Kernels.GROUP + place;
    }
}
