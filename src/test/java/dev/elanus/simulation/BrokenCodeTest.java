package dev.elanus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks the engine on purpose: a simulation that does not notice would not notice a mistake either. */
class BrokenCodeTest {
    private static final int TRIES = 200;

    @ParameterizedTest
    @EnumSource
    void theSimulationNoticesWhenTheEngineWould(Breakage breakage) {
        LongFunction<String> trial = BrokenEngine.with(breakage.file, breakage.fragment, breakage.replacement);
        String found = trial.apply(breakage.seed);
        // Where the engine has changed since the seed was chosen, another one finds it.
        for (long seed = 1; found.isEmpty() && seed <= TRIES; seed++) {
            found = trial.apply(seed);
        }
        assertThat(found).as("what is wrong when processes would " + breakage).isNotEmpty();
    }
}
