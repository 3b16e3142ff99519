package dev.elanus.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class RowScoresTest {
    private final Kernels kernels = new SimdKernels();

    @Test
    void theCosineOfAZeroVectorIsZero() {
        MemorySegment rows = QuantizerTest.flat(new float[][] {{0, 0, 0}, {1, 0, 0}});
        assertThat(new RowScores(kernels, Metric.COSINE, new float[] {3, 4, 0}).score(rows, 0))
                .isZero();
        assertThat(new RowScores(kernels, Metric.COSINE, new float[3]).score(rows, 12))
                .isZero();
    }

    @Test
    void theCosineIgnoresLengthsOfAnySize() {
        MemorySegment rows = QuantizerTest.flat(new float[][] {{3e-30f, 4e-30f}, {3e30f, 4e30f}, {3, 4}, {-3, -4}});
        float[] scores = new float[4];
        new RowScores(kernels, Metric.COSINE, new float[] {30, 40}).scores(rows, 0, new int[] {0, 1, 2, 3}, 4, scores);
        assertThat(scores).containsExactly(new float[] {1, 1, 1, -1}, within(1e-6f));
    }

    @Test
    void noScoreIsANegativeZero() {
        for (Metric metric : Metric.values()) {
            for (float distance : new float[] {0f, -0f}) {
                assertThat(Float.floatToRawIntBits(metric.toScore(distance)))
                        .as(metric.name())
                        .isZero();
            }
        }
    }
}
