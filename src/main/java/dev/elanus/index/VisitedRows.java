package dev.elanus.index;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which places of a graph a walk has seen: one bit each. Cleared by what was set, so that a walk that sees little of a large graph takes no time for the
 * rest, and kept from walk to walk, so that none allocates it. Used by one thread at a time.
 */
final class VisitedRows {
    private final long[] words;
    /** Words that have a bit set, in the order in which they got their first. */
    private final int[] touched;

    private int touchedCount;

    /** @param count of places */
    VisitedRows(int count) {
        words = new long[(count + 63) >>> 6];
        touched = new int[words.length + 1];
    }

    /** Those that no walk has at the moment: as many as searches ever ran side by side. Safe for use from many threads. */
    static final class Pool {
        private final Queue<VisitedRows> free = new ConcurrentLinkedQueue<>();

        /** An empty one with room for so many places, until it is {@link #giveBack given back}. */
        VisitedRows take(int count) {
            VisitedRows visited = free.poll();
            return visited == null || visited.words.length < (count + 63) >>> 6 ? new VisitedRows(count) : visited;
        }

        void giveBack(VisitedRows visited) {
            visited.clear();
            free.add(visited);
        }
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

    /**
     * The same without a branch, for loops in which which places are added is anyone's guess.
     *
     * @param wanted 1, or 0 if the place is not to be added
     * @return 1 if it is added and was not seen before, else 0
     */
    int add(int place, int wanted) {
        int at = place >>> 6;
        long word = words[at];
        long fresh = (long) wanted << place & ~word;
        int isFresh = (int) ((fresh | -fresh) >>> 63);
        touched[touchedCount] = at;
        touchedCount += isFresh & ~(int) ((word | -word) >>> 63);
        words[at] = word | fresh;
        return isFresh;
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
