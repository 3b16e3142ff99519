package dev.elanus.filter;

import dev.elanus.column.RowSet;
import java.util.SplittableRandom;

/** Picks some rows of a set by chance: the share that is asked for, rounded down but to one row at least, as Milvus does in each segment, by selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S). */
final class Sampling {
    private static final long SEED = 0x73616d706c65L;

    private Sampling() {}

    static Verdict of(RowSet rows, double share) {
        int left = rows.cardinality();
        long wanted = Math.max(Math.min(left, 1), (long) ((float) share * left));
        RowSet picked = RowSet.none(rows.rowCount());
        SplittableRandom random = new SplittableRandom(SEED);
        for (int row = rows.next(0); row >= 0 && wanted > 0; row = rows.next(row + 1)) {
            if (random.nextInt(left--) < wanted) {
                picked.add(row);
                wanted--;
            }
        }
        return Verdict.of(picked);
    }
}
