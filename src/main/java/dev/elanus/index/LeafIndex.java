package dev.elanus.index;

import dev.elanus.column.RowSet;
import dev.elanus.filter.JsonLeaves;
import dev.elanus.filter.LikePattern;
import dev.elanus.filter.LookupTarget;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.filter.ShapeTest;
import dev.elanus.filter.TemplateValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an index over the leaves of JSON tells of the values of one kind at one place. */
final class LeafIndex implements ScalarLookup {
    private final ScalarIndex leaves;
    private final String start;
    private final TemplateValue mark;
    private final int rowCount;

    LeafIndex(ScalarIndex leaves, List<String> keys, LookupTarget.Kind kind, int rowCount) {
        this.leaves = leaves;
        this.start = JsonLeaves.start(keys, kind);
        this.mark = new TemplateValue.Text(JsonLeaves.mark(keys, kind));
        this.rowCount = rowCount;
    }

    @Override
    public RowSet valid() {
        RowSet rows = RowSet.none(rowCount);
        leaves.addEqual(mark, rows);
        return rows;
    }

    @Override
    public RowSet between(
            @Nullable TemplateValue low, boolean withLow, @Nullable TemplateValue high, boolean withHigh) {
        TemplateValue from = low == null ? new TemplateValue.Text(start) : place(low);
        TemplateValue end = high == null ? new TemplateValue.Text(behind(start)) : place(high);
        return leaves.between(from, withLow || low == null, end, withHigh);
    }

    @Override
    public void addEqual(TemplateValue value, RowSet to) {
        leaves.addEqual(place(value), to);
    }

    @Override
    public RowSet like(LikePattern pattern) {
        return leaves.like(start, pattern);
    }

    @Override
    public @Nullable RowSet mayMatch(LikePattern pattern) {
        return null;
    }

    @Override
    public RowSet mayPass(ShapeTest test) {
        throw new IllegalStateException("an index over values knows no shapes");
    }

    private TemplateValue place(TemplateValue value) {
        return new TemplateValue.Text(start + JsonLeaves.key(value));
    }

    /** What no text that begins with another reaches; its last character is a letter. */
    private static String behind(String start) {
        int last = start.length() - 1;
        return start.substring(0, last) + (char) (start.charAt(last) + 1);
    }
}
