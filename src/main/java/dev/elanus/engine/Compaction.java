package dev.elanus.engine;

import java.util.List;
import java.util.OptionalLong;

/**
 * A compaction that a client asked for, as it stands.
 *
 * @param id hybrid timestamp of when it was asked for
 * @param plans all that it does; those that are done come first
 * @param failed plans that were given up
 * @param done whether nothing of it is going on any more
 */
public record Compaction(long id, List<Plan> plans, int failed, boolean done) {
    public Compaction {
        plans = List.copyOf(plans);
    }

    /**
     * Some segments made one.
     *
     * @param target empty until it is there, and where no row was left
     */
    public record Plan(List<Long> sources, OptionalLong target, boolean done) {
        public Plan {
            sources = List.copyOf(sources);
        }
    }

    /** Plans that are still to be carried out. */
    public long executing() {
        return done ? 0 : plans.stream().filter(plan -> !plan.done()).count();
    }

    public long completed() {
        return plans.stream().filter(Plan::done).count();
    }
}
