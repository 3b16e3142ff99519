package dev.elanus.simulation;

import dev.elanus.simulation.Plan.Climate;
import dev.elanus.simulation.Plan.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes a plan that fails small: leaves out steps, in ever smaller chunks, then kinds of faults, as long as anything at all is still wrong (Zeller
 * and Hildebrandt 2002, "Simplifying and Isolating Failure-Inducing Input").
 */
final class Shrinker {
    private final Predicate<Plan> fails;
    private int runsLeft;

    /** @param maxRuns of the simulation, after which the smallest plan so far will do */
    Shrinker(Predicate<Plan> fails, int maxRuns) {
        this.fails = fails;
        this.runsLeft = maxRuns;
    }

    /** @param plan which fails */
    Plan shrink(Plan plan) {
        Plan small = plan;
        int before;
        do {
            before = small.steps().size();
            small = withMilderClimate(withFewerSteps(small));
        } while (small.steps().size() < before && runsLeft > 0);
        return small;
    }

    private Plan withFewerSteps(Plan plan) {
        Plan small = plan;
        for (int chunk = Math.max(1, plan.steps().size() / 2); chunk >= 1; chunk /= 2) {
            for (int from = 0; from < small.steps().size(); ) {
                List<Step> fewer = new ArrayList<>(small.steps());
                fewer.subList(from, Math.min(fewer.size(), from + chunk)).clear();
                if (stillFails(small.with(fewer))) {
                    small = small.with(fewer);
                } else {
                    from += chunk;
                }
            }
        }
        return small;
    }

    private Plan withMilderClimate(Plan plan) {
        Plan small = plan;
        for (Fault fault : plan.climate().faults()) {
            Set<Fault> fewer = EnumSet.copyOf(small.climate().faults());
            fewer.remove(fault);
            if (!fewer.isEmpty()) {
                small = ifStillFailing(small, small.climate().with(fewer));
            }
        }
        Climate climate = small.climate();
        small = ifStillFailing(
                small, new Climate(climate.faults(), climate.faultRate(), climate.servers(), climate.maintaining(), 0));
        climate = small.climate();
        return ifStillFailing(
                small,
                new Climate(climate.faults(), 0, climate.servers(), climate.maintaining(), climate.skewMillis()));
    }

    private Plan ifStillFailing(Plan plan, Climate milder) {
        Plan candidate = plan.with(milder);
        return !milder.equals(plan.climate()) && stillFails(candidate) ? candidate : plan;
    }

    private boolean stillFails(Plan plan) {
        return runsLeft-- > 0 && fails.test(plan);
    }
}
