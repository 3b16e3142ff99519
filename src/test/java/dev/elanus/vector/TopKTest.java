package dev.elanus.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {
    @ParameterizedTest(name = "k {0}")
    @ValueSource(ints = {1, 2, 3, 10, 99, 100, 150})
    void keepsWhatSortingWouldKeep(int k) {
        SplittableRandom random = new SplittableRandom(k);
        float[] distances = new float[100];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = random.nextInt(-20, 20) / 4f;
        }
        TopK top = new TopK(k);
        for (int row = 99; row >= 0; row--) {
            top.offer(distances[row], row);
        }
        int[] expected = IntStream.range(0, 100)
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> distances[row]).thenComparing(row -> row))
                .limit(k)
                .mapToInt(row -> row)
                .toArray();
        assertThat(Arrays.stream(top.sorted()).mapToInt(TopK::rowOf).toArray()).containsExactly(expected);
        assertThat(top.size()).isEqualTo(Math.min(k, 100));
    }

    @ParameterizedTest(name = "k {0}")
    @ValueSource(ints = {1, 47, 48, 50, 200, 2999, 3000, 4000})
    void keepsOfManyWhatSortingWouldKeepInWhateverOrderTheyCome(int k) {
        SplittableRandom random = new SplittableRandom(k);
        for (int order = 0; order < 4; order++) {
            float[] distances = new float[3000];
            for (int i = 0; i < distances.length; i++) {
                distances[i] = switch (order) {
                    case 0 -> i;
                    case 1 -> -i;
                    case 2 -> random.nextInt(50);
                    default -> 1;
                };
            }
            TopK top = TopK.ofMany(k);
            long[] expected = new long[3000];
            for (int row = 0; row < 3000; row++) {
                float bound = top.bound();
                top.offer(distances[row], row);
                expected[row] = TopK.pack(distances[row], row);
                assertThat(top.bound()).isLessThanOrEqualTo(bound);
            }
            assertThat(top.size()).isEqualTo(Math.min(k, 3000));
            Arrays.sort(expected);
            long[] sorted = top.sorted();
            assertThat(sorted).containsExactly(Arrays.copyOf(expected, Math.min(k, 3000)));
            assertThat(top.bound()).isGreaterThanOrEqualTo(TopK.distanceOf(sorted[sorted.length - 1]));
        }
    }

    @Test
    void packedLongsAscendAsDistancesDo() {
        float[] ascending = {
            Float.NEGATIVE_INFINITY,
            -Float.MAX_VALUE,
            -1,
            -Float.MIN_VALUE,
            0,
            Float.MIN_VALUE,
            1,
            Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NaN
        };
        for (int i = 0; i < ascending.length; i++) {
            assertThat(Float.valueOf(TopK.distanceOf(TopK.pack(ascending[i], 5))))
                    .isEqualTo(Float.valueOf(ascending[i]));
            assertThat(TopK.rowOf(TopK.pack(ascending[i], Integer.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
            if (i > 0) {
                assertThat(TopK.pack(ascending[i - 1], Integer.MAX_VALUE)).isLessThan(TopK.pack(ascending[i], 0));
            }
        }
        assertThat(TopK.pack(-0f, 3)).isEqualTo(TopK.pack(0f, 3));
    }

    @Test
    void theBoundIsTheFarthestOnceKAreKept() {
        TopK top = new TopK(2);
        top.offer(3, 0);
        assertThat(top.bound()).isInfinite();
        top.offer(5, 1);
        assertThat(top.bound()).isEqualTo(5);
        top.offer(4, 2);
        assertThat(top.bound()).isEqualTo(4);
    }
}
