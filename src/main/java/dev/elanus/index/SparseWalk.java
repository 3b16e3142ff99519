package dev.elanus.index;

import dev.elanus.column.RowSet;
import dev.elanus.vector.DistanceRange;
import dev.elanus.vector.TopK;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best rows of a sparse index without scoring all that have some of the query's indexes, and misses none: blocks of rows are visited only if
 * their bound may reach what was found, the most promising ones first (Mallia, Suel and Tonellotto 2024, "Faster Learned Sparse Retrieval with
 * Block-Max Pruning"); within one, only those rows are scored that have one of the indexes without which nothing good enough can come about (Turtle and
 * Flood 1995, MaxScore). Takes 4 bytes of memory for each block.
 */
final class SparseWalk {
    /** The blocks that are visited first, one for so many rows that are wanted, and at least so many. */
    private static final int ROWS_OF_FIRST = 2;

    private static final int FIRST = 16;
    private static final int LEVELS = 256;
    private static final float VISITED = -1;

    private final Postings[] postings;
    /** The same, those that may give most first. */
    private final Postings[] byMost;

    /** The most that a row gets from those of {@link #byMost} from each place on. */
    private final float[] rests;

    private final int rowCount;
    private final int k;
    private final @Nullable RowSet allowed;
    private final DistanceRange range;
    private final TopK top;
    /** The score that a row must reach; nothing before enough were found. */
    private float wanted = Float.NEGATIVE_INFINITY;

    /** So many of {@link #byMost} are needed: a row that has none of them does not reach what is wanted. */
    private int essential;
    /** So many of {@link #byMost} are at the block that is visited. */
    private int sought;

    private long scored;

    SparseWalk(Postings[] postings, int rowCount, IndexQuery asked) {
        this.postings = postings;
        this.rowCount = rowCount;
        k = Math.max(1, Math.min(asked.k(), rowCount));
        allowed = asked.allowed();
        range = asked.range();
        top = new TopK(k);
        byMost = postings.clone();
        Arrays.sort(byMost, Comparator.comparing(Postings::most).reversed());
        rests = new float[postings.length];
        float rest = 0;
        for (int i = postings.length - 1; i >= 0; i--) {
            rest += byMost[i].most();
            rests[i] = rest;
        }
        essential = postings.length;
    }

    /** The rows as {@link TopK#pack} packs them, their scores negative, best first. */
    long[] nearest() {
        float[] bounds = new float[(rowCount + Postings.BLOCK - 1) / Postings.BLOCK];
        for (Postings each : postings) {
            each.addBounds(bounds);
        }
        visit(bounds, first(bounds));
        visit(bounds, 0);
        return top.sorted();
    }

    /** Rows whose score was computed. */
    long scored() {
        return scored;
    }

    /** A bound that few blocks reach, but enough to begin with. */
    private float first(float[] bounds) {
        float largest = 0;
        for (float bound : bounds) {
            largest = Math.max(largest, bound);
        }
        int[] counts = new int[LEVELS];
        for (float bound : bounds) {
            counts[level(bound, largest)]++;
        }
        int level = LEVELS - 1;
        for (int blocks = counts[level]; level > 0 && blocks < Math.max(FIRST, k / ROWS_OF_FIRST); ) {
            blocks += counts[--level];
        }
        return largest * level / LEVELS;
    }

    private static int level(float bound, float largest) {
        return Math.min(LEVELS - 1, (int) (bound / largest * LEVELS));
    }

    /** Visits the blocks whose bound reaches a limit and what is wanted by then. */
    private void visit(float[] bounds, float limit) {
        for (Postings each : postings) {
            each.rewind();
        }
        for (int block = 0; block < bounds.length; block++) {
            if (bounds[block] >= limit && bounds[block] >= wanted) {
                bounds[block] = VISITED;
                visit(block);
            }
        }
    }

    private void visit(int block) {
        long open = allowed == null ? -1 : allowed.bitsFrom(block * Postings.BLOCK);
        long some = 0;
        for (int i = 0; i < essential; i++) {
            some |= byMost[i].rowsOf(block);
        }
        sought = essential;
        for (long rows = some & open; rows != 0; rows &= rows - 1) {
            int bit = Long.numberOfTrailingZeros(rows);
            if (mayReach(block, bit)) {
                score(block, bit);
            }
        }
    }

    /** Whether a row may reach what is wanted: looks into one index after the other, those that may give most first, as long as it may. */
    private boolean mayReach(int block, int bit) {
        float known = 0;
        for (int i = 0; i < byMost.length; i++) {
            if (i >= essential && known + rests[i] < wanted) {
                return false;
            }
            if (i == sought) {
                byMost[i].rowsOf(block);
                sought++;
            }
            known += byMost[i].partOf(bit) * Postings.ROUNDING;
        }
        return known >= wanted;
    }

    private void score(int block, int bit) {
        for (; sought < byMost.length; sought++) {
            byMost[sought].rowsOf(block);
        }
        float score = 0;
        for (Postings each : postings) {
            score += each.partOf(bit);
        }
        scored++;
        if (range.contains(-score)) {
            top.offer(-score, block * Postings.BLOCK + bit);
            if (top.size() == k) {
                raise(-top.bound());
            }
        }
    }

    private void raise(float score) {
        wanted = score;
        while (essential > 0 && rests[essential - 1] < wanted) {
            essential--;
        }
    }
}
