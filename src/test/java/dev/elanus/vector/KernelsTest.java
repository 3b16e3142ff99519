package dev.elanus.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.Column;
import dev.elanus.host.MachineHost;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
    private static final int ROWS = 11;
    private final Kernels scalar = new ScalarKernels();
    private final Kernels simd = new SimdKernels();

    @ParameterizedTest(name = "dimension {0}")
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 255, 784, 1000, 2049})
    void theTwinsAgreeOnEverySizeAndOffset(int dimension) {
        for (int offset = 0; offset < 5; offset++) {
            SplittableRandom random = new SplittableRandom(dimension * 31L + offset);
            agree(random, dimension, offset, () -> random.nextFloat() * 2 - 1, 1);
        }
    }

    @ParameterizedTest(name = "scale {0}")
    @ValueSource(floats = {1e-30f, 1e-20f, 1e15f, 1e18f})
    void theTwinsAgreeOnTinyAndHugeValues(float scale) {
        SplittableRandom random = new SplittableRandom(9);
        agree(random, 37, 1, () -> (random.nextFloat() * 2 - 1) * scale, (double) scale * scale);
    }

    @Test
    void theTwinsOverflowAlike() {
        MemorySegment rows = Column.allocate(40 * 4);
        float[] query = new float[40];
        for (int i = 0; i < 40; i++) {
            rows.set(Column.FLOAT_LE, 4 * i, -Float.MAX_VALUE);
            query[i] = Float.MAX_VALUE;
        }
        assertThat(simd.squaredDistance(query, rows, 0)).isEqualTo(scalar.squaredDistance(query, rows, 0));
        assertThat(simd.innerProduct(query, rows, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(simd.squaredNorm(rows, 0, 40)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void memoryOfTheHeapIsComparedAsWell() {
        float[] values = new float[40];
        for (int i = 0; i < 40; i++) {
            values[i] = i;
        }
        MemorySegment rows = MemorySegment.ofArray(values);
        MemorySegment bytes = MemorySegment.ofArray(new byte[40]);
        assertThat(simd.squaredNorm(rows, 0, 40)).isEqualTo(20_540);
        assertThat(simd.squaredDistance(values, rows, 0)).isZero();
        assertThat(simd.innerProduct(values, rows, 0)).isEqualTo(20_540);
        assertThat(simd.codeSquaredDistance(values, values, bytes, 0)).isEqualTo(20_540);
        assertThat(simd.codeInnerProduct(values, bytes, 0)).isZero();
        float[] results = new float[1];
        simd.squaredDistances(values, rows, 0, new int[1], 1, results);
        assertThat(results[0]).isZero();
        simd.codeSquaredDistances(values, values, bytes, 0, new int[1], 1, results);
        assertThat(results[0]).isEqualTo(20_540);
        simd.codePairSquaredDistances(values, bytes, 0, 0, new int[1], 1, results);
        assertThat(results[0]).isZero();
    }

    @Test
    void theMachineGetsSimdAndSaysWhy() {
        try (MachineHost host = new MachineHost(1)) {
            KernelChoice choice = KernelChoice.pick(host);
            assertThat(choice.reason()).contains(choice.kernels().name());
        }
    }

    private interface Values {
        float next();
    }

    private void agree(SplittableRandom random, int dimension, int offset, Values values, double magnitude) {
        MemorySegment rows = Column.allocate((long) ROWS * dimension * 4 + offset);
        for (long at = offset; at < rows.byteSize(); at += 4) {
            rows.set(Column.FLOAT_LE, at, values.next());
        }
        MemorySegment codes = Column.allocate((long) ROWS * dimension + offset);
        for (long at = 0; at < codes.byteSize(); at++) {
            codes.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt(-128, 128));
        }
        float[] query = new float[dimension];
        float[] steps = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            query[i] = values.next();
            steps[i] = values.next() / 128;
        }
        double error = 8 * dimension * 0x1p-23 * dimension * magnitude + 1e-44;
        int[] numbers = IntStream.range(0, ROWS).map(i -> ROWS - 1 - i).toArray();
        for (int count = 0; count <= ROWS; count++) {
            float[] expected = new float[ROWS];
            float[] found = new float[ROWS];
            scalar.squaredDistances(query, rows, offset, numbers, count, expected);
            simd.squaredDistances(query, rows, offset, numbers, count, found);
            assertThat(found).containsExactly(expected, within((float) error));
            scalar.innerProducts(query, rows, offset, numbers, count, expected);
            simd.innerProducts(query, rows, offset, numbers, count, found);
            assertThat(found).containsExactly(expected, within((float) error));
            scalar.codeSquaredDistances(query, steps, codes, offset, numbers, count, expected);
            simd.codeSquaredDistances(query, steps, codes, offset, numbers, count, found);
            assertThat(found).containsExactly(expected, within((float) error));
            scalar.codePairSquaredDistances(steps, codes, offset + dimension, offset, numbers, count, expected);
            simd.codePairSquaredDistances(steps, codes, offset + dimension, offset, numbers, count, found);
            assertThat(found).containsExactly(expected, within((float) (4 * error)));
            scalar.codeInnerProducts(steps, codes, offset, numbers, count, expected);
            simd.codeInnerProducts(steps, codes, offset, numbers, count, found);
            double linear = 8 * dimension * 0x1p-23 * dimension * Math.sqrt(magnitude);
            assertThat(found).containsExactly(expected, within((float) linear));
        }
        for (int row = 0; row < ROWS; row++) {
            long at = offset + 4L * row * dimension;
            assertThat(simd.squaredDistance(query, rows, at))
                    .isCloseTo(scalar.squaredDistance(query, rows, at), within((float) error));
            assertThat(simd.innerProduct(query, rows, at))
                    .isCloseTo(scalar.innerProduct(query, rows, at), within((float) error));
            assertThat(simd.squaredNorm(rows, at, dimension))
                    .isCloseTo(scalar.squaredNorm(rows, at, dimension), within((float) error));
        }
    }

    @ParameterizedTest(name = "length {0}")
    @ValueSource(ints = {1, 2, 4, 7, 8})
    void theTwinsAgreeOnColumns(int length) {
        SplittableRandom random = new SplittableRandom(length);
        MemorySegment table = Column.allocate(256L * length * 4 + 2);
        for (long at = 2; at < table.byteSize(); at += 4) {
            table.set(Column.FLOAT_LE, at, random.nextFloat());
        }
        float[] point = {0.5f, 1, -1, 0.25f, 3, 2, 1, 0, -2, 5};
        float[] expected = new float[300];
        float[] found = new float[300];
        scalar.columnSquaredDistances(point, 2, length, table, 2, 256, expected, 7);
        simd.columnSquaredDistances(point, 2, length, table, 2, 256, found, 7);
        assertThat(found).containsExactly(expected, within(1e-4f));
        assertThat(found[7])
                .isCloseTo(
                        (float) IntStream.range(0, length)
                                .mapToDouble(i -> Math.pow(point[2 + i] - table.get(Column.FLOAT_LE, 2 + 1024L * i), 2))
                                .sum(),
                        within(1e-4f));
        scalar.columnInnerProducts(point, 2, length, table, 2, 256, expected, 7);
        simd.columnInnerProducts(point, 2, length, table, 2, 256, found, 7);
        assertThat(found).containsExactly(expected, within(1e-4f));
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {1, 2, 15, 16, 17, 48, 100, 256})
    void theTwinsFindTheFirstOfTheLeast(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] values = new float[count + 20];
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < values.length; i++) {
                values[i] = i < count ? random.nextInt(-3, 40) : -9;
            }
            int least = simd.least(values, count);
            assertThat(least).isEqualTo(scalar.least(values, count)).isLessThan(count);
            for (int i = 0; i < count; i++) {
                assertThat(values[i]).isGreaterThanOrEqualTo(values[least]);
            }
        }
        Arrays.fill(values, Float.POSITIVE_INFINITY);
        assertThat(simd.least(values, count)).isEqualTo(scalar.least(values, count));
    }

    @ParameterizedTest(name = "{0} pairs")
    @ValueSource(ints = {1, 2, 7, 64, 128})
    void theTwinsAgreeOnHalfBytes(int pairs) {
        SplittableRandom random = new SplittableRandom(pairs);
        byte[] tables = new byte[2 * pairs * Kernels.GROUP];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = i % Kernels.GROUP < 16 ? (byte) random.nextInt(256) : tables[i - 16];
        }
        MemorySegment codes = Column.allocate((long) pairs * Kernels.GROUP + 3);
        for (long at = 0; at < codes.byteSize(); at++) {
            codes.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt(256));
        }
        short[] expected = new short[Kernels.GROUP];
        short[] found = new short[Kernels.GROUP];
        scalar.halfByteSums(tables, pairs, codes, 3, expected);
        simd.halfByteSums(tables, pairs, codes, 3, found);
        assertThat(found).containsExactly(expected);
        for (int most : new int[] {0, expected[5] & 0xffff, 32_767, 32_768, 65_534, 65_535}) {
            assertThat(simd.sumsAtMost(found, most)).isEqualTo(scalar.sumsAtMost(expected, most));
        }
        assertThat(Long.bitCount(scalar.sumsAtMost(expected, 65_535))).isEqualTo(Kernels.GROUP);
    }
}
