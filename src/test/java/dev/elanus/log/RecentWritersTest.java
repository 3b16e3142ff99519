package dev.elanus.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentWritersTest {
    private final RecentWriters recent = new RecentWriters();

    @Test
    void oneIsAFairShare() {
        for (long writer : new long[] {1, 2, 3, 3, 2, 1}) {
            recent.add(writer);
        }
        assertThat(recent.shareOf(1)).isEqualTo(1);
        assertThat(recent.othersThan(1)).isEqualTo(2);
    }

    @Test
    void whoHasMoreThanOthersHasMoreThanOne() {
        for (long writer : new long[] {1, 1, 1, 2}) {
            recent.add(writer);
        }
        assertThat(recent.shareOf(1)).isEqualTo(1.5);
        assertThat(recent.shareOf(2)).isEqualTo(0.5);
        assertThat(recent.shareOf(3)).isZero();
    }

    @Test
    void whatIsLongAgoDoesNotCount() {
        recent.add(7);
        for (int i = 0; i < 100; i++) {
            recent.add(1);
        }
        assertThat(recent.othersThan(1)).isZero();
        assertThat(recent.shareOf(7)).isZero();
    }

    @Test
    void anEmptyLogHasNoWriters() {
        assertThat(recent.shareOf(1)).isZero();
        assertThat(recent.othersThan(1)).isZero();
    }
}
