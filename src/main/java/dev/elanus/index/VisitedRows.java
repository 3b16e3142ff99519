package dev.elanus.index;

import java.util.Arrays;

/**
 * Which places of a graph a walk has seen: one bit each. Cleared by what was set, so that a walk that sees little of a large graph takes no time for the
 * rest, and kept from walk to walk, so that none allocates it. Used by one thread at a time.
 */
final class VisitedRows {
    private static final ThreadLocal<VisitedRows> OF_THREAD = ThreadLocal.withInitial(() -> new VisitedRows(0));

    private long[] words;
    /** Words that have a bit set, in the order in which they got their first. */
    private int[] touched;

    private int touchedCount;

    /** @param count of places */
    VisitedRows(int count) {
        words = new long[(count + 63) >>> 6];
        touched = new int[words.length];
    }

    /** The one that a thread keeps for its searches, empty; the next call takes it away from whoever has it. */
    static VisitedRows ofThread(int count) {
        VisitedRows visited = OF_THREAD.get();
        visited.clear();
        int needed = (count + 63) >>> 6;
        if (visited.words.length < needed) {
            visited.words = new long[needed];
            visited.touched = new int[needed];
        }
        return visited;
    }

    /** @return whether the place was not seen before */
    boolean add(int place) {
        int at = place >>> 6;
        long word = words[at];
        long bit = 1L << place;
        if ((word & bit) != 0) {
            return false;
        }
        if (word == 0) {
            touched[touchedCount++] = at;
        }
        words[at] = word | bit;
        return true;
    }

    void clear() {
        if (touchedCount > words.length / 4) {
            Arrays.fill(words, 0);
        } else {
            for (int i = 0; i < touchedCount; i++) {
                words[touched[i]] = 0;
            }
        }
        touchedCount = 0;
    }
}
