package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.vector.SparseQuery;
import java.lang.foreign.ValueLayout;

/** Rows as bits of blocks: of an index that many rows have. */
final class BlockPostings extends Postings {
    private static final int BLOCK_BYTES = 12;

    private final int blocks;
    private final boolean everywhere;
    private final long blocksAt;
    private final long numbersAt;
    private final long valuesAt;
    private final long lengthsAt;
    private final long boundsAt;
    private int at;
    private int start;
    private long bits;

    BlockPostings(SparseHead head, int indexed, SparseQuery query, int term, int blocks) {
        super(head, indexed, query, term);
        this.blocks = blocks;
        everywhere = blocks == head.blocks();
        blocksAt = head.postingsAt(indexed).offset() + HEADER_BYTES;
        numbersAt = blocksAt + (long) BLOCK_BYTES * blocks;
        valuesAt = everywhere ? numbersAt : numbersAt + 4L * blocks;
        lengthsAt = afterValues(valuesAt);
        boundsAt = afterLengths(lengthsAt);
    }

    @Override
    void addBounds(float[] bounds) {
        float scale = scale();
        for (int i = 0; i < blocks; i++) {
            bounds[everywhere ? i : intAt(numbersAt + 4L * i)] +=
                    scale == 0 ? most() : scale * (object().get(ValueLayout.JAVA_BYTE, boundsAt + i) & 0xff);
        }
    }

    @Override
    void rewind() {
        at = 0;
    }

    @Override
    long rowsOf(int block) {
        if (everywhere) {
            at = block;
        } else {
            at = seek(numbersAt, at, blocks, block);
            if (at == blocks || intAt(numbersAt + 4L * at) != block) {
                bits = 0;
                return 0;
            }
        }
        bits = object().get(LONG_LE, blocksAt + (long) BLOCK_BYTES * at);
        start = intAt(blocksAt + (long) BLOCK_BYTES * at + 8);
        return bits;
    }

    @Override
    float partOf(int bit) {
        long row = 1L << bit;
        return (bits & row) == 0 ? 0 : partAt(start + Long.bitCount(bits & row - 1), valuesAt, lengthsAt);
    }
}
