package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.filter.LookupTarget;
import java.lang.foreign.MemorySegment;

/**
 * The head of a scalar index, version 1, over mapped memory. Integers are little-endian.
 * <pre>
 * offset size field
 *      0    4 magic          "ESCX"
 *      4    4 version        1
 *      8    4 kind           1 booleans, 2 integers, 3 float64, 4 texts, 6 leaves of JSON as texts
 *     12    4 rowCount
 *     16    4 distinct       number of different values
 *     20    4 zero
 *     24    8 validAt        offset in the object of the rows that have something here; -1 if all have
 *     32    8 postingsOffset int64 a value: where in the object its rows stand, or if negative, the complement of its only row
 *     40    8 valuesOffset   ascending. Of numbers int64, see {@link #sortable}; of texts distinct + 1 int64 offsets, counted from the first
 *                            byte of text, and then UTF-8
 *     48   16 zero
 * </pre>
 * Offsets count from the head's first byte, but for those that are said to be in the object. Sets of rows are Roaring bitmaps in their portable
 * format, in the bulk before the head.
 */
record ScalarHead(LookupTarget.Kind kind, int rowCount, int distinct, long validAt, long postingsAt, long valuesAt) {
    static final int MAGIC = 0x58435345;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;

    /** @throws Corrupt if the bytes are not those of a scalar index of such values */
    static ScalarHead read(LookupTarget.Kind kind, ByteRange range, MemorySegment object) {
        String what = "scalar index";
        Heads.expectRange(what + ": length of the head", range.length(), HEADER_BYTES, Long.MAX_VALUE);
        MemorySegment bytes = object.asSlice(range.offset(), range.length());
        Heads.expectRange(what + ": magic", bytes.get(INT_LE, 0), MAGIC, MAGIC);
        int version = bytes.get(INT_LE, 4);
        if (version > VERSION) {
            throw Unsupported.version(what, version, VERSION);
        }
        Heads.expectRange(what + ": version", version, VERSION, VERSION);
        Heads.expectRange(what + ": kind", bytes.get(INT_LE, 8), kind.ordinal() + 1, kind.ordinal() + 1);
        int distinct = bytes.get(INT_LE, 16);
        Heads.expectRange(what + ": number of values", distinct, 0, Integer.MAX_VALUE - 1);
        long postings = bytes.get(LONG_LE, 32);
        long values = bytes.get(LONG_LE, 40);
        Heads.expectRange(what + ": postings", postings, HEADER_BYTES, range.length() - 8L * distinct);
        Heads.expectRange(what + ": values", values, HEADER_BYTES, range.length() - 8L * distinct);
        return new ScalarHead(
                kind,
                bytes.get(INT_LE, 12),
                distinct,
                bytes.get(LONG_LE, 24),
                range.offset() + postings,
                range.offset() + values);
    }

    /** A number whose order as int64 is the order of float64; both zeros are one, NaN comes last. */
    static long sortable(double number) {
        long bits = Double.doubleToLongBits(number + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }
}
