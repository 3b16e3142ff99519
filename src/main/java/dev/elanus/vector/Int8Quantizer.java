package dev.elanus.vector;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.SHORT_LE;

import dev.elanus.host.Host;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Scalar quantization to int8: component i of a row is stored as the code {@code c} that brings {@code base[i] +
 * steps[i] · c} nearest to it. Each dimension has its own range, from the smallest to the largest value among the
 * rows it was trained on, in 255 equal steps; so a component is off by at most half a step, 1/510 of its dimension's
 * range, and rows outside of the range are clamped to it.
 *
 * <p>Where every component is an integer and no dimension spans more than 255, as in pictures and SIFT descriptors,
 * steps are 1 and the codes lose nothing: {@link #exact}.
 *
 * <p>Where one byte is too coarse for scores that clients see, two more say where in its step a component lies, to 1/65536 of a step: 24 bits for each
 * component in all, as many as float32 has for its digits.
 *
 * @param exact whether every row of the training decodes to itself
 */
public record Int8Quantizer(float[] base, float[] steps, boolean exact) {
    private static final int RANGE_ROWS = 4096;
    /** Places in a step. */
    private static final int REFINEMENTS = 1 << 16;

    /** Looks at every row. */
    public static Int8Quantizer train(Host host, RowSource rows) {
        Ranges all = new Ranges(rows.dimension());
        RowRanges.forEach(host, rows.rowCount(), RANGE_ROWS, (from, end) -> {
            Ranges some = new Ranges(rows.dimension());
            float[] row = new float[rows.dimension()];
            for (int i = from; i < end; i++) {
                rows.read(i, row);
                some.add(row);
            }
            all.add(some);
        });
        return all.quantizer();
    }

    /** A quantizer from {@link #write written} bytes. */
    public static Int8Quantizer read(MemorySegment bytes, long offset, int dimension, boolean exact) {
        float[] base = new float[dimension];
        float[] steps = new float[dimension];
        MemorySegment.copy(bytes, FLOAT_LE, offset, base, 0, dimension);
        MemorySegment.copy(bytes, FLOAT_LE, offset + 4L * dimension, steps, 0, dimension);
        return new Int8Quantizer(base, steps, exact);
    }

    /** Writes the bases, then the steps: {@code 2 · dimension} float32, little-endian. */
    public void write(MemorySegment bytes, long offset) {
        MemorySegment.copy(base, 0, bytes, FLOAT_LE, offset, base.length);
        MemorySegment.copy(steps, 0, bytes, FLOAT_LE, offset + 4L * base.length, base.length);
    }

    /** Writes the {@code dimension} codes of a row to {@code offset}. */
    public void encode(float[] row, MemorySegment codes, long offset) {
        for (int i = 0; i < row.length; i++) {
            float code = steps[i] == 0 ? 0 : (row[i] - base[i]) / steps[i];
            codes.set(ValueLayout.JAVA_BYTE, offset + i, (byte) Math.clamp(Math.round(code), -128, 127));
        }
    }

    /** Writes the {@code dimension} refinements, int16, of a row's {@link #encode codes} to {@code offset}. */
    public void refine(float[] row, MemorySegment refinements, long offset) {
        for (int i = 0; i < row.length; i++) {
            double code = steps[i] == 0 ? 0 : ((double) row[i] - base[i]) / steps[i];
            double rest = code - Math.clamp(Math.round((float) code), -128, 127);
            refinements.set(SHORT_LE, offset + 2L * i, (short)
                    Math.clamp(Math.round(rest * REFINEMENTS), Short.MIN_VALUE, Short.MAX_VALUE));
        }
    }

    /** Reads the row whose codes stand at {@code codesAt} and whose refinements at {@code refinementsAt}. */
    public void decode(MemorySegment bytes, long codesAt, long refinementsAt, float[] row) {
        for (int i = 0; i < row.length; i++) {
            double code = bytes.get(ValueLayout.JAVA_BYTE, codesAt + i)
                    + (double) bytes.get(SHORT_LE, refinementsAt + 2L * i) / REFINEMENTS;
            row[i] = (float) (base[i] + steps[i] * code);
        }
    }

    /** Reads the row whose codes stand at {@code offset}. */
    public void decode(MemorySegment codes, long offset, float[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = base[i] + steps[i] * codes.get(ValueLayout.JAVA_BYTE, offset + i);
        }
    }

    /** What is known of the values of each dimension. */
    private static final class Ranges {
        private final float[] low;
        private final float[] high;
        private boolean integers = true;

        Ranges(int dimension) {
            low = new float[dimension];
            high = new float[dimension];
            Arrays.fill(low, Float.POSITIVE_INFINITY);
            Arrays.fill(high, Float.NEGATIVE_INFINITY);
        }

        void add(float[] row) {
            for (int i = 0; i < row.length; i++) {
                low[i] = Math.min(low[i], row[i]);
                high[i] = Math.max(high[i], row[i]);
                integers &= row[i] == (int) row[i];
            }
        }

        synchronized void add(Ranges other) {
            for (int i = 0; i < low.length; i++) {
                low[i] = Math.min(low[i], other.low[i]);
                high[i] = Math.max(high[i], other.high[i]);
            }
            integers &= other.integers;
        }

        Int8Quantizer quantizer() {
            boolean exact = integers;
            for (int i = 0; i < low.length; i++) {
                // Beyond 2^23 a float32 and 128 added to it are no longer both exact.
                exact &= high[i] - low[i] <= 255 && Math.abs(low[i]) < 1 << 23 && Math.abs(high[i]) < 1 << 23;
            }
            float[] base = new float[low.length];
            float[] steps = new float[low.length];
            for (int i = 0; i < low.length; i++) {
                double step = exact ? 1 : ((double) high[i] - low[i]) / 255;
                steps[i] = (float) step;
                base[i] = step == 0 ? low[i] : (float) (low[i] + 128 * step);
            }
            return new Int8Quantizer(base, steps, exact);
        }
    }
}
