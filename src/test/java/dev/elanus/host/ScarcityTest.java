package dev.elanus.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScarcityTest {
    private long now = -5;
    private long waits = 1_000_000;
    private final Scarcity scarcity = new Scarcity(() -> now, () -> waits);

    @Test
    void isNotThereAtTheStartWhateverWasWaitedForBefore() {
        now += 2 * Scarcity.SAMPLE_NANOS;
        assertFalse(scarcity.isScarce());
    }

    @Test
    void isThereAfterManyWaitsInAShortTime() {
        waits += 30;
        assertFalse(scarcity.isScarce(), "before the next sample");
        now += Scarcity.SAMPLE_NANOS;
        assertTrue(scarcity.isScarce());
    }

    @Test
    void isNotFoundInAsManyWaitsOverALongTime() {
        waits += 30;
        now += 10 * Scarcity.SAMPLE_NANOS;
        assertFalse(scarcity.isScarce());
    }

    @Test
    void endsAWhileAfterTheLastWaits() {
        waits += 30;
        now += Scarcity.SAMPLE_NANOS;
        assertTrue(scarcity.isScarce());
        now += Scarcity.WHILE_NANOS - 1;
        assertTrue(scarcity.isScarce());
        now += Scarcity.SAMPLE_NANOS;
        assertFalse(scarcity.isScarce());
    }

    @Test
    void goesOnWhileThereAreWaits() {
        for (long spent = 0; spent < 2 * Scarcity.WHILE_NANOS; spent += Scarcity.SAMPLE_NANOS) {
            waits += 30;
            now += Scarcity.SAMPLE_NANOS;
            assertTrue(scarcity.isScarce());
        }
    }
}
