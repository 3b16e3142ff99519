package dev.elanus.vector;

import static dev.elanus.column.Column.FLOAT_LE;

import dev.elanus.column.Column;
import dev.elanus.host.Host;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clusters by Lloyd's algorithm (Lloyd 1982) under L2, from centroids picked by chance; a cluster that loses all of
 * its rows takes over half of the largest. Assigning runs on every core, and the result depends on the seed alone.
 */
public final class KMeans {
    private static final int RANGE_ROWS = 512;
    /** Sums that are kept in the heap at once. */
    private static final int SUMS = 1 << 21;
    /** How far the halves of a split centroid are moved apart, relative to its components, as in Faiss. */
    private static final float SPLIT = 1f / 1024;

    private final Kernels kernels;
    private final Host host;
    private final int dimension;
    private final int clusters;

    /** @param clusters how many, at least 1 */
    public KMeans(Kernels kernels, Host host, int dimension, int clusters) {
        this.kernels = kernels;
        this.host = host;
        this.dimension = dimension;
        this.clusters = clusters;
    }

    /**
     * Finds centroids.
     *
     * @param sample {@code rowCount · dimension} float32, little-endian, in native or mapped memory
     * @param rowCount at least as many as clusters
     * @param progress told the share of the iterations that are done
     * @return {@code clusters · dimension} float32, little-endian
     */
    public MemorySegment train(
            MemorySegment sample, int rowCount, int iterations, SplittableRandom random, Listener progress) {
        assert rowCount >= clusters;
        long rowBytes = (long) dimension * Float.BYTES;
        MemorySegment centroids = Column.allocate(clusters * rowBytes);
        for (int cluster = 0; cluster < clusters; cluster++) {
            long first = (long) cluster * rowCount / clusters;
            long row = random.nextLong(first, (cluster + 1L) * rowCount / clusters);
            MemorySegment.copy(sample, row * rowBytes, centroids, cluster * rowBytes, rowBytes);
        }
        RowSource rows = new Sample(sample, rowCount, dimension);
        for (int iteration = 0; iteration < iterations; iteration++) {
            int[] nearest = assign(rows, centroids);
            move(sample, nearest, centroids);
            progress.done((iteration + 1.0) / iterations);
        }
        return centroids;
    }

    /** Told how far a training is. */
    @FunctionalInterface
    public interface Listener {
        void done(double fraction);
    }

    /** The number of the centroid nearest to each row. */
    public int[] assign(RowSource rows, MemorySegment centroids) {
        int[] nearest = new int[rows.rowCount()];
        int[] numbers = IntStream.range(0, clusters).toArray();
        RowRanges.forEach(host, nearest.length, RANGE_ROWS, (from, end) -> {
            float[] row = new float[dimension];
            float[] distances = new float[clusters];
            for (int i = from; i < end; i++) {
                rows.read(i, row);
                kernels.squaredDistances(row, centroids, 0, numbers, clusters, distances);
                nearest[i] = kernels.least(distances, clusters);
            }
        });
        return nearest;
    }

    /** Moves each centroid to the mean of its rows, a group of centroids at a time. */
    private void move(MemorySegment sample, int[] nearest, MemorySegment centroids) {
        int[] sizes = new int[clusters];
        for (int cluster : nearest) {
            sizes[cluster]++;
        }
        int group = Math.max(1, SUMS / dimension);
        for (int first = 0; first < clusters; first += group) {
            moveGroup(sample, nearest, centroids, sizes, first, Math.min(clusters, first + group));
        }
        for (int cluster = 0; cluster < clusters; cluster++) {
            if (sizes[cluster] == 0) {
                takeHalfOfLargest(cluster, sizes, centroids);
            }
        }
    }

    private void moveGroup(
            MemorySegment sample, int[] nearest, MemorySegment centroids, int[] sizes, int first, int end) {
        double[] sums = new double[(end - first) * dimension];
        for (int row = 0; row < nearest.length; row++) {
            if (nearest[row] >= first && nearest[row] < end) {
                int at = (nearest[row] - first) * dimension;
                long offset = (long) row * dimension * Float.BYTES;
                for (int i = 0; i < dimension; i++) {
                    sums[at + i] += sample.get(FLOAT_LE, offset + 4L * i);
                }
            }
        }
        for (int cluster = first; cluster < end; cluster++) {
            for (int i = 0; i < dimension && sizes[cluster] > 0; i++) {
                float mean = (float) (sums[(cluster - first) * dimension + i] / sizes[cluster]);
                centroids.set(FLOAT_LE, 4L * ((long) cluster * dimension + i), mean);
            }
        }
    }

    private void takeHalfOfLargest(int empty, int[] sizes, MemorySegment centroids) {
        int largest = 0;
        for (int cluster = 1; cluster < clusters; cluster++) {
            if (sizes[cluster] > sizes[largest]) {
                largest = cluster;
            }
        }
        for (int i = 0; i < dimension; i++) {
            long from = 4L * ((long) largest * dimension + i);
            float component = centroids.get(FLOAT_LE, from);
            float apart = (i & 1) == 0 ? SPLIT : -SPLIT;
            centroids.set(FLOAT_LE, 4L * ((long) empty * dimension + i), component * (1 + apart));
            centroids.set(FLOAT_LE, from, component * (1 - apart));
        }
        sizes[empty] = sizes[largest] / 2;
        sizes[largest] -= sizes[empty];
    }

    private record Sample(MemorySegment values, int rowCount, int dimension) implements RowSource {
        @Override
        public void read(int row, float[] into) {
            MemorySegment.copy(values, FLOAT_LE, (long) row * dimension * Float.BYTES, into, 0, dimension);
        }
    }
}
