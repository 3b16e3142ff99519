package dev.elanus.filter;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Keys;
import dev.elanus.column.RowSet;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Primary keys in ascending order as the index that they are: rows are found by halving. */
public final class SortedKeys implements ScalarLookup {
    private final Field field;
    private final Column keys;

    /** @param keys of the field, ascending, equal ones beside each other */
    public SortedKeys(Field field, Column keys) {
        this.field = field;
        this.keys = keys;
    }

    /** What it is over. */
    public static LookupTarget target(Field field) {
        LookupTarget.Kind kind = field.type() == DataType.INT64 ? LookupTarget.Kind.INTEGER : LookupTarget.Kind.TEXT;
        return new LookupTarget(field.id(), List.of(), kind, LookupTarget.Shape.WHOLE, false);
    }

    @Override
    public RowSet valid() {
        return RowSet.all(keys.rowCount());
    }

    @Override
    public RowSet between(
            @Nullable TemplateValue low, boolean withLow, @Nullable TemplateValue high, boolean withHigh) {
        int from = low == null ? 0 : withLow ? first(low) : behind(low);
        int end = high == null ? keys.rowCount() : withHigh ? behind(high) : first(high);
        return RowSet.range(from, Math.max(from, end), keys.rowCount());
    }

    @Override
    public void addEqual(TemplateValue value, RowSet to) {
        int end = behind(value);
        for (int row = first(value); row < end; row++) {
            to.add(row);
        }
    }

    @Override
    public RowSet like(LikePattern pattern) {
        return TextScan.like((BytesColumn) keys, pattern, null);
    }

    @Override
    public @Nullable RowSet mayMatch(LikePattern pattern) {
        return null;
    }

    @Override
    public RowSet mayPass(ShapeTest test) {
        throw new IllegalStateException("keys are no shapes");
    }

    private int first(TemplateValue value) {
        return Keys.lowerBound(keys, null, single(value), 0);
    }

    /** The first row whose key is larger. */
    private int behind(TemplateValue value) {
        Column single = single(value);
        int low = first(value);
        int high = keys.rowCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Keys.compare(keys, middle, single, 0) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Column single(TemplateValue value) {
        ColumnBuilder builder = ColumnBuilder.of(field, 1);
        switch (value) {
            case TemplateValue.Int(long number) -> builder.add(number);
            case TemplateValue.Text(String text) -> builder.add(text);
            case TemplateValue.Bool _,
                    TemplateValue.Floating _,
                    TemplateValue.Time _,
                    TemplateValue.Json _,
                    TemplateValue.Array _ -> throw new IllegalStateException("no key: " + value);
        }
        return builder.build();
    }
}
