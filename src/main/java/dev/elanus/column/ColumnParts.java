package dev.elanus.column;

import dev.elanus.error.Corrupt;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A column as the byte runs that log batches and segments store, each little-endian and starting where its container aligns it.
 *
 * @param values of fixed width and vector columns: the values; of columns of any length: the bytes of all rows
 * @param offsets of columns of any length: {@code rowCount + 1} int64; null for others
 * @param validity {@code ceil(rowCount / 8)} bytes, or null where no row is null
 */
public record ColumnParts(
        MemorySegment values,
        @Nullable MemorySegment offsets,
        @Nullable MemorySegment validity) {
    /** The parts of a column: views, not copies. */
    public static ColumnParts of(Column column) {
        return switch (column) {
            case FixedColumn fixed ->
                new ColumnParts(fixed.values(), null, fixed.validity().bits());
            case VectorColumn vectors ->
                new ColumnParts(vectors.values(), null, vectors.validity().bits());
            case BytesColumn bytes ->
                new ColumnParts(bytes.bytes(), bytes.offsets(), bytes.validity().bits());
        };
    }

    /**
     * The column that the parts hold.
     *
     * @throws Corrupt if a part's length does not fit the row count
     */
    public Column column(Field field, int rowCount) {
        Validity valid = new Validity(validity);
        expect(field, "validity", validity == null ? 0 : Validity.sizeBytes(rowCount), validity);
        if (offsets != null) {
            expect(field, "offsets", (rowCount + 1L) * Long.BYTES, offsets);
            return new BytesColumn(field.type(), rowCount, offsets, values, valid);
        }
        expect(field, "values", (long) rowCount * field.rowWidth(), values);
        return field.type().isDenseVector()
                ? new VectorColumn(field.type(), field.dimension(), rowCount, values, valid)
                : new FixedColumn(field.type(), rowCount, values, valid);
    }

    private static void expect(Field field, String part, long expected, @Nullable MemorySegment found) {
        long length = found == null ? 0 : found.byteSize();
        if (length != expected) {
            throw new Corrupt(
                    "column " + field.name() + ": expected " + expected + " bytes of " + part + ", found " + length);
        }
    }
}
