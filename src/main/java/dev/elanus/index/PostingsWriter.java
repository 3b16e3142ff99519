package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;

import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Writes the postings of one index after the other as {@link Postings} describes them. */
final class PostingsWriter {
    /** Rows of a block from which on, in the mean, bits take less room or time than a list. */
    private static final int ROWS_FOR_BITS = 2;

    private static final int ALIGNMENT = 8;
    private static final int LARGEST_BOUND = 255;

    private final Writer out;
    private final int blocks;
    private final int valueBytes;
    private final int lengthBytes;
    private final SparseQuery.@Nullable Bm25 bm25;
    private final MemorySegment rows;
    private final MemorySegment values;
    private final MemorySegment lengths;

    /**
     * @param blocks of the segment
     * @param rows int32 rows of all postings
     * @param values float32 values of all postings
     * @param lengths float32, one a row
     */
    PostingsWriter(
            Writer out,
            int blocks,
            int valueBytes,
            int lengthBytes,
            SparseQuery.@Nullable Bm25 bm25,
            MemorySegment rows,
            MemorySegment values,
            MemorySegment lengths) {
        this.out = out;
        this.blocks = blocks;
        this.valueBytes = valueBytes;
        this.lengthBytes = lengthBytes;
        this.bm25 = bm25;
        this.rows = rows;
        this.values = values;
        this.lengths = lengths;
    }

    /**
     * Writes the postings of one index, those from one place to before another.
     *
     * @return where in the object they begin
     */
    long write(long from, long end) {
        out.align(ALIGNMENT);
        long start = out.position();
        int having = 0;
        float largest = 0;
        for (long at = from; at < end; at++) {
            having += at == from || block(at) != block(at - 1) ? 1 : 0;
            largest = Math.max(largest, bound(at));
        }
        boolean listed = end - from < (long) ROWS_FOR_BITS * having;
        out.putInt(listed ? 0 : having);
        out.putFloat(largest);
        if (listed) {
            for (long at = from; at < end; at++) {
                out.putInt(row(at));
            }
            writeNumbers(from, end);
        } else {
            writeBlocks(from, end, having, largest);
        }
        return start;
    }

    private void writeBlocks(long from, long end, int having, float largest) {
        int[] starts = new int[having + 1];
        float[] bounds = new float[having];
        int filled = 0;
        for (long at = from; at < end; at++) {
            if (at == from || block(at) != block(at - 1)) {
                starts[filled++] = (int) (at - from);
            }
            bounds[filled - 1] = Math.max(bounds[filled - 1], bound(at));
        }
        starts[having] = (int) (end - from);
        for (int i = 0; i < having; i++) {
            long bits = 0;
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                bits |= 1L << row(from + at);
            }
            out.putLong(bits);
            out.putInt(starts[i]);
        }
        if (having < blocks) {
            for (int i = 0; i < having; i++) {
                out.putInt(block(from + starts[i]));
            }
        }
        writeNumbers(from, end);
        for (float bound : bounds) {
            out.putByte(largest == 0 ? 0 : (int) Math.ceil((double) bound / largest * LARGEST_BOUND));
        }
    }

    private void writeNumbers(long from, long end) {
        for (long at = from; at < end; at++) {
            number(value(at), valueBytes);
        }
        for (long at = from; at < end; at++) {
            number(length(at), lengthBytes);
        }
    }

    private void number(float number, int width) {
        switch (width) {
            case 0 -> {}
            case 1 -> out.putByte((int) number);
            case 2 -> out.putShort((int) number);
            default -> out.putFloat(number);
        }
    }

    private float bound(long at) {
        return bm25 == null ? value(at) : bm25.of(value(at), length(at));
    }

    private int block(long at) {
        return row(at) / Postings.BLOCK;
    }

    private int row(long at) {
        return rows.get(INT_LE, 4 * at);
    }

    private float value(long at) {
        return values.get(FLOAT_LE, 4 * at);
    }

    private float length(long at) {
        return lengths.get(FLOAT_LE, 4L * row(at));
    }

    /** How many bytes keep numbers exactly. @param numbers float32, none negative */
    static int width(MemorySegment numbers) {
        float largest = 0;
        for (long at = 0; at < numbers.byteSize(); at += Float.BYTES) {
            float number = numbers.get(FLOAT_LE, at);
            if (number != (char) number) {
                return Float.BYTES;
            }
            largest = Math.max(largest, number);
        }
        return largest < 256 ? Byte.BYTES : Short.BYTES;
    }
}
