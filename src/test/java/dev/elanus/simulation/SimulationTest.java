package dev.elanus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of the simulation: many with fixed seeds, some with fresh ones. {@code ./elanus simulate --seed S --operations 1} replays one. */
class SimulationTest {
    private static final int FIXED = 60;
    private static final int FRESH = 20;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), LongStream.of(System.nanoTime()));
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("seeds")
    void nothingIsLostDoubledOrSeenTooLate(long first) {
        System.out.println("simulation: seeds from " + first);
        for (long seed = first; seed < first + (first == 1 ? FIXED : FRESH); seed++) {
            Universe.Result result = Simulate.run(Plan.of(seed, Simulate.OPERATIONS_A_RUN));
            assertThat(result.violations()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void aSeedGivesTheSameRunAgain() {
        for (long seed = 100; seed < 105; seed++) {
            Plan plan = Plan.of(seed, Simulate.OPERATIONS_A_RUN);
            assertThat(Simulate.run(plan).trace()).isEqualTo(Simulate.run(plan).trace());
        }
    }
}
