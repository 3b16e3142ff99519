package dev.elanus.index;

import static dev.elanus.column.Column.DOUBLE_LE;
import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.DataType;
import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;

/**
 * The head of a sparse index, version 2, over mapped memory. Integers are little-endian.
 * <pre>
 * offset size field
 *      0    4 magic          "ESPX"
 *      4    4 version        2
 *      8    4 keyType        1 Int64, 2 VarChar
 *     12    4 rowCount
 *     16    4 filled         rows that have some index
 *     20    4 terms          different indexes
 *     24    8 length         float64: the sum of all values
 *     32    8 keysAt         offset in the object of the primary keys of all rows, see {@link KeyBytes}
 *     40    8 termsOffset    from the head's first byte: the indexes in ascending order, uint32
 *     48    8 countsOffset   from the head's first byte: int32 an index, the rows that have it
 *     56    8 postingsOffset from the head's first byte: one int64 an index and one behind the last, the offset in the object of its postings
 *     64    4 valueBytes     1 or 2: values are unsigned integers of that width; 4: float32
 *     68    4 lengthBytes    the same of the sum of a row's values; 0 if it is not kept
 *     72    4 k1             float32, BM25's: with which bounds were computed; 0 if values themselves are the bounds
 *     76    4 b              float32, BM25's
 *     80    8 averageLength  float64, BM25's
 *     88   40 zero
 * </pre>
 * {@link Postings} describes the postings.
 */
record SparseHead(
        DataType keyType,
        int rowCount,
        int filled,
        int terms,
        double length,
        long keysAt,
        long termsAt,
        long countsAt,
        long postingsAt,
        int valueBytes,
        int lengthBytes,
        SparseQuery.Bm25 bounds,
        MemorySegment object) {
    static final int MAGIC = 0x58505345;
    static final int VERSION = 2;
    static final int HEADER_BYTES = 128;

    /** @throws Corrupt if the bytes are not those of a sparse index */
    static SparseHead read(ByteRange range, MemorySegment object) {
        String what = "sparse index";
        Heads.expectRange(what + ": length of the head", range.length(), HEADER_BYTES, Long.MAX_VALUE);
        MemorySegment bytes = object.asSlice(range.offset(), range.length());
        Heads.expectRange(what + ": magic", bytes.get(INT_LE, 0), MAGIC, MAGIC);
        int version = bytes.get(INT_LE, 4);
        if (version == 1) {
            throw new Unsupported(
                    "sparse index: format version 1 is not read any more: drop the index and create it again");
        }
        if (version > VERSION) {
            throw Unsupported.version(what, version, VERSION);
        }
        Heads.expectRange(what + ": version", version, VERSION, VERSION);
        int rowCount = bytes.get(INT_LE, 12);
        Heads.expectRange(what + ": number of rows", rowCount, 1, Integer.MAX_VALUE);
        int terms = bytes.get(INT_LE, 20);
        Heads.expectRange(what + ": number of indexes", terms, 0, Integer.MAX_VALUE);
        int valueBytes = bytes.get(INT_LE, 64);
        Heads.expectRange(what + ": bytes of a value", valueBytes, 1, 4);
        int lengthBytes = bytes.get(INT_LE, 68);
        Heads.expectRange(what + ": bytes of a length", lengthBytes, 0, 4);
        return new SparseHead(
                Heads.keyType(what, bytes.get(INT_LE, 8)),
                rowCount,
                bytes.get(INT_LE, 16),
                terms,
                bytes.get(DOUBLE_LE, 24),
                bytes.get(LONG_LE, 32),
                at(what + ": indexes", range, bytes.get(LONG_LE, 40), 4L * terms),
                at(what + ": counts", range, bytes.get(LONG_LE, 48), 4L * terms),
                at(what + ": postings", range, bytes.get(LONG_LE, 56), 8L * (terms + 1L)),
                valueBytes,
                lengthBytes,
                new SparseQuery.Bm25(bytes.get(FLOAT_LE, 72), bytes.get(FLOAT_LE, 76), bytes.get(DOUBLE_LE, 80)),
                object);
    }

    private static long at(String what, ByteRange head, long offset, long length) {
        Heads.expectRange(what, offset, HEADER_BYTES, head.length() - length);
        return head.offset() + offset;
    }

    /** Where an index stands among all, or a negative number if no row has it. */
    int placeOf(int term) {
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

    /** The rows that have the index at a place. */
    int countAt(int place) {
        return object.get(INT_LE, countsAt + 4L * place);
    }

    /** Where the postings of the index at a place stand. */
    ByteRange postingsAt(int place) {
        long start = object.get(LONG_LE, postingsAt + 8L * place);
        return new ByteRange(start, object.get(LONG_LE, postingsAt + 8L * (place + 1)) - start);
    }

    /** Blocks of rows in the segment. */
    int blocks() {
        return (rowCount + Postings.BLOCK - 1) / Postings.BLOCK;
    }
}
