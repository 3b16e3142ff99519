package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LongProbeTest {
    @Test
    void integersAreFoundWhetherTheyLieNearEachOtherOrNot() {
        long seed = Long.getLong("seed", 20261125);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            long spread = 1L << random.nextInt(1, 63);
            long base = random.nextBoolean() ? random.nextLong() : 0;
            long[] values = random.longs(random.nextInt(200), 0, spread)
                    .map(value -> base + value)
                    .sorted()
                    .distinct()
                    .toArray();
            Set<Long> expected = Arrays.stream(values).boxed().collect(Collectors.toSet());
            LongProbe probe = new LongProbe(values);
            for (long value : values) {
                assertThat(probe.contains(value)).isTrue();
                assertThat(probe.contains(value + 1)).isEqualTo(expected.contains(value + 1));
                assertThat(probe.contains(value - 1)).isEqualTo(expected.contains(value - 1));
            }
            for (int i = 0; i < 50; i++) {
                long value = base + random.nextLong(spread);
                assertThat(probe.contains(value)).isEqualTo(expected.contains(value));
            }
        }
    }

    @Test
    void theOutermostIntegersAreLikeAnyOthers() {
        LongProbe probe = new LongProbe(new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, 0, Long.MAX_VALUE});
        for (long value : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, 0, Long.MAX_VALUE}) {
            assertThat(probe.contains(value)).isTrue();
        }
        for (long value : new long[] {Long.MIN_VALUE + 2, -1, 1, Long.MAX_VALUE - 1}) {
            assertThat(probe.contains(value)).isFalse();
        }
        assertThat(new LongProbe(new long[0]).contains(0)).isFalse();
        assertThat(new LongProbe(new long[] {Long.MAX_VALUE}).contains(Long.MAX_VALUE))
                .isTrue();
        assertThat(new LongProbe(new long[] {Long.MAX_VALUE}).contains(Long.MIN_VALUE))
                .isFalse();
    }
}
