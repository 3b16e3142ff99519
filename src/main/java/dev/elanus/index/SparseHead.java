package dev.elanus.index;

import static dev.elanus.column.Column.DOUBLE_LE;
import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * The head of a sparse index, version 1, over mapped memory. Integers are little-endian.
 * <pre>
 * offset size field
 *      0    4 magic          "ESPX"
 *      4    4 version        1
 *      8    4 keyType        1 Int64, 2 VarChar
 *     12    4 rowCount
 *     16    4 filled         rows that have some index
 *     20    4 terms          different indexes
 *     24    8 length         float64: the sum of all values
 *     32    8 keysAt         offset in the object of the primary keys of all rows, see {@link KeyBytes}
 *     40    8 termsOffset    from the head's first byte: the indexes in ascending order, uint32
 *     48    8 postingsOffset from the head's first byte: one int64 an index and one behind the last, the offset in the object of its postings
 *     56    8 zero
 * </pre>
 * Postings are 12 bytes each, in ascending order of rows: int32 row, float32 value, float32 sum of all values of the row, which is a text's length
 * where values are frequencies.
 */
record SparseHead(
        DataType keyType,
        int rowCount,
        int filled,
        int terms,
        double length,
        long keysAt,
        long termsAt,
        long postingsAt,
        MemorySegment object) {
    static final int MAGIC = 0x58505345;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    static final int POSTING_BYTES = 12;

    /** @throws Corrupt if the bytes are not those of a sparse index */
    static SparseHead read(ByteRange range, MemorySegment object) {
        String what = "sparse index";
        Heads.expectRange(what + ": length of the head", range.length(), HEADER_BYTES, Long.MAX_VALUE);
        MemorySegment bytes = object.asSlice(range.offset(), range.length());
        Heads.expectRange(what + ": magic", bytes.get(INT_LE, 0), MAGIC, MAGIC);
        int version = bytes.get(INT_LE, 4);
        if (version > VERSION) {
            throw Unsupported.version(what, version, VERSION);
        }
        Heads.expectRange(what + ": version", version, VERSION, VERSION);
        int terms = bytes.get(INT_LE, 20);
        Heads.expectRange(what + ": number of indexes", terms, 0, Integer.MAX_VALUE);
        long termsOffset = bytes.get(LONG_LE, 40);
        long postingsOffset = bytes.get(LONG_LE, 48);
        Heads.expectRange(what + ": indexes", termsOffset, HEADER_BYTES, range.length() - 4L * terms);
        Heads.expectRange(what + ": postings", postingsOffset, HEADER_BYTES, range.length() - 8L * (terms + 1L));
        return new SparseHead(
                Heads.keyType(what, bytes.get(INT_LE, 8)),
                bytes.get(INT_LE, 12),
                bytes.get(INT_LE, 16),
                terms,
                bytes.get(DOUBLE_LE, 24),
                bytes.get(LONG_LE, 32),
                range.offset() + termsOffset,
                range.offset() + postingsOffset,
                object);
    }

    /** Where the postings of an index stand; empty if no row has it. */
    ByteRange postings(int term) {
        int place = placeOf(term);
        if (place < 0) {
            return new ByteRange(0, 0);
        }
        long start = object.get(LONG_LE, postingsAt + 8L * place);
        return new ByteRange(start, object.get(LONG_LE, postingsAt + 8L * (place + 1)) - start);
    }

    private int placeOf(int term) {
        int low = 0;
        int high = terms - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(object.get(INT_LE, termsAt + 4L * middle), term);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    static int rowOf(MemorySegment postings, long at) {
        return postings.get(INT_LE, at);
    }

    static float valueOf(MemorySegment postings, long at) {
        return postings.get(FLOAT_LE, at + 4);
    }

    static float lengthOf(MemorySegment postings, long at) {
        return postings.get(FLOAT_LE, at + 8);
    }
}
