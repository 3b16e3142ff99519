package dev.elanus.vector;

import java.lang.foreign.MemorySegment;

/**
 * One query vector against rows of int8 codes by one metric: scores as good as the codes, exact to rounding where
 * those are. Under COSINE the codes are those of normalized rows. Safe for use from many threads.
 */
public final class CodeScores {
    private final Kernels kernels;
    private final boolean squared;
    /** Base minus query under L2, else query times steps. */
    private final float[] weights;

    private final float[] steps;
    /** The inner product of the query and the base. */
    private final float constant;

    public CodeScores(Kernels kernels, Int8Quantizer quantizer, Metric metric, float[] query) {
        this.kernels = kernels;
        steps = quantizer.steps();
        squared = metric == Metric.L2;
        weights = new float[query.length];
        float[] base = quantizer.base();
        double scale = metric == Metric.COSINE ? RowScores.inverseLength(query) : 1;
        double product = 0;
        for (int i = 0; i < query.length; i++) {
            double component = query[i] * scale;
            weights[i] = squared ? base[i] - query[i] : (float) (component * steps[i]);
            product += component * base[i];
        }
        constant = (float) product;
    }

    /** The score of the row whose codes start at {@code offset}. */
    public float score(MemorySegment codes, long offset) {
        return squared
                ? kernels.codeSquaredDistance(weights, steps, codes, offset)
                : constant + kernels.codeInnerProduct(weights, codes, offset);
    }

    /**
     * The scores of rows {@code numbers[0]} to {@code numbers[count - 1]} of those whose codes start at {@code
     * start}.
     */
    public void scores(MemorySegment codes, long start, int[] numbers, int count, float[] scores) {
        if (squared) {
            kernels.codeSquaredDistances(weights, steps, codes, start, numbers, count, scores);
        } else {
            kernels.codeInnerProducts(weights, codes, start, numbers, count, scores);
            for (int i = 0; i < count; i++) {
                scores[i] += constant;
            }
        }
    }
}
