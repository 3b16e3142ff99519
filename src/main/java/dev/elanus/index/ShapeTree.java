package dev.elanus.index;

import dev.elanus.column.RowSet;
import dev.elanus.filter.LikePattern;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.filter.ShapeTest;
import dev.elanus.filter.TemplateValue;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Finds by their boxes the rows whose shapes may pass a test, read where they lie. Safe for use from many threads. */
final class ShapeTree implements ScalarLookup {
    private final ShapeTreeHead head;
    /** Boxes on each level, from the shapes to the root. */
    private final int[] counts;
    /** The place of each level's first box. */
    private final long[] starts;

    ShapeTree(IndexExtent extent, MemorySegment object) {
        head = ShapeTreeHead.read(extent.head(), object);
        int levels = 1;
        for (int count = head.shapes(); count > 1; count = ShapeTreeHead.above(count)) {
            levels++;
        }
        counts = new int[levels];
        starts = new long[levels];
        counts[0] = head.shapes();
        for (int level = 1; level < levels; level++) {
            counts[level] = ShapeTreeHead.above(counts[level - 1]);
            starts[level] = starts[level - 1] + counts[level - 1];
        }
    }

    @Override
    public RowSet mayPass(ShapeTest test) {
        RowSet rows = RowSet.none(head.rowCount());
        if (head.shapes() > 0) {
            walk(counts.length - 1, 0, test, rows);
        }
        return rows;
    }

    private void walk(int level, int box, ShapeTest test, RowSet rows) {
        if (!test.mayPass(head.box(starts[level] + box))) {
            return;
        }
        if (level == 0) {
            rows.add(head.row(box));
            return;
        }
        int end = Math.min(counts[level - 1], (box + 1) * ShapeTreeHead.FAN_OUT);
        for (int child = box * ShapeTreeHead.FAN_OUT; child < end; child++) {
            walk(level - 1, child, test, rows);
        }
    }

    @Override
    public RowSet valid() {
        throw noValues();
    }

    @Override
    public RowSet between(
            @Nullable TemplateValue low, boolean withLow, @Nullable TemplateValue high, boolean withHigh) {
        throw noValues();
    }

    @Override
    public void addEqual(TemplateValue value, RowSet to) {
        throw noValues();
    }

    @Override
    public RowSet like(LikePattern pattern) {
        throw noValues();
    }

    @Override
    public RowSet mayMatch(LikePattern pattern) {
        throw noValues();
    }

    private static IllegalStateException noValues() {
        return new IllegalStateException("an index over shapes serves no filter alone");
    }
}
