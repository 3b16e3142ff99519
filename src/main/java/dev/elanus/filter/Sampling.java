package dev.elanus.filter;

import dev.elanus.column.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Picks some rows by chance: the share that is asked for, rounded down but to one row at least, as Milvus does in each segment, by selection
 * sampling (Knuth, TAOCP 2, 3.4.2, algorithm S).
 */
public final class Sampling {
    private static final long SEED = 0x73616d706c65L;

    private Sampling() {}

    static Verdict of(RowSet rows, double share) {
        return Verdict.of(pick(List.of(rows), share).getFirst());
    }

    /** The share of the rows of all sets together. @return as many sets, in their order */
    public static List<RowSet> pick(List<RowSet> sets, double share) {
        long left = sets.stream().mapToLong(RowSet::cardinality).sum();
        long wanted = Math.max(Math.min(left, 1), (long) ((float) share * left));
        SplittableRandom random = new SplittableRandom(SEED);
        List<RowSet> picked = new ArrayList<>();
        for (RowSet rows : sets) {
            RowSet some = RowSet.none(rows.rowCount());
            for (int row = rows.next(0); row >= 0 && wanted > 0; row = rows.next(row + 1)) {
                if (random.nextLong(left--) < wanted) {
                    some.add(row);
                    wanted--;
                }
            }
            picked.add(some);
        }
        return picked;
    }
}
