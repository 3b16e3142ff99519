package dev.elanus.vector;

import static jdk.incubator.vector.VectorOperators.ADD;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels by the Vector API, as wide as the machine. Written plainly, one load and one operation after the other
 * on constant species, because compilers ahead of time vectorise nothing else. Four rows go side by side: they share
 * the loads of the query, and their cache misses overlap, which is most of the time of a walk through a graph.
 *
 * <p>Memory of the heap goes to the scalar twin. Not for its own sake: once a vector was loaded from the heap, the
 * just-in-time compiler prepares every load in the process for all kinds of memory, and rows in native memory take 15
 * times as long (measured on JDK 25: 490 instead of 34 ns a row of 784).
 */
final class SimdKernels implements Kernels {
    private static final ScalarKernels SCALAR = new ScalarKernels();
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    /**
     * As many bytes as {@link #LANES} has floats; where those are four, there is no vector so short, and it is eight
     * bytes.
     */
    private static final VectorSpecies<Byte> CODES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES.vectorBitSize() / 4)));

    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;

    private static final boolean NARROW = CODES.length() > LANES.length();

    @Override
    public String name() {
        return "SIMD of " + LANES.vectorBitSize() + " bits";
    }

    /** Whether this machine has vectors of four floats at least. */
    static boolean fits() {
        return LANES.vectorBitSize() >= 128;
    }

    @Override
    public float squaredDistance(float[] query, MemorySegment rows, long offset) {
        if (!rows.isNative()) {
            return SCALAR.squaredDistance(query, rows, offset);
        }
        int width = LANES.length();
        int whole = query.length - query.length % (2 * width);
        FloatVector even = FloatVector.zero(LANES);
        FloatVector odd = FloatVector.zero(LANES);
        for (int i = 0; i < whole; i += 2 * width) {
            FloatVector a = FloatVector.fromArray(LANES, query, i).sub(floats(rows, offset + 4L * i));
            FloatVector b = FloatVector.fromArray(LANES, query, i + width).sub(floats(rows, offset + 4L * (i + width)));
            even = a.fma(a, even);
            odd = b.fma(b, odd);
        }
        return even.add(odd).reduceLanes(ADD) + ScalarKernels.squaredDistance(query, rows, offset, whole);
    }

    @Override
    public float innerProduct(float[] query, MemorySegment rows, long offset) {
        if (!rows.isNative()) {
            return SCALAR.innerProduct(query, rows, offset);
        }
        int width = LANES.length();
        int whole = query.length - query.length % (2 * width);
        FloatVector even = FloatVector.zero(LANES);
        FloatVector odd = FloatVector.zero(LANES);
        for (int i = 0; i < whole; i += 2 * width) {
            even = FloatVector.fromArray(LANES, query, i).fma(floats(rows, offset + 4L * i), even);
            odd = FloatVector.fromArray(LANES, query, i + width).fma(floats(rows, offset + 4L * (i + width)), odd);
        }
        return even.add(odd).reduceLanes(ADD) + ScalarKernels.innerProduct(query, rows, offset, whole);
    }

    @Override
    public float squaredNorm(MemorySegment rows, long offset, int dimension) {
        if (!rows.isNative()) {
            return SCALAR.squaredNorm(rows, offset, dimension);
        }
        int whole = LANES.loopBound(dimension);
        FloatVector sum = FloatVector.zero(LANES);
        for (int i = 0; i < whole; i += LANES.length()) {
            FloatVector row = floats(rows, offset + 4L * i);
            sum = row.fma(row, sum);
        }
        return sum.reduceLanes(ADD) + ScalarKernels.squaredNorm(rows, offset, whole, dimension);
    }

    @Override
    public void squaredDistances(
            float[] query, MemorySegment rows, long start, int[] numbers, int count, float[] results) {
        if (!rows.isNative()) {
            SCALAR.squaredDistances(query, rows, start, numbers, count, results);
            return;
        }
        long rowBytes = (long) query.length * Float.BYTES;
        int whole = LANES.loopBound(query.length);
        int at = 0;
        for (; at + 3 < count; at = nextFour(at, count)) {
            long a = start + numbers[at] * rowBytes;
            long b = start + numbers[at + 1] * rowBytes;
            long c = start + numbers[at + 2] * rowBytes;
            long d = start + numbers[at + 3] * rowBytes;
            FloatVector sumA = FloatVector.zero(LANES);
            FloatVector sumB = FloatVector.zero(LANES);
            FloatVector sumC = FloatVector.zero(LANES);
            FloatVector sumD = FloatVector.zero(LANES);
            for (int i = 0; i < whole; i += LANES.length()) {
                FloatVector part = FloatVector.fromArray(LANES, query, i);
                FloatVector differenceA = part.sub(floats(rows, a + 4L * i));
                FloatVector differenceB = part.sub(floats(rows, b + 4L * i));
                FloatVector differenceC = part.sub(floats(rows, c + 4L * i));
                FloatVector differenceD = part.sub(floats(rows, d + 4L * i));
                sumA = differenceA.fma(differenceA, sumA);
                sumB = differenceB.fma(differenceB, sumB);
                sumC = differenceC.fma(differenceC, sumC);
                sumD = differenceD.fma(differenceD, sumD);
            }
            results[at] = sumA.reduceLanes(ADD) + ScalarKernels.squaredDistance(query, rows, a, whole);
            results[at + 1] = sumB.reduceLanes(ADD) + ScalarKernels.squaredDistance(query, rows, b, whole);
            results[at + 2] = sumC.reduceLanes(ADD) + ScalarKernels.squaredDistance(query, rows, c, whole);
            results[at + 3] = sumD.reduceLanes(ADD) + ScalarKernels.squaredDistance(query, rows, d, whole);
        }
        for (; at < count; at++) {
            results[at] = squaredDistance(query, rows, start + numbers[at] * rowBytes);
        }
    }

    @Override
    public void innerProducts(
            float[] query, MemorySegment rows, long start, int[] numbers, int count, float[] results) {
        if (!rows.isNative()) {
            SCALAR.innerProducts(query, rows, start, numbers, count, results);
            return;
        }
        long rowBytes = (long) query.length * Float.BYTES;
        int whole = LANES.loopBound(query.length);
        int at = 0;
        for (; at + 3 < count; at = nextFour(at, count)) {
            long a = start + numbers[at] * rowBytes;
            long b = start + numbers[at + 1] * rowBytes;
            long c = start + numbers[at + 2] * rowBytes;
            long d = start + numbers[at + 3] * rowBytes;
            FloatVector sumA = FloatVector.zero(LANES);
            FloatVector sumB = FloatVector.zero(LANES);
            FloatVector sumC = FloatVector.zero(LANES);
            FloatVector sumD = FloatVector.zero(LANES);
            for (int i = 0; i < whole; i += LANES.length()) {
                FloatVector part = FloatVector.fromArray(LANES, query, i);
                sumA = part.fma(floats(rows, a + 4L * i), sumA);
                sumB = part.fma(floats(rows, b + 4L * i), sumB);
                sumC = part.fma(floats(rows, c + 4L * i), sumC);
                sumD = part.fma(floats(rows, d + 4L * i), sumD);
            }
            results[at] = sumA.reduceLanes(ADD) + ScalarKernels.innerProduct(query, rows, a, whole);
            results[at + 1] = sumB.reduceLanes(ADD) + ScalarKernels.innerProduct(query, rows, b, whole);
            results[at + 2] = sumC.reduceLanes(ADD) + ScalarKernels.innerProduct(query, rows, c, whole);
            results[at + 3] = sumD.reduceLanes(ADD) + ScalarKernels.innerProduct(query, rows, d, whole);
        }
        for (; at < count; at++) {
            results[at] = innerProduct(query, rows, start + numbers[at] * rowBytes);
        }
    }

    @Override
    public float codeSquaredDistance(float[] shifts, float[] steps, MemorySegment codes, long offset) {
        if (!codes.isNative()) {
            return SCALAR.codeSquaredDistance(shifts, steps, codes, offset);
        }
        int width = LANES.length();
        int whole = shifts.length - shifts.length % (2 * width);
        FloatVector even = FloatVector.zero(LANES);
        FloatVector odd = FloatVector.zero(LANES);
        for (int i = 0; i < whole; i += 2 * width) {
            FloatVector a = lowCodes(codes, offset + i)
                    .fma(FloatVector.fromArray(LANES, steps, i), FloatVector.fromArray(LANES, shifts, i));
            FloatVector b = highCodes(codes, offset + i)
                    .fma(
                            FloatVector.fromArray(LANES, steps, i + width),
                            FloatVector.fromArray(LANES, shifts, i + width));
            even = a.fma(a, even);
            odd = b.fma(b, odd);
        }
        return even.add(odd).reduceLanes(ADD) + ScalarKernels.codeSquaredDistance(shifts, steps, codes, offset, whole);
    }

    @Override
    public float codeInnerProduct(float[] weights, MemorySegment codes, long offset) {
        if (!codes.isNative()) {
            return SCALAR.codeInnerProduct(weights, codes, offset);
        }
        int width = LANES.length();
        int whole = weights.length - weights.length % (2 * width);
        FloatVector even = FloatVector.zero(LANES);
        FloatVector odd = FloatVector.zero(LANES);
        for (int i = 0; i < whole; i += 2 * width) {
            even = FloatVector.fromArray(LANES, weights, i).fma(lowCodes(codes, offset + i), even);
            odd = FloatVector.fromArray(LANES, weights, i + width).fma(highCodes(codes, offset + i), odd);
        }
        return even.add(odd).reduceLanes(ADD) + ScalarKernels.codeInnerProduct(weights, codes, offset, whole);
    }

    @Override
    public void codeSquaredDistances(
            float[] shifts, float[] steps, MemorySegment codes, long start, int[] numbers, int count, float[] results) {
        if (!codes.isNative()) {
            SCALAR.codeSquaredDistances(shifts, steps, codes, start, numbers, count, results);
            return;
        }
        long rowBytes = shifts.length;
        int whole = LANES.loopBound(shifts.length);
        int at = 0;
        for (; at + 3 < count && !NARROW; at = nextFour(at, count)) {
            long a = start + numbers[at] * rowBytes;
            long b = start + numbers[at + 1] * rowBytes;
            long c = start + numbers[at + 2] * rowBytes;
            long d = start + numbers[at + 3] * rowBytes;
            FloatVector sumA = FloatVector.zero(LANES);
            FloatVector sumB = FloatVector.zero(LANES);
            FloatVector sumC = FloatVector.zero(LANES);
            FloatVector sumD = FloatVector.zero(LANES);
            for (int i = 0; i < whole; i += LANES.length()) {
                FloatVector shift = FloatVector.fromArray(LANES, shifts, i);
                FloatVector step = FloatVector.fromArray(LANES, steps, i);
                FloatVector differenceA = codes(codes, a + i).fma(step, shift);
                FloatVector differenceB = codes(codes, b + i).fma(step, shift);
                FloatVector differenceC = codes(codes, c + i).fma(step, shift);
                FloatVector differenceD = codes(codes, d + i).fma(step, shift);
                sumA = differenceA.fma(differenceA, sumA);
                sumB = differenceB.fma(differenceB, sumB);
                sumC = differenceC.fma(differenceC, sumC);
                sumD = differenceD.fma(differenceD, sumD);
            }
            results[at] = sumA.reduceLanes(ADD) + ScalarKernels.codeSquaredDistance(shifts, steps, codes, a, whole);
            results[at + 1] = sumB.reduceLanes(ADD) + ScalarKernels.codeSquaredDistance(shifts, steps, codes, b, whole);
            results[at + 2] = sumC.reduceLanes(ADD) + ScalarKernels.codeSquaredDistance(shifts, steps, codes, c, whole);
            results[at + 3] = sumD.reduceLanes(ADD) + ScalarKernels.codeSquaredDistance(shifts, steps, codes, d, whole);
        }
        for (; at < count; at++) {
            results[at] = codeSquaredDistance(shifts, steps, codes, start + numbers[at] * rowBytes);
        }
    }

    @Override
    public void codeInnerProducts(
            float[] weights, MemorySegment codes, long start, int[] numbers, int count, float[] results) {
        if (!codes.isNative()) {
            SCALAR.codeInnerProducts(weights, codes, start, numbers, count, results);
            return;
        }
        long rowBytes = weights.length;
        int whole = LANES.loopBound(weights.length);
        int at = 0;
        for (; at + 3 < count && !NARROW; at = nextFour(at, count)) {
            long a = start + numbers[at] * rowBytes;
            long b = start + numbers[at + 1] * rowBytes;
            long c = start + numbers[at + 2] * rowBytes;
            long d = start + numbers[at + 3] * rowBytes;
            FloatVector sumA = FloatVector.zero(LANES);
            FloatVector sumB = FloatVector.zero(LANES);
            FloatVector sumC = FloatVector.zero(LANES);
            FloatVector sumD = FloatVector.zero(LANES);
            for (int i = 0; i < whole; i += LANES.length()) {
                FloatVector part = FloatVector.fromArray(LANES, weights, i);
                sumA = part.fma(codes(codes, a + i), sumA);
                sumB = part.fma(codes(codes, b + i), sumB);
                sumC = part.fma(codes(codes, c + i), sumC);
                sumD = part.fma(codes(codes, d + i), sumD);
            }
            results[at] = sumA.reduceLanes(ADD) + ScalarKernels.codeInnerProduct(weights, codes, a, whole);
            results[at + 1] = sumB.reduceLanes(ADD) + ScalarKernels.codeInnerProduct(weights, codes, b, whole);
            results[at + 2] = sumC.reduceLanes(ADD) + ScalarKernels.codeInnerProduct(weights, codes, c, whole);
            results[at + 3] = sumD.reduceLanes(ADD) + ScalarKernels.codeInnerProduct(weights, codes, d, whole);
        }
        for (; at < count; at++) {
            results[at] = codeInnerProduct(weights, codes, start + numbers[at] * rowBytes);
        }
    }

    @Override
    public void codePairSquaredDistances(
            float[] steps, MemorySegment codes, long offset, long start, int[] numbers, int count, float[] results) {
        if (!codes.isNative() || NARROW) {
            SCALAR.codePairSquaredDistances(steps, codes, offset, start, numbers, count, results);
            return;
        }
        long rowBytes = steps.length;
        int whole = LANES.loopBound(steps.length);
        int at = 0;
        for (; at + 3 < count; at = nextFour(at, count)) {
            long a = start + numbers[at] * rowBytes;
            long b = start + numbers[at + 1] * rowBytes;
            long c = start + numbers[at + 2] * rowBytes;
            long d = start + numbers[at + 3] * rowBytes;
            FloatVector sumA = FloatVector.zero(LANES);
            FloatVector sumB = FloatVector.zero(LANES);
            FloatVector sumC = FloatVector.zero(LANES);
            FloatVector sumD = FloatVector.zero(LANES);
            for (int i = 0; i < whole; i += LANES.length()) {
                FloatVector own = codes(codes, offset + i);
                FloatVector step = FloatVector.fromArray(LANES, steps, i);
                FloatVector differenceA = codes(codes, a + i).sub(own).mul(step);
                FloatVector differenceB = codes(codes, b + i).sub(own).mul(step);
                FloatVector differenceC = codes(codes, c + i).sub(own).mul(step);
                FloatVector differenceD = codes(codes, d + i).sub(own).mul(step);
                sumA = differenceA.fma(differenceA, sumA);
                sumB = differenceB.fma(differenceB, sumB);
                sumC = differenceC.fma(differenceC, sumC);
                sumD = differenceD.fma(differenceD, sumD);
            }
            results[at] = sumA.reduceLanes(ADD) + ScalarKernels.codePairSquaredDistance(steps, codes, offset, a, whole);
            results[at + 1] =
                    sumB.reduceLanes(ADD) + ScalarKernels.codePairSquaredDistance(steps, codes, offset, b, whole);
            results[at + 2] =
                    sumC.reduceLanes(ADD) + ScalarKernels.codePairSquaredDistance(steps, codes, offset, c, whole);
            results[at + 3] =
                    sumD.reduceLanes(ADD) + ScalarKernels.codePairSquaredDistance(steps, codes, offset, d, whole);
        }
        for (; at < count; at++) {
            long other = start + numbers[at] * rowBytes;
            FloatVector sum = FloatVector.zero(LANES);
            for (int i = 0; i < whole; i += LANES.length()) {
                FloatVector difference = codes(codes, other + i)
                        .sub(codes(codes, offset + i))
                        .mul(FloatVector.fromArray(LANES, steps, i));
                sum = difference.fma(difference, sum);
            }
            results[at] =
                    sum.reduceLanes(ADD) + ScalarKernels.codePairSquaredDistance(steps, codes, offset, other, whole);
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
        if (!table.isNative()) {
            SCALAR.columnSquaredDistances(point, from, length, table, start, columns, results, at);
            return;
        }
        for (int column = 0; column < columns; column += LANES.length()) {
            FloatVector sum = FloatVector.zero(LANES);
            for (int i = 0; i < length; i++) {
                FloatVector difference =
                        floats(table, start + 4L * (i * columns + column)).sub(point[from + i]);
                sum = difference.fma(difference, sum);
            }
            sum.intoArray(results, at + column);
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
        if (!table.isNative()) {
            SCALAR.columnInnerProducts(point, from, length, table, start, columns, results, at);
            return;
        }
        for (int column = 0; column < columns; column += LANES.length()) {
            FloatVector sum = FloatVector.zero(LANES);
            for (int i = 0; i < length; i++) {
                sum = floats(table, start + 4L * (i * columns + column))
                        .fma(FloatVector.broadcast(LANES, point[from + i]), sum);
            }
            sum.intoArray(results, at + column);
        }
    }

    /** Where the next four rows begin: the last four may hold some that were compared already, which costs less than one at a time. */
    private static int nextFour(int at, int count) {
        return at + 4 < count ? Math.min(at + 4, count - 4) : count;
    }

    private static FloatVector floats(MemorySegment rows, long offset) {
        return FloatVector.fromMemorySegment(LANES, rows, offset, LE);
    }

    private static FloatVector codes(MemorySegment codes, long offset) {
        return (FloatVector)
                ByteVector.fromMemorySegment(CODES, codes, offset, LE).castShape(LANES, 0);
    }

    /** The first half of the codes that fill two vectors of floats, those from {@code offset} on. */
    private static FloatVector lowCodes(MemorySegment codes, long offset) {
        return codes(codes, offset);
    }

    /** The second half. */
    private static FloatVector highCodes(MemorySegment codes, long offset) {
        return NARROW
                ? (FloatVector)
                        ByteVector.fromMemorySegment(CODES, codes, offset, LE).castShape(LANES, 1)
                : codes(codes, offset + LANES.length());
    }

    @Override
    public void halfByteSums(byte[] tables, int pairs, MemorySegment codes, long offset, short[] sums) {
        if (codes.isNative()) {
            SimdTables.halfByteSums(tables, pairs, codes, offset, sums);
        } else {
            SCALAR.halfByteSums(tables, pairs, codes, offset, sums);
        }
    }

    @Override
    public long sumsAtMost(short[] sums, int most) {
        return SimdTables.sumsAtMost(sums, most);
    }

    @Override
    public int least(float[] values, int count) {
        return SimdTables.least(values, count);
    }
}
