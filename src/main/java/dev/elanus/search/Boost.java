package dev.elanus.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores that are raised or lowered by weights, each for the rows of a filter. A row that no weight is for keeps its score.
 *
 * @param weights one or more
 * @param together how several weights of one row become one
 * @param withScore how that changes the score
 */
public record Boost(List<Weight> weights, Mode together, Mode withScore) implements Fusion {
    /** How two numbers become one. */
    public enum Mode {
        MULTIPLY,
        SUM;

        float of(float one, float other) {
            return this == MULTIPLY ? one * other : one + other;
        }
    }

    /**
     * A weight and the rows that it is for.
     *
     * @param filter blank for all rows
     * @param chance what the weight is multiplied by, null for nothing
     */
    public record Weight(
            float weight, FilterText filter, @Nullable Chance chance) {}

    /**
     * A number of each row from 0 to before 1, the same whenever it is asked for.
     *
     * @param field by whose values rows differ; null for the primary key
     */
    public record Chance(long seed, @Nullable String field) {}
}
