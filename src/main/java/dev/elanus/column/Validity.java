package dev.elanus.column;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a column are not null: a bitmap of one bit a row, lowest bit first, 1 for a value, or nothing where every row has one.
 *
 * @param bits {@code ceil(rowCount / 8)} bytes, or null where no row is null
 */
public record Validity(@Nullable MemorySegment bits) {
    private static final Validity ALL = new Validity(null);

    /** No row is null. */
    public static Validity all() {
        return ALL;
    }

    /** Every row is null. */
    static Validity none(int rowCount) {
        return new Validity(Column.allocate(sizeBytes(rowCount)));
    }

    /** One flag a row, true for a value. */
    public static Validity of(boolean[] valid) {
        boolean whole = true;
        for (boolean one : valid) {
            whole &= one;
        }
        if (whole) {
            return ALL;
        }
        MemorySegment bits = Column.allocate(sizeBytes(valid.length));
        for (int row = 0; row < valid.length; row++) {
            if (valid[row]) {
                set(bits, row);
            }
        }
        return new Validity(bits);
    }

    public static long sizeBytes(int rowCount) {
        return (rowCount + 7L) >>> 3;
    }

    static void set(MemorySegment bits, int row) {
        long at = row >>> 3;
        bits.set(ValueLayout.JAVA_BYTE, at, (byte) (bits.get(ValueLayout.JAVA_BYTE, at) | 1 << (row & 7)));
    }

    public boolean isNull(int row) {
        return bits != null && (bits.get(ValueLayout.JAVA_BYTE, row >>> 3) >>> (row & 7) & 1) == 0;
    }

    public boolean hasNulls() {
        return bits != null;
    }

    long sizeBytes() {
        return bits == null ? 0 : bits.byteSize();
    }

    Validity select(int[] rows) {
        if (bits == null) {
            return ALL;
        }
        boolean[] valid = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            valid[i] = !isNull(rows[i]);
        }
        return of(valid);
    }
}
