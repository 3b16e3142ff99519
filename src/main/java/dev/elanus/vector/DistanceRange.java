package dev.elanus.vector;

/**
 * Which rows a search may find, by their distance as {@link Metric#toDistance} gives it.
 *
 * @param from the smallest distance that is taken
 * @param to the distance from which on none is taken
 */
public record DistanceRange(float from, float to) {
    /** All distances. */
    public static final DistanceRange ALL = new DistanceRange(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    public boolean contains(float distance) {
        return distance >= from && (distance < to || to == Float.POSITIVE_INFINITY);
    }

    /** Whether the nearest rows may be outside, so that the nearest of all say nothing about those inside. */
    public boolean leavesOutNearest() {
        return from != Float.NEGATIVE_INFINITY;
    }
}
