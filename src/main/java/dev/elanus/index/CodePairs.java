package dev.elanus.index;

import dev.elanus.host.Host;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.RowRanges;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Squared distances between rows of int8 codes, which take a quarter of the memory traffic of float32.
 *
 * <p>Under IP a graph of nearest neighbours by inner product falls apart, because a short row is nobody's neighbour.
 * So rows are lifted to one length by one component more, {@code √(longest² − length²)}, after which the nearest by
 * L2 are the nearest by inner product to any query, whose own added component is zero (Bachrach et al. 2014).
 */
final class CodePairs implements RowPairs {
    private static final int RANGE_ROWS = 4096;

    private final Kernels kernels;
    private final Int8Quantizer quantizer;
    private final MemorySegment codes;
    private final int dimension;
    /** The added component of each row under IP, else null. */
    private final float @Nullable [] lifts;

    /** @param inner L2 or IP */
    CodePairs(Kernels kernels, Host host, Metric inner, Int8Quantizer quantizer, MemorySegment codes, int rowCount) {
        this.kernels = kernels;
        this.quantizer = quantizer;
        this.codes = codes;
        dimension = quantizer.base().length;
        lifts = inner == Metric.IP ? lifts(host, rowCount) : null;
    }

    @Override
    public void between(int row, int[] rows, int count, float[] distances) {
        kernels.codePairSquaredDistances(quantizer.steps(), codes, (long) row * dimension, 0, rows, count, distances);
        if (lifts != null) {
            for (int i = 0; i < count; i++) {
                float apart = lifts[row] - lifts[rows[i]];
                distances[i] += apart * apart;
            }
        }
    }

    private float[] lifts(Host host, int rowCount) {
        float[] lengths = new float[rowCount];
        RowRanges.forEach(host, rowCount, RANGE_ROWS, (from, end) -> {
            float[] row = new float[dimension];
            for (int i = from; i < end; i++) {
                quantizer.decode(codes, (long) i * dimension, row);
                float sum = 0;
                for (float component : row) {
                    sum += component * component;
                }
                lengths[i] = sum;
            }
        });
        float longest = 0;
        for (float length : lengths) {
            longest = Math.max(longest, length);
        }
        for (int i = 0; i < rowCount; i++) {
            lengths[i] = (float) Math.sqrt(longest - lengths[i]);
        }
        return lengths;
    }
}
