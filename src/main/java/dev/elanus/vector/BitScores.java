package dev.elanus.vector;

import static dev.elanus.column.Column.LONG_LE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** One query of bits against rows of bits by one metric: the exact scores that clients see. Safe for use from many threads. */
public final class BitScores {
    private static final int LONG_BYTES = Long.BYTES;

    private final Metric metric;
    private final byte[] query;
    private final MemorySegment queryBytes;
    private final int elementBytes;

    /**
     * @param query not copied, must not change
     * @param elementBytes of a MinHash signature, the bytes of one of its elements; no other metric asks
     */
    public BitScores(Metric metric, byte[] query, int elementBytes) {
        this.metric = metric;
        this.query = query;
        this.elementBytes = elementBytes;
        queryBytes = MemorySegment.ofArray(query);
    }

    /** The score of the row at {@code offset}. */
    public float score(MemorySegment rows, long offset) {
        return switch (metric) {
            case HAMMING -> differing(rows, offset);
            case JACCARD -> jaccard(rows, offset);
            case SUPERSTRUCTURE -> isLacking(rows, offset, true) ? 1 : 0;
            case SUBSTRUCTURE -> isLacking(rows, offset, false) ? 1 : 0;
            case MHJACCARD -> equalElements(rows, offset);
            default -> throw new IllegalStateException(metric + " compares no bits");
        };
    }

    /** The scores of rows {@code numbers[0]} to {@code numbers[count - 1]} of those that start at {@code start}. */
    public void scores(MemorySegment rows, long start, int[] numbers, int count, float[] scores) {
        for (int i = 0; i < count; i++) {
            scores[i] = score(rows, start + (long) numbers[i] * query.length);
        }
    }

    private int differing(MemorySegment rows, long offset) {
        int sum = 0;
        int at = 0;
        for (; at + LONG_BYTES <= query.length; at += LONG_BYTES) {
            sum += Long.bitCount(queryBytes.get(LONG_LE, at) ^ rows.get(LONG_LE, offset + at));
        }
        for (; at < query.length; at++) {
            sum += Integer.bitCount((query[at] ^ byteAt(rows, offset + at)) & 0xff);
        }
        return sum;
    }

    private float jaccard(MemorySegment rows, long offset) {
        int both = 0;
        int either = 0;
        int at = 0;
        for (; at + LONG_BYTES <= query.length; at += LONG_BYTES) {
            long ours = queryBytes.get(LONG_LE, at);
            long theirs = rows.get(LONG_LE, offset + at);
            both += Long.bitCount(ours & theirs);
            either += Long.bitCount(ours | theirs);
        }
        for (; at < query.length; at++) {
            both += Integer.bitCount(query[at] & byteAt(rows, offset + at) & 0xff);
            either += Integer.bitCount((query[at] | byteAt(rows, offset + at)) & 0xff);
        }
        return either == 0 ? 0 : 1 - (float) both / either;
    }

    private boolean isLacking(MemorySegment rows, long offset, boolean ofRow) {
        for (int at = 0; at < query.length; at++) {
            int theirs = byteAt(rows, offset + at);
            if ((ofRow ? query[at] & ~theirs : theirs & ~query[at]) != 0) {
                return true;
            }
        }
        return false;
    }

    private float equalElements(MemorySegment rows, long offset) {
        int equal = 0;
        int elements = query.length / elementBytes;
        byte[] row = rows.asSlice(offset, query.length).toArray(ValueLayout.JAVA_BYTE);
        for (int at = 0; at < elements * elementBytes; at += elementBytes) {
            equal += Arrays.equals(query, at, at + elementBytes, row, at, at + elementBytes) ? 1 : 0;
        }
        return elements == 0 ? 0 : (float) equal / elements;
    }

    private static byte byteAt(MemorySegment rows, long offset) {
        return rows.get(ValueLayout.JAVA_BYTE, offset);
    }
}
