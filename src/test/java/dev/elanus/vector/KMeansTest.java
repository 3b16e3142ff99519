package dev.elanus.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.Column;
import dev.elanus.host.MachineHost;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KMeansTest {
    private final MachineHost host = new MachineHost(2);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void clumpsThatLieApartAreFound() {
        float[][] rows = new float[900][2];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {i % 3 * 100 + random.nextFloat(), i % 3 * -50 + random.nextFloat()};
        }
        KMeans means = new KMeans(new SimdKernels(), host, 2, 3);
        MemorySegment centroids = means.train(QuantizerTest.flat(rows), 900, 12, new SplittableRandom(2), _ -> {});
        int[] nearest = means.assign(QuantizerTest.source(rows), centroids);
        for (int i = 3; i < rows.length; i++) {
            assertThat(nearest[i]).isEqualTo(nearest[i % 3]);
        }
        assertThat(IntStream.of(nearest).distinct().count()).isEqualTo(3);
    }

    @Test
    void equalRowsGiveFiniteCentroids() {
        float[][] rows = new float[50][5];
        MemorySegment centroids = new KMeans(new SimdKernels(), host, 5, 8)
                .train(QuantizerTest.flat(rows), 50, 5, new SplittableRandom(3), _ -> {});
        for (long at = 0; at < centroids.byteSize(); at += 4) {
            assertThat(centroids.get(Column.FLOAT_LE, at)).isCloseTo(0, within(1e-6f));
        }
    }

    @Test
    void theSameSeedGivesTheSameCentroidsOnAnyNumberOfCores() {
        MemorySegment sample = QuantizerTest.flat(QuantizerTest.random(2000, 7, 4));
        MemorySegment two =
                new KMeans(new SimdKernels(), host, 7, 20).train(sample, 2000, 6, new SplittableRandom(5), _ -> {});
        try (MachineHost single = new MachineHost(1)) {
            MemorySegment one = new KMeans(new SimdKernels(), single, 7, 20)
                    .train(sample, 2000, 6, new SplittableRandom(5), _ -> {});
            assertThat(one.mismatch(two)).isEqualTo(-1);
        }
    }
}
