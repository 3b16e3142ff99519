package dev.elanus.vector;

import static dev.elanus.column.Column.FLOAT_LE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The definition of every kernel, in plain loops; also what runs where the Vector API is missing, wrong or slow. */
public final class ScalarKernels implements Kernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public float squaredDistance(float[] query, MemorySegment rows, long offset) {
        return squaredDistance(query, rows, offset, 0);
    }

    @Override
    public float innerProduct(float[] query, MemorySegment rows, long offset) {
        return innerProduct(query, rows, offset, 0);
    }

    @Override
    public float squaredNorm(MemorySegment rows, long offset, int dimension) {
        return squaredNorm(rows, offset, 0, dimension);
    }

    @Override
    public void squaredDistances(
            float[] query, MemorySegment rows, long start, int[] numbers, int count, float[] results) {
        long rowBytes = (long) query.length * Float.BYTES;
        for (int i = 0; i < count; i++) {
            results[i] = squaredDistance(query, rows, start + numbers[i] * rowBytes, 0);
        }
    }

    @Override
    public void innerProducts(
            float[] query, MemorySegment rows, long start, int[] numbers, int count, float[] results) {
        long rowBytes = (long) query.length * Float.BYTES;
        for (int i = 0; i < count; i++) {
            results[i] = innerProduct(query, rows, start + numbers[i] * rowBytes, 0);
        }
    }

    @Override
    public float codeSquaredDistance(float[] shifts, float[] steps, MemorySegment codes, long offset) {
        return codeSquaredDistance(shifts, steps, codes, offset, 0);
    }

    @Override
    public float codeInnerProduct(float[] weights, MemorySegment codes, long offset) {
        return codeInnerProduct(weights, codes, offset, 0);
    }

    @Override
    public void codeSquaredDistances(
            float[] shifts, float[] steps, MemorySegment codes, long start, int[] numbers, int count, float[] results) {
        for (int i = 0; i < count; i++) {
            results[i] = codeSquaredDistance(shifts, steps, codes, start + (long) numbers[i] * shifts.length, 0);
        }
    }

    @Override
    public void codeInnerProducts(
            float[] weights, MemorySegment codes, long start, int[] numbers, int count, float[] results) {
        for (int i = 0; i < count; i++) {
            results[i] = codeInnerProduct(weights, codes, start + (long) numbers[i] * weights.length, 0);
        }
    }

    @Override
    public void codePairSquaredDistances(
            float[] steps, MemorySegment codes, long offset, long start, int[] numbers, int count, float[] results) {
        for (int i = 0; i < count; i++) {
            results[i] = codePairSquaredDistance(steps, codes, offset, start + (long) numbers[i] * steps.length, 0);
        }
    }

    @Override
    public void columnSquaredDistances(
            float[] point,
            int from,
            int length,
            MemorySegment table,
            long start,
            int columns,
            float[] results,
            int at) {
        Arrays.fill(results, at, at + columns, 0);
        for (int i = 0; i < length; i++) {
            for (int column = 0; column < columns; column++) {
                float difference = point[from + i] - table.get(FLOAT_LE, start + 4L * (i * columns + column));
                results[at + column] += difference * difference;
            }
        }
    }

    @Override
    public void columnInnerProducts(
            float[] point,
            int from,
            int length,
            MemorySegment table,
            long start,
            int columns,
            float[] results,
            int at) {
        Arrays.fill(results, at, at + columns, 0);
        for (int i = 0; i < length; i++) {
            for (int column = 0; column < columns; column++) {
                results[at + column] += point[from + i] * table.get(FLOAT_LE, start + 4L * (i * columns + column));
            }
        }
    }

    @Override
    public void halfByteSums(byte[] tables, int pairs, MemorySegment codes, long offset, short[] sums) {
        for (int row = 0; row < GROUP; row++) {
            int place = row < GROUP / 2 ? 2 * row : 2 * row - GROUP + 1;
            int sum = 0;
            for (int pair = 0; pair < pairs; pair++) {
                int code = codes.get(ValueLayout.JAVA_BYTE, offset + (long) pair * GROUP + place) & 255;
                int table = 2 * pair * GROUP;
                sum += (tables[table + (code & 15)] & 255) + (tables[table + GROUP + (code >>> 4)] & 255);
            }
            sums[row] = (short) sum;
        }
    }

    @Override
    public int least(float[] values, int count) {
        int least = 0;
        for (int i = 1; i < count; i++) {
            if (values[i] < values[least]) {
                least = i;
            }
        }
        return least;
    }

    @Override
    public long sumsAtMost(short[] sums, int most) {
        long bits = 0;
        for (int i = 0; i < GROUP; i++) {
            bits |= (sums[i] & 0xffff) <= most ? 1L << i : 0;
        }
        return bits;
    }

    // The parts below start at component {@code from}: a SIMD twin leaves the components that fill no vector to them.

    static float squaredDistance(float[] query, MemorySegment rows, long offset, int from) {
        float sum = 0;
        for (int i = from; i < query.length; i++) {
            float difference = query[i] - rows.get(FLOAT_LE, offset + 4L * i);
            sum += difference * difference;
        }
        return sum;
    }

    static float innerProduct(float[] query, MemorySegment rows, long offset, int from) {
        float sum = 0;
        for (int i = from; i < query.length; i++) {
            sum += query[i] * rows.get(FLOAT_LE, offset + 4L * i);
        }
        return sum;
    }

    static float squaredNorm(MemorySegment rows, long offset, int from, int dimension) {
        float sum = 0;
        for (int i = from; i < dimension; i++) {
            float value = rows.get(FLOAT_LE, offset + 4L * i);
            sum += value * value;
        }
        return sum;
    }

    static float codeSquaredDistance(float[] shifts, float[] steps, MemorySegment codes, long offset, int from) {
        float sum = 0;
        for (int i = from; i < shifts.length; i++) {
            float difference = shifts[i] + steps[i] * codes.get(ValueLayout.JAVA_BYTE, offset + i);
            sum += difference * difference;
        }
        return sum;
    }

    static float codePairSquaredDistance(float[] steps, MemorySegment codes, long offset, long other, int from) {
        float sum = 0;
        for (int i = from; i < steps.length; i++) {
            float difference = steps[i]
                    * (codes.get(ValueLayout.JAVA_BYTE, offset + i) - codes.get(ValueLayout.JAVA_BYTE, other + i));
            sum += difference * difference;
        }
        return sum;
    }

    static float codeInnerProduct(float[] weights, MemorySegment codes, long offset, int from) {
        float sum = 0;
        for (int i = from; i < weights.length; i++) {
            sum += weights[i] * codes.get(ValueLayout.JAVA_BYTE, offset + i);
        }
        return sum;
    }
}
