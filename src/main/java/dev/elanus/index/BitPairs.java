package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.VectorColumn;
import dev.elanus.vector.Metric;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Distances between rows of bits, as clients see them. */
final class BitPairs implements RowPairs {
    private final boolean jaccard;
    private final MemorySegment bits;
    private final int rowBytes;

    /** @param metric HAMMING or JACCARD */
    BitPairs(Metric metric, VectorColumn vectors) {
        jaccard = metric == Metric.JACCARD;
        bits = vectors.values();
        rowBytes = vectors.type().vectorBytes(vectors.dimension());
    }

    @Override
    public void between(int row, int[] rows, int count, float[] distances) {
        long at = (long) row * rowBytes;
        for (int i = 0; i < count; i++) {
            long other = (long) rows[i] * rowBytes;
            distances[i] = jaccard ? jaccard(at, other) : differing(at, other);
        }
    }

    private int differing(long first, long second) {
        int sum = 0;
        int at = 0;
        for (; at + Long.BYTES <= rowBytes; at += Long.BYTES) {
            sum += Long.bitCount(bits.get(LONG_LE, first + at) ^ bits.get(LONG_LE, second + at));
        }
        for (; at < rowBytes; at++) {
            sum += Integer.bitCount((byteAt(first + at) ^ byteAt(second + at)) & 0xff);
        }
        return sum;
    }

    private float jaccard(long first, long second) {
        int both = 0;
        int either = 0;
        int at = 0;
        for (; at + Long.BYTES <= rowBytes; at += Long.BYTES) {
            long ours = bits.get(LONG_LE, first + at);
            long theirs = bits.get(LONG_LE, second + at);
            both += Long.bitCount(ours & theirs);
            either += Long.bitCount(ours | theirs);
        }
        for (; at < rowBytes; at++) {
            both += Integer.bitCount(byteAt(first + at) & byteAt(second + at) & 0xff);
            either += Integer.bitCount((byteAt(first + at) | byteAt(second + at)) & 0xff);
        }
        return either == 0 ? 0 : 1 - (float) both / either;
    }

    private byte byteAt(long offset) {
        return bits.get(ValueLayout.JAVA_BYTE, offset);
    }
}
