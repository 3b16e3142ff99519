package dev.elanus.simulation;

import java.util.function.LongFunction;

/** Runs a seed and says what is wrong first, or nothing. Made by name, in a class loader that has another engine. */
public final class Trial implements LongFunction<String> {
    @Override
    public String apply(long seed) {
        try {
            Universe.Result result = Simulate.run(Plan.of(seed, Simulate.OPERATIONS_A_RUN));
            return result.violations().isEmpty() ? "" : result.violations().getFirst();
        } catch (RuntimeException | Error failure) {
            return "the check failed: " + Stories.of(failure);
        }
    }
}
