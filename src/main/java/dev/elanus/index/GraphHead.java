package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.ProductQuantizer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a graph index, version 2, over mapped memory. Version 1, which knew no bits, linked all rows and ended its header at offset 88, is
 * read all the same. Integers are little-endian; offsets count from the head's first byte.
 * <pre>
 * offset size field
 *      0    4 magic             "EGRA"
 *      4    4 version           2
 *      8    4 metric            1 L2, 2 IP, 3 COSINE, 4 HAMMING, 5 JACCARD
 *     12    4 dimension
 *     16    4 rowCount
 *     20    4 degree            places for neighbours at the base
 *     24    4 upperDegree       places for neighbours on the levels above
 *     28    4 upperLevels       how many levels there are above the base
 *     32    4 entry             where walks begin: a place on the highest level, at the base a row
 *     36    4 codeKind          1 int8, 2 int8 that lose nothing, 3 product-quantized, 4 bits
 *     40    4 codeBytes         bytes of one row's code
 *     44    4 keyType           1 Int64, 2 VarChar
 *     48    8 quantizerOffset   int8: bases and steps; product: centroids, see the quantizers
 *     56    8 upperOffset       per level, the lowest first: int32 count; int32 rows[count]; int32 below[count], the
 *                               place of the same row one level below; int32 neighbours[count · upperDegree], places
 *                               on this level, -1 for none
 *     64    8 neighboursOffset  int32 [rowCount · degree], row numbers, those of one row together, -1 for none and
 *                               behind the last
 *     72    8 codesOffset       [rowCount · codeBytes]
 *     80    8 keysOffset        primary keys, see {@link KeyBytes}; up to the head's end
 *     88    4 linked            rows that the graph links: all but those that are null
 *     92    4 zero
 * </pre>
 * The bulk before the head holds the float32 vectors of all rows in order, normalized under COSINE; nothing if
 * codeKind is 2 or 4.
 */
record GraphHead(
        int dimension,
        int rowCount,
        int degree,
        int upperDegree,
        int upperLevels,
        int entry,
        CodeKind codeKind,
        int codeBytes,
        DataType keyType,
        int linked,
        MemorySegment bytes) {
    static final int MAGIC = 0x41524745;
    static final int VERSION = 2;
    static final int HEADER_BYTES = 96;
    private static final int FIRST_HEADER_BYTES = 88;
    static final int ALIGNMENT = 64;

    /** How rows are compared while walking. */
    enum CodeKind {
        INT8,
        INT8_EXACT,
        PRODUCT,
        BITS;

        /** Whether no second comparison is needed. */
        boolean losesNothing() {
            return this == INT8_EXACT || this == BITS;
        }
    }

    /** @throws Corrupt if the header is not that of a graph index of this version and for this field */
    static GraphHead read(VectorIndexSpec spec, ByteRange range, MemorySegment object) {
        MemorySegment bytes = object.asSlice(range.offset(), range.length());
        Heads.check("graph index", MAGIC, VERSION, FIRST_HEADER_BYTES, spec, bytes);
        boolean isFirst = bytes.get(INT_LE, 4) == 1;
        int kind = bytes.get(INT_LE, 36);
        Heads.expectRange("graph index: code kind", kind, 1, isFirst ? 3 : 4);
        GraphHead head = new GraphHead(
                bytes.get(INT_LE, 12),
                bytes.get(INT_LE, 16),
                bytes.get(INT_LE, 20),
                bytes.get(INT_LE, 24),
                bytes.get(INT_LE, 28),
                bytes.get(INT_LE, 32),
                CodeKind.values()[kind - 1],
                bytes.get(INT_LE, 40),
                Heads.keyType("graph index", bytes.get(INT_LE, 44)),
                bytes.get(INT_LE, isFirst ? 16 : FIRST_HEADER_BYTES),
                bytes);
        for (int field = 48; field < FIRST_HEADER_BYTES; field += 8) {
            Heads.expectRange("graph index: offset", bytes.get(LONG_LE, field), FIRST_HEADER_BYTES, bytes.byteSize());
        }
        return head;
    }

    Int8Quantizer int8Quantizer() {
        return Int8Quantizer.read(bytes, offset(48), dimension, codeKind == CodeKind.INT8_EXACT);
    }

    ProductQuantizer productQuantizer() {
        int columns = ProductQuantizer.OF_BYTES;
        long length = ProductQuantizer.bytesOfCentroids(dimension, columns);
        return new ProductQuantizer(dimension, codeBytes, columns, bytes.asSlice(offset(48), length));
    }

    RowGraph graph() {
        List<GraphLevel> levels = new ArrayList<>();
        levels.add(new GraphLevel(
                rowCount,
                degree,
                MemorySegment.NULL,
                MemorySegment.NULL,
                bytes.asSlice(offset(64), (long) rowCount * degree * Integer.BYTES)));
        long at = offset(56);
        for (int number = 1; number <= upperLevels; number++) {
            int count = bytes.get(INT_LE, at);
            long part = (long) count * Integer.BYTES;
            levels.add(new GraphLevel(
                    count,
                    upperDegree,
                    bytes.asSlice(at + Integer.BYTES, part),
                    bytes.asSlice(at + Integer.BYTES + part, part),
                    bytes.asSlice(at + Integer.BYTES + 2 * part, part * upperDegree)));
            at += Integer.BYTES + part * (2L + upperDegree);
        }
        return new RowGraph(List.copyOf(levels), entry);
    }

    MemorySegment codes() {
        return bytes.asSlice(offset(72), (long) rowCount * codeBytes);
    }

    Column keys() {
        return KeyBytes.view(keyType, rowCount, bytes.asSlice(offset(80)));
    }

    /** Whether float32 vectors stand before the head. */
    boolean hasVectors() {
        return !codeKind.losesNothing();
    }

    private long offset(int field) {
        return bytes.get(LONG_LE, field);
    }
}
