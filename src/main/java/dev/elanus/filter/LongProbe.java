package dev.elanus.filter;

import java.util.Arrays;

/**
 * Tells whether an integer is one of some: by one bit where they lie near each other, or else by a hash table with open addressing. Takes at most
 * 64 bytes a value, or 128 KiB.
 */
final class LongProbe {
    /** How far apart they may lie to be looked up as bits. */
    private static final long MOST_BITS = 1 << 20;
    /** Fibonacci hashing: 2^64 divided by the golden ratio (Knuth, volume 3, 6.4). */
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final long least;
    private final long span;
    /** By distance from the least; empty where a table is used. */
    private final long[] bits;
    /** Values where their hash leads, or behind; the free value where there is none. */
    private final long[] table;

    private final int shift;
    private final long free;

    /** @param sorted ascending, each once */
    LongProbe(long[] sorted) {
        boolean isEmpty = sorted.length == 0;
        least = isEmpty ? 0 : sorted[0];
        span = isEmpty ? -1 : sorted[sorted.length - 1] - least;
        boolean isNear = span >= 0 && span < MOST_BITS;
        bits = new long[isNear ? (int) (span >>> 6) + 1 : 0];
        int size = isEmpty || isNear ? 2 : Integer.highestOneBit(sorted.length) * 4;
        table = new long[size];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(size);
        // One that is not there itself: there are more integers than can be listed.
        free = isEmpty || isNear ? 0 : freeValue(sorted);
        Arrays.fill(table, free);
        for (long value : sorted) {
            if (isNear) {
                bits[(int) (value - least >>> 6)] |= 1L << (value - least);
            } else {
                table[placeOf(value)] = value;
            }
        }
    }

    private static long freeValue(long[] sorted) {
        long candidate = Long.MIN_VALUE;
        for (long value : sorted) {
            if (value != candidate) {
                break;
            }
            candidate++;
        }
        return candidate;
    }

    boolean contains(long value) {
        if (bits.length > 0) {
            long distance = value - least;
            return Long.compareUnsigned(distance, span) <= 0 && (bits[(int) (distance >>> 6)] >>> distance & 1) != 0;
        }
        return value != free && table[placeOf(value)] == value;
    }

    /** Where the value is, or would be put. */
    private int placeOf(long value) {
        int place = (int) (value * MULTIPLIER >>> shift);
        while (table[place] != free && table[place] != value) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }
}
