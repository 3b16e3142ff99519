package dev.elanus.filter;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.RowSet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Compares the texts of a column with constants, as bytes. Nulls are the caller's concern. */
final class TextScan {
    private TextScan() {}

    static RowSet compare(BytesColumn column, Comparison comparison, String value) {
        RowSet rows = RowSet.none(column.rowCount());
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        MemorySegment wanted = MemorySegment.ofArray(utf8);
        boolean ordering = comparison.isOrdering();
        long start = column.startAt(0);
        for (int row = 0; row < column.rowCount(); row++) {
            long end = column.startAt(row + 1);
            // Most texts differ in their length already.
            int order = !ordering && end - start != utf8.length ? 1 : compare(column.bytes(), start, end, wanted);
            if (comparison.holdsFor(order)) {
                rows.add(row);
            }
            start = end;
        }
        return rows;
    }

    static RowSet in(BytesColumn column, ValueSet values) {
        RowSet rows = RowSet.none(column.rowCount());
        for (int row = 0; row < column.rowCount(); row++) {
            if (values.contains(column.textAt(row))) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** @param candidates the rows to look at, null for all */
    static RowSet like(BytesColumn column, LikePattern pattern, @Nullable RowSet candidates) {
        RowSet rows = RowSet.none(column.rowCount());
        byte[] utf8 = new byte[256];
        RowSet visited = candidates == null ? RowSet.all(column.rowCount()) : candidates;
        for (int row = visited.next(0); row >= 0; row = visited.next(row + 1)) {
            int length = column.lengthAt(row);
            if (length > utf8.length) {
                utf8 = new byte[2 * length];
            }
            MemorySegment.copy(column.bytes(), ValueLayout.JAVA_BYTE, column.startAt(row), utf8, 0, length);
            if (pattern.matches(utf8, 0, length)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static int compare(MemorySegment bytes, long start, long end, MemorySegment wanted) {
        long mismatch = MemorySegment.mismatch(bytes, start, end, wanted, 0, wanted.byteSize());
        if (mismatch < 0) {
            return 0;
        }
        if (start + mismatch == end || mismatch == wanted.byteSize()) {
            return Long.compare(end - start, wanted.byteSize());
        }
        return Byte.compareUnsigned(
                bytes.get(ValueLayout.JAVA_BYTE, start + mismatch), wanted.get(ValueLayout.JAVA_BYTE, mismatch));
    }
}
