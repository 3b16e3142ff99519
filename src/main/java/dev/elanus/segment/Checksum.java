package dev.elanus.segment;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli) of memory, as an int whose bits are the checksum's. */
public final class Checksum {
    /** A byte buffer cannot be longer than an int, and a heap copy of this size is cheap. */
    private static final long STRIDE = 1 << 20;

    private Checksum() {}

    public static int of(MemorySegment bytes) {
        CRC32C sum = new CRC32C();
        update(sum, bytes);
        return (int) sum.getValue();
    }

    /** Adds native memory or memory over a byte array, of any length. */
    static void update(CRC32C sum, MemorySegment bytes) {
        for (long at = 0; at < bytes.byteSize(); at += STRIDE) {
            sum.update(
                    bytes.asSlice(at, Math.min(STRIDE, bytes.byteSize() - at)).asByteBuffer());
        }
    }
}
