package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {
    @Test
    void clientsMayAskForLessTimeAndNotForMore() {
        assertThat(TimeLimits.ofGrpc("1500m")).isEqualTo(Duration.ofMillis(1500));
        assertThat(TimeLimits.ofGrpc("2S")).isEqualTo(Duration.ofSeconds(2));
        assertThat(TimeLimits.ofGrpc("99999999n")).isEqualTo(Duration.ofNanos(99_999_999));
        assertThat(TimeLimits.ofGrpc("99999999H")).isEqualTo(TimeLimits.LONGEST);
        assertThat(TimeLimits.ofRest("5")).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNotUnderstoodIsNotSaid() {
        assertThat(TimeLimits.ofGrpc(null)).isEqualTo(TimeLimits.LONGEST);
        assertThat(TimeLimits.ofGrpc("S")).isEqualTo(TimeLimits.LONGEST);
        assertThat(TimeLimits.ofRest("soon")).isEqualTo(TimeLimits.LONGEST);
        assertThat(TimeLimits.ofRest("-1")).isEqualTo(TimeLimits.LONGEST);
    }
}
