package dev.elanus.storage;

import java.util.concurrent.atomic.AtomicLongArray;

/** A set of block numbers that only grows. Whoever sees a block in it also sees what was done before it was added. */
final class BlockSet {
    private final AtomicLongArray words;

    BlockSet(int blockCount) {
        words = new AtomicLongArray((blockCount + 63) >>> 6);
    }

    boolean contains(int block) {
        return (words.get(block >>> 6) >>> block & 1) != 0;
    }

    boolean containsAll(int from, int end) {
        for (int block = from; block < end; ) {
            int untilWordEnds = 64 - (block & 63);
            int count = Math.min(untilWordEnds, end - block);
            long mask = -1L >>> (64 - count) << block;
            if ((words.get(block >>> 6) & mask) != mask) {
                return false;
            }
            block += count;
        }
        return true;
    }

    /** @return whether the block was not in the set before */
    boolean add(int block) {
        long bit = 1L << block;
        return (words.getAndUpdate(block >>> 6, word -> word | bit) & bit) == 0;
    }
}
