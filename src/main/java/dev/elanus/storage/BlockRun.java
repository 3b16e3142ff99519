package dev.elanus.storage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Neighbouring blocks that one request reads, and perhaps the tail behind the last block.
 *
 * @param from first block
 * @param end the block behind the last one; equal to {@code from} for the tail alone
 */
record BlockRun(int from, int end, boolean withTail) {
    /** A request costs as long as some hundred kilobytes: blocks between are cheaper to read than to leave out. */
    private static final int JOINED_GAP = 2;
    /** Longer runs are split, since one stream of a store is slower than several. */
    static final int MAX_BLOCKS = 256;

    boolean covers(int block) {
        return block >= from && block < end;
    }

    /**
     * The fewest requests for some blocks. The one with the tail, which all others may have to wait for, comes first.
     *
     * @param blocks block numbers below {@code blockCount}
     */
    static List<BlockRun> plan(BitSet blocks, boolean withTail, int blockCount) {
        List<BlockRun> runs = new ArrayList<>();
        for (int from = blocks.nextSetBit(0); from >= 0; ) {
            int end = blocks.nextClearBit(from);
            int next = blocks.nextSetBit(end);
            while (next >= 0 && next - end <= JOINED_GAP) {
                end = blocks.nextClearBit(next);
                next = blocks.nextSetBit(end);
            }
            if (withTail && next < 0 && blockCount - end <= JOINED_GAP) {
                end = blockCount;
            }
            for (int at = from; at < end; at += MAX_BLOCKS) {
                runs.add(new BlockRun(at, Math.min(end, at + MAX_BLOCKS), false));
            }
            from = next;
        }
        if (withTail) {
            boolean joined = !runs.isEmpty() && runs.getLast().end == blockCount;
            int from = joined ? runs.removeLast().from : blockCount;
            runs.addFirst(new BlockRun(from, blockCount, true));
        }
        return runs;
    }
}
