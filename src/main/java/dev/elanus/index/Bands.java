package dev.elanus.index;

import java.lang.foreign.MemorySegment;

/**
 * How MinHash signatures are cut into bands, by one of which two must agree to be alike. What is left behind the last band is in none.
 *
 * @param count 1 to the number of elements
 * @param bytes of a band
 */
record Bands(int count, int bytes) {
    /**
     * @param wanted at least 1
     * @param width of a signature, in bytes, as is
     * @param elementBytes what its elements take
     */
    static Bands of(int wanted, int width, int elementBytes) {
        int elements = width / elementBytes;
        int count = Math.min(wanted, elements);
        return new Bands(count, elements / count * elementBytes);
    }

    /** Whether the signature at an offset has a band of the query's. */
    boolean areShared(MemorySegment query, MemorySegment rows, long offset) {
        for (int band = 0; band < count; band++) {
            long from = (long) band * bytes;
            if (MemorySegment.mismatch(query, from, from + bytes, rows, offset + from, offset + from + bytes) < 0) {
                return true;
            }
        }
        return false;
    }
}
