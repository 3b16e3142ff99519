package dev.elanus.filter;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Compares the values of a fixed-width column with constants, one plain loop for each width. Nulls are the caller's concern. */
final class FixedScan {
    private FixedScan() {}

    static RowSet compare(FixedColumn column, Comparison comparison, TemplateValue value) {
        return switch (value) {
            case TemplateValue.Bool(boolean flag) -> compare(column, comparison, flag ? 1L : 0L);
            case TemplateValue.Int(long number) ->
                column.type().isFloating()
                        ? compare(column, comparison, (double) number)
                        : compare(column, comparison, number);
            case TemplateValue.Floating(double number) -> compare(column, comparison, number);
            case TemplateValue.Text _, TemplateValue.Time _, TemplateValue.Json _, TemplateValue.Array _ ->
                throw new IllegalStateException("numbers are compared with numbers");
        };
    }

    static RowSet in(FixedColumn column, ValueSet values) {
        RowSet rows = RowSet.none(column.rowCount());
        boolean floating = column.type().isFloating();
        boolean flags = column.type() == DataType.BOOL;
        for (int row = 0; row < column.rowCount(); row++) {
            boolean found = floating
                    ? values.contains(column.doubleAt(row))
                    : flags ? values.contains(column.booleanAt(row)) : values.contains(column.longAt(row));
            if (found) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Every comparison with an integer asks whether a value lies between two others, or does not. */
    private static RowSet compare(FixedColumn column, Comparison comparison, long value) {
        boolean nothing = comparison == Comparison.LESS && value == Long.MIN_VALUE
                || comparison == Comparison.GREATER && value == Long.MAX_VALUE;
        if (nothing) {
            return RowSet.none(column.rowCount());
        }
        return switch (comparison) {
            case EQUAL -> between(column, value, value);
            case NOT_EQUAL -> between(column, value, value).complement();
            case LESS -> between(column, Long.MIN_VALUE, value - 1);
            case LESS_OR_EQUAL -> between(column, Long.MIN_VALUE, value);
            case GREATER -> between(column, value + 1, Long.MAX_VALUE);
            case GREATER_OR_EQUAL -> between(column, value, Long.MAX_VALUE);
        };
    }

    private static RowSet compare(FixedColumn column, Comparison comparison, double value) {
        if (Double.isNaN(value)) {
            return comparison == Comparison.NOT_EQUAL ? RowSet.all(column.rowCount()) : RowSet.none(column.rowCount());
        }
        return switch (comparison) {
            case EQUAL -> between(column, value, value);
            case NOT_EQUAL -> between(column, value, value).complement();
            case LESS ->
                value == Double.NEGATIVE_INFINITY
                        ? RowSet.none(column.rowCount())
                        : between(column, Double.NEGATIVE_INFINITY, Math.nextDown(value));
            case LESS_OR_EQUAL -> between(column, Double.NEGATIVE_INFINITY, value);
            case GREATER ->
                value == Double.POSITIVE_INFINITY
                        ? RowSet.none(column.rowCount())
                        : between(column, Math.nextUp(value), Double.POSITIVE_INFINITY);
            case GREATER_OR_EQUAL -> between(column, value, Double.POSITIVE_INFINITY);
        };
    }

    private static RowSet between(FixedColumn column, long low, long high) {
        RowSet rows = RowSet.none(column.rowCount());
        MemorySegment values = column.values();
        int count = column.rowCount();
        if (column.type().isFloating()) {
            throw new IllegalStateException("no integers: " + column.type());
        }
        switch (column.type().width()) {
            case 1 -> {
                for (int row = 0; row < count; row++) {
                    byte value = values.get(ValueLayout.JAVA_BYTE, row);
                    if (value >= low && value <= high) {
                        rows.add(row);
                    }
                }
            }
            case 2 -> {
                for (int row = 0; row < count; row++) {
                    short value = values.get(Column.SHORT_LE, 2L * row);
                    if (value >= low && value <= high) {
                        rows.add(row);
                    }
                }
            }
            case 4 -> {
                for (int row = 0; row < count; row++) {
                    int value = values.get(Column.INT_LE, 4L * row);
                    if (value >= low && value <= high) {
                        rows.add(row);
                    }
                }
            }
            default -> {
                for (int row = 0; row < count; row++) {
                    long value = values.get(Column.LONG_LE, 8L * row);
                    if (value >= low && value <= high) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    /** NaN lies between nothing. */
    private static RowSet between(FixedColumn column, double low, double high) {
        RowSet rows = RowSet.none(column.rowCount());
        MemorySegment values = column.values();
        int count = column.rowCount();
        if (column.type() == DataType.FLOAT) {
            for (int row = 0; row < count; row++) {
                float value = values.get(Column.FLOAT_LE, 4L * row);
                if (value >= low && value <= high) {
                    rows.add(row);
                }
            }
        } else if (column.type() == DataType.DOUBLE) {
            for (int row = 0; row < count; row++) {
                double value = values.get(Column.DOUBLE_LE, 8L * row);
                if (value >= low && value <= high) {
                    rows.add(row);
                }
            }
        } else {
            throw new IllegalStateException("no floating-point numbers: " + column.type());
        }
        return rows;
    }
}
