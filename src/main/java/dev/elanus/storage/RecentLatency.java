package dev.elanus.storage;

import java.time.Duration;

/**
 * How long requests of one kind have taken lately. A histogram whose buckets grow by a quarter; all counts are halved again and again, so that
 * the last few hundred answers decide. Safe for use from many threads.
 */
final class RecentLatency {
    private static final int PER_DOUBLING = 4;
    private static final int HALVED_AT = 1_024;
    /** With fewer answers than this, one that took long would pass for the usual. */
    private static final int MIN_COUNT = 32;

    private final int[] counts = new int[PER_DOUBLING * Long.SIZE];
    private int total;

    synchronized void add(long nanos) {
        counts[bucket(Math.max(PER_DOUBLING, nanos))]++;
        if (++total == HALVED_AT) {
            total = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] /= 2;
                total += counts[i];
            }
        }
    }

    /**
     * A time within which the given part of the requests was answered, up to a quarter too long.
     *
     * @param part 0 to 1
     * @param unknown what to say while there are too few answers
     */
    synchronized Duration percentile(double part, Duration unknown) {
        if (total < MIN_COUNT) {
            return unknown;
        }
        long wanted = (long) Math.ceil(part * total);
        int bucket = 0;
        for (long seen = counts[0]; seen < wanted; seen += counts[bucket]) {
            bucket++;
        }
        return Duration.ofNanos(end(bucket));
    }

    private static int bucket(long nanos) {
        int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        return doubling * PER_DOUBLING + (int) (nanos >>> doubling - 2 & PER_DOUBLING - 1);
    }

    private static long end(int bucket) {
        int doubling = bucket / PER_DOUBLING;
        return (PER_DOUBLING + bucket % PER_DOUBLING + 1L) << doubling - 2;
    }
}
