package dev.elanus.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.host.MachineHost;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizerTest {
    private final MachineHost host = new MachineHost(2);
    private final Kernels kernels = new SimdKernels();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aComponentIsOffByHalfAStepAtMost() {
        float[][] rows = random(300, 20, 1);
        Int8Quantizer quantizer = Int8Quantizer.train(host, source(rows));
        assertThat(quantizer.exact()).isFalse();
        MemorySegment codes = Column.allocate(20);
        float[] decoded = new float[20];
        for (float[] row : rows) {
            quantizer.encode(row, codes, 0);
            quantizer.decode(codes, 0, decoded);
            for (int i = 0; i < 20; i++) {
                assertThat(decoded[i]).isCloseTo(row[i], within(quantizer.steps()[i] * 0.5001f));
            }
        }
    }

    @Test
    void bytesLoseNothing() {
        float[][] rows = new float[256][3];
        for (int i = 0; i < 256; i++) {
            rows[i] = new float[] {i, i - 128, 100_000 - i % 7};
        }
        Int8Quantizer quantizer = Int8Quantizer.train(host, source(rows));
        assertThat(quantizer.exact()).isTrue();
        assertEveryRowDecodesToItself(quantizer, rows);
    }

    @Test
    void constantDimensionsLoseNothing() {
        float[][] rows = {{0.1f, 1e30f}, {0.1f, 1e30f}};
        assertEveryRowDecodesToItself(Int8Quantizer.train(host, source(rows)), rows);
    }

    @Test
    void rangesWiderThanFloatsAreSurvived() {
        float[][] rows = {{-Float.MAX_VALUE}, {Float.MAX_VALUE}};
        Int8Quantizer quantizer = Int8Quantizer.train(host, source(rows));
        MemorySegment codes = Column.allocate(1);
        float[] decoded = new float[1];
        quantizer.encode(rows[1], codes, 0);
        quantizer.decode(codes, 0, decoded);
        assertThat(decoded[0]).isGreaterThan(3e38f);
    }

    @ParameterizedTest
    @EnumSource(names = {"L2", "IP", "COSINE"})
    void scoresOverCodesAreThoseOfDecodedRows(Metric metric) {
        float[][] rows = random(40, 33, 2);
        if (metric == Metric.COSINE) {
            for (float[] row : rows) {
                RowScores.normalize(row);
            }
        }
        Int8Quantizer trained = Int8Quantizer.train(host, source(rows));
        MemorySegment written = Column.allocate(2 * 33 * 4);
        trained.write(written, 0);
        Int8Quantizer quantizer = Int8Quantizer.read(written, 0, 33, false);
        MemorySegment codes = Column.allocate(40 * 33);
        MemorySegment decoded = Column.allocate(40 * 33 * 4);
        float[] row = new float[33];
        for (int i = 0; i < 40; i++) {
            quantizer.encode(rows[i], codes, i * 33);
            quantizer.decode(codes, i * 33, row);
            MemorySegment.copy(row, 0, decoded, Column.FLOAT_LE, i * 33 * 4, 33);
        }
        float[] query = random(1, 33, 3)[0];
        float[] found = new float[40];
        CodeScores scores = new CodeScores(kernels, quantizer, metric, query);
        scores.scores(codes, 0, IntStream.range(0, 40).toArray(), 40, found);
        RowScores exact = new RowScores(kernels, metric, query);
        for (int i = 0; i < 40; i++) {
            // The decoded row is not quite of length 1, so a cosine differs from the inner product by that much.
            assertThat(found[i]).isCloseTo(exact.score(decoded, i * 33 * 4), within(0.005f * 33));
            assertThat(scores.score(codes, i * 33)).isCloseTo(found[i], within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"L2", "IP", "COSINE"})
    void aProductQuantizersTableGivesTheDistanceOfTheDecodedRow(Metric metric) {
        int dimension = 19;
        int pieces = 9;
        float[][] rows = random(64, dimension, 4);
        // Fewer rows than centroids, so that every row becomes its own centroids and codes lose next to nothing.
        MemorySegment sample = flat(rows);
        ProductQuantizer quantizer = ProductQuantizer.train(
                kernels, host, sample, rows.length, dimension, pieces, ProductQuantizer.OF_BYTES, 8, 5);
        MemorySegment codes = Column.allocate((long) rows.length * pieces);
        for (int i = 0; i < rows.length; i++) {
            quantizer.encode(kernels, rows[i], codes, (long) i * pieces, new float[256]);
        }
        float[] query = random(1, dimension, 6)[0];
        float[] table = quantizer.tableFor(kernels, metric, query);
        float[] vector = metric == Metric.COSINE ? RowScores.normalized(query) : query;
        double error = 0;
        for (int i = 0; i < rows.length; i++) {
            double expected = 0;
            for (int j = 0; j < dimension; j++) {
                expected += metric == Metric.L2 ? Math.pow(vector[j] - rows[i][j], 2) : -vector[j] * rows[i][j];
            }
            error += Math.abs(ProductQuantizer.distance(table, codes, (long) i * pieces, pieces) - expected);
        }
        assertThat(error / rows.length).isLessThan(0.2);
    }

    @ParameterizedTest
    @EnumSource(names = {"L2", "IP", "COSINE"})
    void halfBytesAreComparedAsTheirTablesSay(Metric metric) {
        int dimension = 21;
        int pieces = 7;
        float[][] rows = random(150, dimension, 9);
        ProductQuantizer quantizer = ProductQuantizer.train(
                kernels, host, flat(rows), rows.length, dimension, pieces, ProductQuantizer.OF_HALF_BYTES, 4, 5);
        MemorySegment packed = Column.allocate(3 + HalfByteCodes.bytes(rows.length, pieces));
        byte[][] codes = new byte[rows.length][pieces];
        for (int row = 0; row < rows.length; row++) {
            quantizer.encode(kernels, rows[row], codes[row], new float[ProductQuantizer.OF_HALF_BYTES]);
            HalfByteCodes.write(codes[row], row, packed, 3);
        }
        float[] query = random(1, dimension, 6)[0];
        float[] table = quantizer.tableFor(kernels, metric, query);
        HalfByteScores scores = new HalfByteScores(kernels, quantizer, metric, query);
        int[] places =
                IntStream.range(0, rows.length).filter(row -> row % 7 != 3).toArray();
        float[] quick = new float[places.length];
        scores.distances(packed, 3, places, places.length, quick);
        for (int i = 0; i < places.length; i++) {
            float sum = 0;
            float widest = 0;
            for (int piece = 0; piece < pieces; piece++) {
                sum += table[piece * 16 + codes[places[i]][piece]];
                for (int code = 0; code < 16; code++) {
                    widest = Math.max(widest, Math.abs(table[piece * 16 + code]));
                }
            }
            assertThat(scores.distance(packed, 3, places[i])).isCloseTo(sum, within(1e-5f));
            // Each entry is off by half a step at most, and a step is the 255th part of the widest range.
            assertThat(quick[i]).isCloseTo(sum, within(2 * widest / 255 / 2 * pieces + 1e-4f));
        }
        float[] all = new float[rows.length];
        scores.distances(packed, 3, IntStream.range(0, rows.length).toArray(), rows.length, all);
        TopK some = new TopK(20);
        TopK offered = new TopK(20);
        for (int row = 0; row < rows.length; row++) {
            some.offer(all[row], 1000 + row);
        }
        assertThat(scores.offer(packed, 3, rows.length, null, offered, 1000)).isEqualTo(rows.length);
        assertThat(offered.sorted()).containsExactly(some.sorted());
        RowSet allowed = RowSet.none(rows.length);
        TopK ofAllowed = new TopK(20);
        TopK offeredOfAllowed = new TopK(20);
        for (int row = 1; row < rows.length; row += 3) {
            allowed.add(row);
            ofAllowed.offer(all[row], row);
        }
        assertThat(scores.offer(packed, 3, rows.length, allowed, offeredOfAllowed, 0))
                .isEqualTo(allowed.cardinality());
        assertThat(offeredOfAllowed.sorted()).containsExactly(ofAllowed.sorted());
    }

    private void assertEveryRowDecodesToItself(Int8Quantizer quantizer, float[][] rows) {
        MemorySegment codes = Column.allocate(rows[0].length);
        float[] decoded = new float[rows[0].length];
        for (float[] row : rows) {
            quantizer.encode(row, codes, 0);
            quantizer.decode(codes, 0, decoded);
            assertThat(decoded).containsExactly(row);
        }
    }

    static RowSource source(float[][] rows) {
        return new RowSource() {
            @Override
            public int rowCount() {
                return rows.length;
            }

            @Override
            public int dimension() {
                return rows[0].length;
            }

            @Override
            public void read(int row, float[] into) {
                System.arraycopy(rows[row], 0, into, 0, into.length);
            }
        };
    }

    static MemorySegment flat(float[][] rows) {
        MemorySegment memory = Column.allocate((long) rows.length * rows[0].length * Float.BYTES);
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(rows[i], 0, memory, Column.FLOAT_LE, 4L * i * rows[i].length, rows[i].length);
        }
        return memory;
    }

    static float[][] random(int count, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = random.nextFloat() * 2 - 1;
            }
        }
        return rows;
    }
}
