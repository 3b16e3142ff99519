package dev.elanus.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong steady = new AtomicLong(-500);
    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final SteadyClock clock = new SteadyClock(steady::get, wall::get);

    private void pass(Duration bySteady, Duration byWall) {
        steady.addAndGet(bySteady.toNanos());
        wall.updateAndGet(now -> now.plus(byWall));
    }

    private Duration elapsed(Runnable passing) {
        long before = clock.nanoTime();
        passing.run();
        return Duration.ofNanos(clock.nanoTime() - before);
    }

    @Test
    void itCountsTheTimeOfASuspendedMachine() {
        assertThat(elapsed(() -> pass(Duration.ofSeconds(1), HOUR))).isEqualTo(HOUR);
        assertThat(elapsed(() -> pass(Duration.ofSeconds(1), Duration.ofSeconds(1))))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void itNeverGoesBack() {
        assertThat(elapsed(() -> pass(Duration.ofSeconds(1), HOUR.negated()))).isEqualTo(Duration.ofSeconds(1));
        assertThat(elapsed(() -> pass(Duration.ofSeconds(1), Duration.ofSeconds(1))))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aClockThatIsCorrectedLittleByLittleDoesNotMoveIt() {
        for (int second = 0; second < 100; second++) {
            assertThat(elapsed(() -> pass(Duration.ofSeconds(1), Duration.ofMillis(1_100))))
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }
}
