package dev.elanus.column;

import dev.elanus.schema.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a column without reading it. Minimum and maximum are of the values that are not null and not NaN: a Long for Bool, Timestamptz and the
 * integer types, a Double for Float and Double, a String for VarChar, whose order is that of its UTF-8 bytes.
 *
 * @param min null where there is no value or nothing is kept of the type: arrays, JSON, geometries, vectors, texts of more than {@link #MAX_TEXT_BYTES}
 * @param max null exactly where {@code min} is
 * @param nullCount rows that are null
 * @param rowCount rows in all
 */
public record ColumnStatistics(
        @Nullable Object min, @Nullable Object max, long nullCount, long rowCount) {
    /** Longer texts are not kept. */
    public static final int MAX_TEXT_BYTES = 256;

    public static ColumnStatistics of(Column column) {
        long nulls = 0;
        for (int row = 0; row < column.rowCount() && column.validity().hasNulls(); row++) {
            nulls += column.isNull(row) ? 1 : 0;
        }
        return switch (column) {
            case FixedColumn fixed -> fixed.type().isFloating() ? ofDoubles(fixed, nulls) : ofLongs(fixed, nulls);
            case BytesColumn bytes when bytes.type() == DataType.VARCHAR -> ofTexts(bytes, nulls);
            case BytesColumn _, VectorColumn _ -> new ColumnStatistics(null, null, nulls, column.rowCount());
        };
    }

    private static ColumnStatistics ofLongs(FixedColumn column, long nulls) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                min = Math.min(min, column.longAt(row));
                max = Math.max(max, column.longAt(row));
            }
        }
        return min > max
                ? new ColumnStatistics(null, null, nulls, column.rowCount())
                : new ColumnStatistics(min, max, nulls, column.rowCount());
    }

    private static ColumnStatistics ofDoubles(FixedColumn column, long nulls) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean any = false;
        for (int row = 0; row < column.rowCount(); row++) {
            double value = column.doubleAt(row);
            if (!column.isNull(row) && !Double.isNaN(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                any = true;
            }
        }
        return any
                ? new ColumnStatistics(min, max, nulls, column.rowCount())
                : new ColumnStatistics(null, null, nulls, column.rowCount());
    }

    private static ColumnStatistics ofTexts(BytesColumn column, long nulls) {
        int min = -1;
        int max = -1;
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            min = min < 0 || Keys.compare(column, row, column, min) < 0 ? row : min;
            max = max < 0 || Keys.compare(column, row, column, max) > 0 ? row : max;
        }
        boolean kept = min >= 0 && column.lengthAt(min) <= MAX_TEXT_BYTES && column.lengthAt(max) <= MAX_TEXT_BYTES;
        return kept
                ? new ColumnStatistics(column.textAt(min), column.textAt(max), nulls, column.rowCount())
                : new ColumnStatistics(null, null, nulls, column.rowCount());
    }
}
