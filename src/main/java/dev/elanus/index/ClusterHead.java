package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.schema.DataType;
import dev.elanus.vector.HalfByteCodes;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.ProductQuantizer;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The head of a cluster index, version 5, over mapped memory. Earlier versions knew fewer kinds of codes and no reach, ended their header at offset 64, and are read all the same. Integers are little-endian; offsets in the header count
 * from the head's first byte.
 * <pre>
 * offset size field
 *      0    4 magic             "EIVF"
 *      4    4 version           5
 *      8    4 metric            1 L2, 2 IP, 3 COSINE, 4 HAMMING, 5 JACCARD
 *     12    4 dimension
 *     16    4 rowCount
 *     20    4 clusters
 *     24    4 codeKind          1 float32, 2 int8 that lose nothing, 3 int8 and float32, 4 int8 and int16 refinements,
 *                               5 product-quantized, 6 the same and float32, 7 bits,
 *                               8 product-quantized to half bytes, 9 the same and float32,
 *                               10 and 11 are 2 and 4 behind sketches
 *     28    4 keyType           1 Int64, 2 VarChar
 *     32    4 probes            clusters that a search reads unless it says otherwise; 0 in AUTOINDEX, which has a reach
 *     36    4 usual             float32, see {@link Reach}
 *     40    8 centroidsOffset   float32 [clusters · dimension]
 *     48    8 directoryOffset   one entry a cluster and one behind the last:
 *                               int64 offset of the block from the object's first byte; int32 firstSlot, rows in all
 *                               blocks before it; int32 keyBytes
 *     56    8 quantizerOffset   bases and steps, see {@link Int8Quantizer}; if codeKind is 5, 6, 8 or 9 an int32, the pieces, and the centroids of
 *                               {@link ProductQuantizer}; those of the sketches follow if it is 10 or 11; nothing if it is 1 or 7
 *     64   16 reach             float32, of one, ten, a hundred and a thousand rows, see {@link Reach}; zeros where probes are given
 * </pre>
 * The bulk before the head is one block a cluster, in the directory's order, in which near clusters are neighbours. A
 * block of n rows, without gaps:
 * <pre>
 *  4 · n              row numbers, int32, ascending
 *  keyBytes           primary keys, see {@link KeyBytes}
 *  sketches           product-quantized half bytes, groups of rows, see {@link HalfByteCodes}, if codeKind is 10 or 11
 *  n · codeBytes      codes, if codeKind is not 1: of int8 as many bytes as dimensions, else as pieces, of bits an eighth of the dimensions;
 *                     of half bytes groups of rows, see {@link HalfByteCodes}
 *  4 · n · dimension  float32 vectors, normalized under COSINE, if codeKind is 1, 3, 6 or 9
 *  2 · n · dimension  int16 refinements of the codes, if codeKind is 4 or 11
 * </pre>
 */
record ClusterHead(
        int dimension,
        int rowCount,
        int clusters,
        CodeKind codeKind,
        DataType keyType,
        int probes,
        @Nullable Reach reach,
        MemorySegment bytes) {
    static final int MAGIC = 0x46564945;
    static final int VERSION = 5;
    static final int HEADER_BYTES = 80;
    private static final int EARLIER_HEADER_BYTES = 64;
    private static final int FIRST_WITH_REACH = 5;
    static final int ENTRY_BYTES = 16;

    /** What a block holds of each vector. */
    enum CodeKind {
        FLOAT32,
        INT8_EXACT,
        INT8_AND_FLOAT32,
        INT8_REFINED,
        PRODUCT,
        PRODUCT_AND_FLOAT32,
        BITS,
        HALF_BYTES,
        HALF_BYTES_AND_FLOAT32,
        SKETCHED_INT8_EXACT,
        SKETCHED_INT8_REFINED;

        boolean hasCodes() {
            return this != FLOAT32;
        }

        boolean hasVectors() {
            return this == FLOAT32
                    || this == INT8_AND_FLOAT32
                    || this == PRODUCT_AND_FLOAT32
                    || this == HALF_BYTES_AND_FLOAT32;
        }

        /** Whether what codes find is compared again, more exactly. */
        boolean comparesAgain() {
            return this == INT8_AND_FLOAT32
                    || this == PRODUCT_AND_FLOAT32
                    || isRefined()
                    || hasHalfBytes()
                    || hasSketches();
        }

        boolean isProduct() {
            return this == PRODUCT || this == PRODUCT_AND_FLOAT32 || hasHalfBytes();
        }

        boolean hasHalfBytes() {
            return this == HALF_BYTES || this == HALF_BYTES_AND_FLOAT32;
        }

        /** Whether coarser codes stand before the codes, which tell those that are worth a comparison. */
        boolean hasSketches() {
            return this == SKETCHED_INT8_EXACT || this == SKETCHED_INT8_REFINED;
        }

        boolean isRefined() {
            return this == INT8_REFINED || this == SKETCHED_INT8_REFINED;
        }

        boolean losesNothing() {
            return this == INT8_EXACT || this == SKETCHED_INT8_EXACT;
        }
    }

    /** @throws Corrupt if the header is not that of a cluster index of this version and for this field */
    static ClusterHead read(VectorIndexSpec spec, ByteRange range, MemorySegment object) {
        MemorySegment bytes = object.asSlice(range.offset(), range.length());
        Heads.check("cluster index", MAGIC, VERSION, EARLIER_HEADER_BYTES, spec, bytes);
        boolean earlier = bytes.get(INT_LE, 4) < FIRST_WITH_REACH;
        int headerBytes = earlier ? EARLIER_HEADER_BYTES : HEADER_BYTES;
        Heads.expectRange("cluster index: length of the head", bytes.byteSize(), headerBytes, Long.MAX_VALUE);
        int kind = bytes.get(INT_LE, 24);
        Heads.expectRange("cluster index: code kind", kind, 1, CodeKind.values().length);
        for (int field = 40; field < EARLIER_HEADER_BYTES; field += 8) {
            Heads.expectRange("cluster index: offset", bytes.get(LONG_LE, field), headerBytes, bytes.byteSize());
        }
        int probes = bytes.get(INT_LE, 32);
        Heads.expectRange("cluster index: probes", probes, earlier ? 1 : 0, Integer.MAX_VALUE);
        return new ClusterHead(
                bytes.get(INT_LE, 12),
                bytes.get(INT_LE, 16),
                bytes.get(INT_LE, 20),
                CodeKind.values()[kind - 1],
                Heads.keyType("cluster index", bytes.get(INT_LE, 28)),
                probes,
                probes == 0 ? reach(bytes) : null,
                bytes);
    }

    private static Reach reach(MemorySegment bytes) {
        float[] rows = bytes.asSlice(64, 4L * Float.BYTES).toArray(FLOAT_LE);
        return new Reach(bytes.get(FLOAT_LE, 36), rows[0], rows[1], rows[2], rows[3]);
    }

    /** Where the centroids start in {@link #bytes}. */
    long centroidsOffset() {
        return bytes.get(LONG_LE, 40);
    }

    Int8Quantizer quantizer() {
        return Int8Quantizer.read(bytes, bytes.get(LONG_LE, 56), dimension, codeKind.losesNothing());
    }

    /** Of the codes, or of the sketches before them. */
    ProductQuantizer productQuantizer() {
        long offset = productOffset();
        int pieces = bytes.get(INT_LE, offset);
        Heads.expectRange("cluster index: pieces", pieces, 1, dimension);
        boolean halves = codeKind.hasHalfBytes() || codeKind.hasSketches();
        int columns = halves ? ProductQuantizer.OF_HALF_BYTES : ProductQuantizer.OF_BYTES;
        long length = ProductQuantizer.bytesOfCentroids(dimension, columns);
        return new ProductQuantizer(dimension, pieces, columns, bytes.asSlice(offset + Integer.BYTES, length));
    }

    private long productOffset() {
        long offset = bytes.get(LONG_LE, 56);
        return codeKind.hasSketches() ? offset + 2L * Float.BYTES * dimension : offset;
    }

    private long codeBytes(int rows) {
        return switch (codeKind) {
            case FLOAT32 -> 0;
            case INT8_EXACT, INT8_AND_FLOAT32, INT8_REFINED, SKETCHED_INT8_EXACT, SKETCHED_INT8_REFINED ->
                (long) rows * dimension;
            case PRODUCT, PRODUCT_AND_FLOAT32 -> (long) rows * bytes.get(INT_LE, productOffset());
            case BITS -> (long) rows * (dimension / Byte.SIZE);
            case HALF_BYTES, HALF_BYTES_AND_FLOAT32 -> halfBytes(rows);
        };
    }

    private long halfBytes(int rows) {
        return HalfByteCodes.bytes(rows, bytes.get(INT_LE, productOffset()));
    }

    /** Rows in all blocks: those that are not null, or in indexes of earlier versions all. */
    int placed() {
        return bytes.get(INT_LE, entry(clusters) + 8);
    }

    /** Where the block of a cluster stands in the object. */
    ByteRange block(int cluster) {
        long offset = bytes.get(LONG_LE, entry(cluster));
        return new ByteRange(offset, bytes.get(LONG_LE, entry(cluster + 1)) - offset);
    }

    int rowsIn(int cluster) {
        return bytes.get(INT_LE, entry(cluster + 1) + 8) - bytes.get(INT_LE, entry(cluster) + 8);
    }

    /** What a search reads of each row of a block; of some it then reads what stands behind. */
    ByteRange scanned(Block block) {
        long end = codeKind.hasSketches()
                ? block.codesAt()
                : codeKind.hasCodes() ? block.vectorsAt() : block.vectorsAt() + 4L * block.count() * dimension;
        return new ByteRange(block.rowsAt(), end - block.rowsAt());
    }

    /** The parts of a block. */
    Block view(int cluster, MemorySegment object) {
        ByteRange range = block(cluster);
        int count = rowsIn(cluster);
        long keysAt = range.offset() + 4L * count;
        long sketchesAt = keysAt + bytes.get(INT_LE, entry(cluster) + 12);
        long codesAt = codeKind.hasSketches() ? sketchesAt + halfBytes(count) : sketchesAt;
        long vectorsAt = codesAt + codeBytes(count);
        Column keys = KeyBytes.view(keyType, count, object.asSlice(keysAt, sketchesAt - keysAt));
        return new Block(object, count, range.offset(), keys, sketchesAt, codesAt, vectorsAt);
    }

    private long entry(int cluster) {
        return bytes.get(LONG_LE, 48) + (long) cluster * ENTRY_BYTES;
    }

    /** One cluster's rows; offsets count from the object's first byte. Refinements stand where other kinds have vectors. */
    record Block(
            MemorySegment object, int count, long rowsAt, Column keys, long sketchesAt, long codesAt, long vectorsAt) {
        int rowAt(int place) {
            return object.get(INT_LE, rowsAt + 4L * place);
        }
    }
}
