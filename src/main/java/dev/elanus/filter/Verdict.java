package dev.elanus.filter;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;

/**
 * What a filter says of each row, by the three-valued logic of SQL (Kleene's strong logic).
 *
 * @param passed rows for which it is true
 * @param failed rows for which it is false; it is unknown for those in neither set
 */
record Verdict(RowSet passed, RowSet failed) {
    static Verdict always(boolean value, int rowCount) {
        return value
                ? new Verdict(RowSet.all(rowCount), RowSet.none(rowCount))
                : new Verdict(RowSet.none(rowCount), RowSet.all(rowCount));
    }

    /** True for some rows and false for all others. */
    static Verdict of(RowSet passed) {
        return new Verdict(passed, passed.complement());
    }

    /** True for some rows and false for the others, but unknown where the column is null. */
    static Verdict of(RowSet passed, Column column) {
        if (!column.validity().hasNulls()) {
            return of(passed);
        }
        RowSet valid = RowSet.none(column.rowCount());
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                valid.add(row);
            }
        }
        return new Verdict(passed.and(valid), valid.without(passed));
    }

    /** An empty verdict, to be filled row by row. */
    static Verdict unknown(int rowCount) {
        return new Verdict(RowSet.none(rowCount), RowSet.none(rowCount));
    }

    void set(int row, boolean value) {
        (value ? passed : failed).add(row);
    }

    Verdict and(Verdict other) {
        return new Verdict(passed.and(other.passed), failed.or(other.failed));
    }

    Verdict or(Verdict other) {
        return new Verdict(passed.or(other.passed), failed.and(other.failed));
    }

    Verdict not() {
        return new Verdict(failed, passed);
    }
}
