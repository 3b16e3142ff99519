package dev.elanus.search;

import dev.elanus.vector.Metric;
import java.util.List;

/** How the hits of several searches become one list. */
public sealed interface Fusion permits Fusion.Reciprocal, Fusion.Weighted, Decay, Boost {
    /**
     * Reciprocal ranks: a row's score is the sum of 1/(k + rank) over the searches that found it, ranks from 1. Cormack, Clarke and Büttcher,
     * "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", 2009.
     *
     * @param k above 0 and below 16,384
     */
    record Reciprocal(float k) implements Fusion {}

    /**
     * A row's score is the weighted sum of its scores in the searches that found it.
     *
     * @param weights one a search, 0 to 1
     * @param normalized whether scores are first brought into 0 to 1, larger for nearer
     */
    record Weighted(List<Float> weights, boolean normalized) implements Fusion {
        float normalize(float score, Metric metric, boolean isMixed) {
            if (!metric.largerIsNearer()) {
                return normalized || isMixed ? (float) (1 - 2 * Math.atan(score) / Math.PI) : score;
            }
            if (!normalized) {
                return score;
            }
            return switch (metric) {
                case COSINE -> (1 + score) / 2;
                case BM25 -> (float) (2 * Math.atan(score) / Math.PI);
                default -> (float) (0.5 + Math.atan(score) / Math.PI);
            };
        }
    }

    /**
     * What a hit of one search adds to the row's score.
     *
     * @param search which of the searches
     * @param rank of the hit in it, from 1
     * @param isMixed whether larger scores are nearer in some of the searches and farther in others
     */
    default float share(int search, int rank, float score, Metric metric, boolean isMixed) {
        return switch (this) {
            case Decay decay -> decay.score(score, metric);
            case Boost _ -> score;
            case Reciprocal reciprocal -> 1f / (reciprocal.k() + rank);
            case Weighted weighted -> weighted.weights().get(search) * weighted.normalize(score, metric, isMixed);
        };
    }

    /** Whether of the fused scores the larger is the better one. */
    default boolean largerIsBetter(List<Metric> metrics) {
        return switch (this) {
            case Decay _ -> true;
            case Boost _ -> metrics.stream().anyMatch(Metric::largerIsNearer);
            case Reciprocal _ -> true;
            case Weighted weighted -> weighted.normalized() || metrics.stream().anyMatch(Metric::largerIsNearer);
        };
    }
}
