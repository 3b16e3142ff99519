package dev.elanus.vector;

import dev.elanus.column.Column;
import java.lang.foreign.MemorySegment;

/**
 * One query vector against float32 rows by one metric: the exact scores that clients see. Safe for use from many
 * threads.
 */
public final class RowScores {
    private final Kernels kernels;
    private final Metric metric;
    private final float[] query;
    /** One over the query's length, 0 where that is zero. */
    private final double inverseLength;

    /** @param query not copied, must not change */
    public RowScores(Kernels kernels, Metric metric, float[] query) {
        this.kernels = kernels;
        this.metric = metric;
        this.query = query;
        inverseLength = metric == Metric.COSINE ? inverseLength(query) : 1;
    }

    /** One over the length of a vector, 0 for the zero vector. */
    public static double inverseLength(float[] vector) {
        double sum = 0;
        for (float component : vector) {
            sum += (double) component * component;
        }
        return sum == 0 ? 0 : 1 / Math.sqrt(sum);
    }

    /** A vector of the same direction and of length 1; the zero vector stays as it is. */
    public static float[] normalized(float[] vector) {
        float[] unit = vector.clone();
        normalize(unit);
        return unit;
    }

    /** {@link #normalized} in place. */
    public static void normalize(float[] vector) {
        double scale = inverseLength(vector);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] * scale);
        }
    }

    /** The score of the row at {@code offset}. */
    public float score(MemorySegment rows, long offset) {
        return switch (metric) {
            case L2 -> kernels.squaredDistance(query, rows, offset);
            case IP -> kernels.innerProduct(query, rows, offset);
            case COSINE -> cosine(kernels.innerProduct(query, rows, offset), rows, offset);
            default -> throw noNumbers();
        };
    }

    /** The scores of rows {@code numbers[0]} to {@code numbers[count - 1]} of those that start at {@code start}. */
    public void scores(MemorySegment rows, long start, int[] numbers, int count, float[] scores) {
        switch (metric) {
            case L2 -> kernels.squaredDistances(query, rows, start, numbers, count, scores);
            case IP -> kernels.innerProducts(query, rows, start, numbers, count, scores);
            case COSINE -> {
                kernels.innerProducts(query, rows, start, numbers, count, scores);
                for (int i = 0; i < count; i++) {
                    scores[i] = cosine(scores[i], rows, start + (long) numbers[i] * query.length * Float.BYTES);
                }
            }
            default -> throw noNumbers();
        }
    }

    private IllegalStateException noNumbers() {
        return new IllegalStateException(metric + " compares no dense vectors of numbers");
    }

    private float cosine(float innerProduct, MemorySegment rows, long offset) {
        float squaredNorm = kernels.squaredNorm(rows, offset, query.length);
        if (squaredNorm < Float.MIN_NORMAL || squaredNorm == Float.POSITIVE_INFINITY) {
            return extremeCosine(rows, offset);
        }
        return clamp((float) (innerProduct * inverseLength / Math.sqrt(squaredNorm)));
    }

    /** A row whose squares leave the range of float32, in double. */
    private float extremeCosine(MemorySegment rows, long offset) {
        double product = 0;
        double norm = 0;
        for (int i = 0; i < query.length; i++) {
            double component = rows.get(Column.FLOAT_LE, offset + 4L * i);
            product += component * query[i];
            norm += component * component;
        }
        return norm == 0 ? 0 : clamp((float) (product * inverseLength / Math.sqrt(norm)));
    }

    /** Rounding may leave a cosine a little beyond 1. */
    private static float clamp(float cosine) {
        return Math.clamp(cosine, -1f, 1f);
    }
}
