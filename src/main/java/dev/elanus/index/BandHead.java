package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The head of an index of MinHash signatures, version 1, over mapped memory. Integers are little-endian.
 * <pre>
 * offset size field
 *      0    4 magic          "EMHB"
 *      4    4 version        1
 *      8    4 metric         6 MHJACCARD
 *     12    4 dimension
 *     16    4 rowCount
 *     20    4 entries        rows in each band: all but those that are null
 *     24    4 bands
 *     28    4 bandBytes      of a signature; what is left behind the last band is in none
 *     32    4 elementBytes   of a signature's element
 *     36    4 keyType        1 Int64, 2 VarChar
 *     40    8 signaturesAt   offset in the object of the signatures of all rows
 *     48    8 keysAt         offset in the object of the primary keys, see {@link KeyBytes}
 *     56    8 zero
 *     64      fences         int64 a block of {@link #BLOCK_ENTRIES} entries, band after band: its first entry
 * </pre>
 * The bulk begins with the entries, band after band: int64, above a hash of the row's band, int32, and below the row; ascending.
 */
record BandHead(
        int dimension,
        int rowCount,
        int entries,
        int bands,
        int bandBytes,
        int elementBytes,
        DataType keyType,
        long signaturesAt,
        long keysAt,
        MemorySegment bytes) {
    static final int MAGIC = 0x42484d45;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    static final int ALIGNMENT = 64;
    static final int BLOCK_ENTRIES = 256;

    private static final long HASH_START = 0xcbf29ce484222325L;
    private static final long HASH_PRIME = 0x100000001b3L;

    /** @throws dev.elanus.error.Corrupt if the header is not that of such an index of this version and for this field */
    static BandHead read(VectorIndexSpec spec, ByteRange range, MemorySegment object) {
        MemorySegment bytes = object.asSlice(range.offset(), range.length());
        Heads.check("index of signatures", MAGIC, VERSION, HEADER_BYTES, spec, bytes);
        BandHead head = new BandHead(
                bytes.get(INT_LE, 12),
                bytes.get(INT_LE, 16),
                bytes.get(INT_LE, 20),
                bytes.get(INT_LE, 24),
                bytes.get(INT_LE, 28),
                bytes.get(INT_LE, 32),
                Heads.keyType("index of signatures", bytes.get(INT_LE, 36)),
                bytes.get(LONG_LE, 40),
                bytes.get(LONG_LE, 48),
                bytes);
        Heads.expectRange("index of signatures: bands", head.bands, 1, head.dimension);
        Heads.expectRange(
                "index of signatures: length of the head",
                bytes.byteSize(),
                HEADER_BYTES + (long) head.bands * head.blocks() * Long.BYTES,
                Long.MAX_VALUE);
        return head;
    }

    /** The hash of a band: FNV-1a (Fowler, Noll, Vo), folded. */
    static int hash(MemorySegment signature, long from, int length) {
        long hash = HASH_START;
        for (int i = 0; i < length; i++) {
            byte one = signature.get(ValueLayout.JAVA_BYTE, from + i);
            hash = (hash ^ one & 0xff) * HASH_PRIME;
        }
        return (int) (hash ^ hash >>> 32);
    }

    /** The entry of a row. */
    static long entry(int hash, int row) {
        return (long) hash << 32 | row;
    }

    int blocks() {
        return Math.ceilDiv(entries, BLOCK_ENTRIES);
    }

    int signatureBytes() {
        return dimension / Byte.SIZE;
    }

    /** Where the entries of a hash lie, and some more around them. */
    ByteRange entriesOf(int band, int hash) {
        int low = 0;
        int high = blocks();
        int first = Math.max(0, below(band, entry(hash, 0), low, high) - 1);
        int end = below(band, entry(hash, Integer.MAX_VALUE) + 1, low, high);
        long start = ((long) band * entries + (long) first * BLOCK_ENTRIES) * Long.BYTES;
        long stop = ((long) band * entries + Math.min(entries, (long) end * BLOCK_ENTRIES)) * Long.BYTES;
        return new ByteRange(start, Math.max(0, stop - start));
    }

    /** How many blocks of a band begin below an entry. */
    private int below(int band, long entry, int from, int end) {
        int low = from;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long fence = bytes.get(LONG_LE, HEADER_BYTES + ((long) band * blocks() + middle) * Long.BYTES);
            if (fence < entry) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
