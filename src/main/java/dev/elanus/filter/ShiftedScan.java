package dev.elanus.filter;

import dev.elanus.column.FixedColumn;

/** Compares times that the calendar moves, row by row. */
final class ShiftedScan {
    private ShiftedScan() {}

    static Verdict compare(FixedColumn times, Interval by, Comparison comparison, long micros) {
        Verdict verdict = Verdict.unknown(times.rowCount());
        for (int row = 0; row < times.rowCount(); row++) {
            if (!times.isNull(row)) {
                verdict.set(row, comparison.holdsFor(Long.compare(by.from(times.longAt(row)), micros)));
            }
        }
        return verdict;
    }
}
