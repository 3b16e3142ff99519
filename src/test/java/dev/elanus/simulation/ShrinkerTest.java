package dev.elanus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.simulation.Plan.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    @Test
    void whatDoesNotMatterIsLeftOut() {
        Plan plan = Plan.of(1, 200);
        // It takes two steps and a kind of fault to fail.
        Plan small = new Shrinker(
                        tried -> numbers(tried).containsAll(List.of(10, 157))
                                && tried.climate().faults().contains(Fault.LOST_REPLY),
                        1_000)
                .shrink(plan.with(plan.climate().with(Set.of(Fault.values()))));
        assertThat(numbers(small)).containsExactlyInAnyOrder(10, 157);
        assertThat(small.climate().faults()).containsExactly(Fault.LOST_REPLY);
        assertThat(small.climate().faultRate()).isZero();
    }

    private static Set<Integer> numbers(Plan plan) {
        return plan.steps().stream().map(Step::number).collect(Collectors.toSet());
    }
}
