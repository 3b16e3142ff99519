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
        for (int first = 0; first < column.rowCount(); first += Long.SIZE) {
            int count = Math.min(Long.SIZE, column.rowCount() - first);
            long found = 0;
            for (int i = 0; i < count; i++) {
                int row = first + i;
                boolean has = floating
                        ? values.contains(column.doubleAt(row))
                        : flags ? values.contains(column.booleanAt(row)) : values.contains(column.longAt(row));
                found |= bit(has, i);
            }
            rows.addBits(first, found);
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
        if (column.type().isFloating()) {
            throw new IllegalStateException("no integers: " + column.type());
        }
        RowSet rows = RowSet.none(column.rowCount());
        // As unsigned distances from the lower bound, of which the upper one alone is left to compare with.
        long most = high - low + Long.MIN_VALUE;
        for (int first = 0; first < column.rowCount(); first += Long.SIZE) {
            int count = Math.min(Long.SIZE, column.rowCount() - first);
            rows.addBits(first, bitsBetween(column.values(), column.type().width(), first, count, low, most));
        }
        return rows;
    }

    /** A bit for each of up to 64 values; without branches, which would be mispredicted as often as values pass. */
    private static long bitsBetween(MemorySegment values, int width, int first, int count, long low, long most) {
        long bits = 0;
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    long value = values.get(ValueLayout.JAVA_BYTE, first + i);
                    bits |= bit(value - low + Long.MIN_VALUE <= most, i);
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    long value = values.get(Column.SHORT_LE, 2L * (first + i));
                    bits |= bit(value - low + Long.MIN_VALUE <= most, i);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    long value = values.get(Column.INT_LE, 4L * (first + i));
                    bits |= bit(value - low + Long.MIN_VALUE <= most, i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    long value = values.get(Column.LONG_LE, 8L * (first + i));
                    bits |= bit(value - low + Long.MIN_VALUE <= most, i);
                }
            }
        }
        return bits;
    }

    /** NaN lies between nothing. */
    private static RowSet between(FixedColumn column, double low, double high) {
        if (!column.type().isFloating()) {
            throw new IllegalStateException("no floating-point numbers: " + column.type());
        }
        RowSet rows = RowSet.none(column.rowCount());
        MemorySegment values = column.values();
        boolean single = column.type() == DataType.FLOAT;
        for (int first = 0; first < column.rowCount(); first += Long.SIZE) {
            int count = Math.min(Long.SIZE, column.rowCount() - first);
            long bits = 0;
            for (int i = 0; i < count; i++) {
                double value = single
                        ? values.get(Column.FLOAT_LE, 4L * (first + i))
                        : values.get(Column.DOUBLE_LE, 8L * (first + i));
                bits |= bit(value >= low & value <= high, i);
            }
            rows.addBits(first, bits);
        }
        return rows;
    }

    private static long bit(boolean is, int place) {
        return (is ? 1L : 0L) << place;
    }
}
