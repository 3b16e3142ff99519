package dev.elanus.segment;

import static dev.elanus.column.Column.INT_LE;

import dev.elanus.error.Corrupt;
import java.lang.foreign.MemorySegment;

/**
 * The CRC-32C of each block of an object's padded body. The last block may be shorter than the others. Immutable; safe for use from many
 * threads.
 */
public final class BlockChecksums {
    /** Bytes of a block: small enough to check a sparse download piece by piece, large enough that its checksum costs nothing to keep. */
    static final int BLOCK_BYTES = 1 << 16;

    private final MemorySegment sums;
    private final long coveredLength;

    /** @param coveredLength bytes that the blocks cover together, from the object's first byte on */
    BlockChecksums(MemorySegment sums, long coveredLength) {
        assert sums.byteSize() == countFor(coveredLength) * Integer.BYTES;
        this.sums = sums;
        this.coveredLength = coveredLength;
    }

    static long countFor(long length) {
        return (length + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    /** Bytes of every block but the last: 65,536. */
    public int blockBytes() {
        return BLOCK_BYTES;
    }

    /** How many blocks there are. */
    public long count() {
        return sums.byteSize() / Integer.BYTES;
    }

    /** Bytes of one block; the last one may be shorter. */
    public long lengthOf(long block) {
        return Math.min(BLOCK_BYTES, coveredLength - block * BLOCK_BYTES);
    }

    /**
     * Compares the bytes of one block with its checksum.
     *
     * @param block counted from 0
     * @throws Corrupt if they differ or the length is wrong
     */
    public void check(long block, MemorySegment bytesOfThatBlock) {
        if (bytesOfThatBlock.byteSize() != lengthOf(block)) {
            throw new Corrupt("block " + block + ": expected " + lengthOf(block) + " bytes, found "
                    + bytesOfThatBlock.byteSize());
        }
        int expected = sums.get(INT_LE, block * Integer.BYTES);
        int found = Checksum.of(bytesOfThatBlock);
        if (expected != found) {
            throw new Corrupt("block %d: expected CRC-32C 0x%08x, found 0x%08x".formatted(block, expected, found));
        }
    }
}
