package dev.elanus.vector;

import dev.elanus.error.Invalid;
import java.util.Locale;

/** How two vectors are compared; the names are those of the wire. */
public enum Metric {
    /** Squared Euclidean distance, without the root: smaller is nearer. */
    L2,
    /** Inner product: larger is nearer. */
    IP,
    /** Cosine of the angle, -1 to 1: larger is nearer. 0 where a vector is zero. */
    COSINE;

    public boolean largerIsNearer() {
        return this != L2;
    }

    /** Whether score {@code a} is nearer than {@code b}. */
    public boolean isNearer(float a, float b) {
        return largerIsNearer() ? a > b : a < b;
    }

    /** A score as a number that is smaller for what is nearer, whatever the metric. */
    public float toDistance(float score) {
        return this == L2 ? score : -score;
    }

    /** The score that {@link #toDistance} made this number of. */
    public float toScore(float distance) {
        return this == L2 ? distance : -distance;
    }

    /**
     * The metric of a name in any case.
     *
     * @throws Invalid if float vectors have no such metric
     */
    public static Metric parse(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "L2" -> L2;
            case "IP" -> IP;
            case "COSINE" -> COSINE;
            default -> throw new Invalid("float vector index does not support metric type: " + name);
        };
    }
}
