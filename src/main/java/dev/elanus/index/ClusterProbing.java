package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.Host;
import dev.elanus.vector.CodeScores;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.RowRanges;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.RowSource;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What AUTOINDEX finds out about the rows at hand: which clusters a search must read, and whether int8 codes tell
 * near rows apart.
 */
final class ClusterProbing {
    private static final long SEED = 0x70726f6265L;
    private static final int NEIGHBOURS = 10;
    private static final int MOST_QUERIES = 128;
    private static final int LEAST_QUERIES = 64;
    /** Rows that are compared with queries in all, as far as the number of queries allows. */
    private static final int COMPARISONS = 20_000_000;
    /** Above the recall of 0.97 that is aimed at, since codes lose something, too. */
    private static final double RECALL = 0.98;
    /** Of the rows, the share whose nearest distances tell how far apart unlike rows are. */
    private static final int UNLIKE = 64;
    /** Of the squared distance to that share's farthest: what is nearer is a copy, or the next picture of a video. */
    private static final float OF_COPIES = 0.25f;

    private static final double RECALL_OF_CODES = 0.99;

    private final Kernels kernels;
    private final Host host;
    private final Geometry geometry;
    private final VectorColumn vectors;
    private final Column keys;
    private final RowSource rows;
    private final @Nullable RowSet present;

    /**
     * @param vectors the column
     * @param rows of the column, those that there are
     * @param present their numbers, or null for all
     */
    ClusterProbing(
            Kernels kernels,
            Host host,
            Geometry geometry,
            VectorColumn vectors,
            Column keys,
            RowSource rows,
            @Nullable RowSet present) {
        this.kernels = kernels;
        this.host = host;
        this.geometry = geometry;
        this.vectors = vectors;
        this.keys = keys;
        this.rows = rows;
        this.present = present;
    }

    /**
     * What is known of the clusters.
     *
     * @param compared rows that a search for ten reads
     */
    record Outcome(Reach reach, long compared) {
        static final Outcome NONE = new Outcome(Reach.NONE, 0);
    }

    /**
     * A vector that stands for a query: the distances of the centroids, and how much farther than the nearest of them those are whose clusters have
     * its neighbours; all in the unit of {@link Reach}.
     */
    private record Sampled(float[] centroids, float[] excesses) {
        float least() {
            float least = Float.POSITIVE_INFINITY;
            for (float distance : centroids) {
                least = Math.min(least, distance);
            }
            return least;
        }
    }

    /**
     * Finds out how far clusters must be read so that {@value #RECALL} of the nearest rows are in them. These are found exactly. Sampled
     * rows stand for queries, which are no rows, and have no copies among them: so neither the row itself nor what hardly differs from it counts.
     */
    Outcome probe(Clusters clusters) {
        int queryCount =
                Math.min(rows.rowCount(), Math.clamp(COMPARISONS / rows.rowCount(), LEAST_QUERIES, MOST_QUERIES));
        int[] sampled = sampled(queryCount);
        int[] numbers = present == null ? null : present.toArray();
        Sampled[] all = new Sampled[queryCount];
        RowRanges.forEach(host, queryCount, 8, (from, end) -> {
            for (int i = from; i < end; i++) {
                float[] query = new float[rows.dimension()];
                rows.read(sampled[i], query);
                all[i] = sample(query, numbers == null ? sampled[i] : numbers[sampled[i]], clusters);
            }
        });
        Reach reach = reach(all);
        long compared = Arrays.stream(all)
                .mapToLong(one -> rowsWithin(one, reach.ofTen(), clusters))
                .sum();
        return new Outcome(reach, compared / queryCount);
    }

    /** @param self number of the row in the column */
    private Sampled sample(float[] query, int self, Clusters clusters) {
        float unit = Reach.unit(geometry.inner(), query);
        float[] distances = distancesOfCentroids(query, clusters);
        for (int i = 0; i < distances.length; i++) {
            distances[i] /= unit;
        }
        int[] neighbours = neighbours(self);
        float[] excesses = new float[neighbours.length];
        float nearest = new Sampled(distances, excesses).least();
        for (int i = 0; i < excesses.length; i++) {
            excesses[i] = distances[clusters.nearest()[neighbours[i]]] - nearest;
        }
        return new Sampled(distances, excesses);
    }

    private static Reach reach(Sampled[] all) {
        double[] nearest =
                Arrays.stream(all).mapToDouble(Sampled::least).sorted().toArray();
        float usual = (float) nearest[nearest.length * 9 / 10];
        return new Reach(usual, reach(all, 1), reach(all, 10), reach(all, 100), reach(all, Reach.MOST_ROWS));
    }

    /** The least that has {@value #RECALL} of the nearest rows, so many of each sampled one. */
    private static float reach(Sampled[] all, int rows) {
        int count = Arrays.stream(all)
                .mapToInt(one -> Math.min(rows, one.excesses().length))
                .sum();
        float[] excesses = new float[count];
        int at = 0;
        for (Sampled one : all) {
            int some = Math.min(rows, one.excesses().length);
            System.arraycopy(one.excesses(), 0, excesses, at, some);
            at += some;
        }
        Arrays.sort(excesses);
        return count == 0 ? 0 : excesses[(int) Math.ceil(RECALL * count) - 1];
    }

    private static long rowsWithin(Sampled sampled, float reach, Clusters clusters) {
        float bound = sampled.least() + reach;
        long within = 0;
        for (int i = 0; i < clusters.count(); i++) {
            within += sampled.centroids()[i] <= bound ? clusters.starts()[i + 1] - clusters.starts()[i] : 0;
        }
        return within;
    }

    /**
     * Whether the ten nearest by float32 are among the candidates that int8 codes give, for sampled rows among each
     * other.
     */
    boolean codesSuffice(Int8Quantizer quantizer) {
        int count = Math.min(rows.rowCount(), 2000);
        MemorySegment sample = rows.sample(count, new SplittableRandom(SEED));
        int dimension = rows.dimension();
        MemorySegment codes = Column.allocate((long) count * dimension);
        float[] row = new float[dimension];
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(sample, FLOAT_LE, 4L * i * dimension, row, 0, dimension);
            quantizer.encode(row, codes, (long) i * dimension);
        }
        int wanted = 0;
        int kept = 0;
        for (int query = 0; query < Math.min(count, 64); query++) {
            MemorySegment.copy(sample, FLOAT_LE, 4L * query * dimension, row, 0, dimension);
            RowScores exact = new RowScores(kernels, geometry.inner(), row);
            CodeScores coded = new CodeScores(kernels, quantizer, geometry.inner(), row);
            TopK nearest = new TopK(NEIGHBOURS);
            TopK candidates = new TopK(NEIGHBOURS + NEIGHBOURS / 2 + 8);
            RowBatches.forEach(null, count, (numbers, size, results) -> {
                exact.scores(sample, 0, numbers, size, results);
                offer(nearest, numbers, size, results);
                coded.scores(codes, 0, numbers, size, results);
                offer(candidates, numbers, size, results);
            });
            int[] among = Arrays.stream(candidates.sorted())
                    .mapToInt(TopK::rowOf)
                    .sorted()
                    .toArray();
            for (long entry : nearest.sorted()) {
                wanted++;
                kept += Arrays.binarySearch(among, TopK.rowOf(entry)) >= 0 ? 1 : 0;
            }
        }
        return kept >= RECALL_OF_CODES * wanted;
    }

    private void offer(TopK top, int[] numbers, int size, float[] scores) {
        for (int i = 0; i < size; i++) {
            top.offer(geometry.inner().toDistance(scores[i]), numbers[i]);
        }
    }

    private int[] sampled(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] sampled = new int[count];
        for (int i = 0; i < count; i++) {
            long first = (long) i * rows.rowCount() / count;
            sampled[i] = (int) random.nextLong(first, (i + 1L) * rows.rowCount() / count);
        }
        return sampled;
    }

    private float[] distancesOfCentroids(float[] query, Clusters clusters) {
        int[] numbers = new int[clusters.count()];
        Arrays.setAll(numbers, i -> i);
        float[] distances = new float[numbers.length];
        new RowScores(kernels, geometry.inner(), query)
                .scores(clusters.centroids(), 0, numbers, numbers.length, distances);
        for (int i = 0; i < distances.length; i++) {
            distances[i] = geometry.inner().toDistance(distances[i]);
        }
        return distances;
    }

    /** The nearest rows that are no copies, a thousand at most, the nearest first. */
    private int[] neighbours(int self) {
        RowSet others = RowSet.all(vectors.rowCount());
        others.remove(self);
        int unlike = Math.clamp(rows.rowCount() / UNLIKE, 1, Reach.MOST_ROWS);
        int wanted = unlike + Reach.MOST_ROWS;
        IndexQuery query = new IndexQuery(Indexes.queryOf(vectors, self), wanted, others, Map.of());
        Hits hits = ExactScan.search(kernels, geometry.metric(), vectors, keys, List.of(query))
                .getFirst();
        int found = hits.rows().length;
        int copies = 0;
        if (found > unlike && geometry.metric() != Metric.IP) {
            float bound = OF_COPIES * squared(hits.scores()[unlike]);
            while (copies < unlike && squared(hits.scores()[copies]) < bound) {
                copies++;
            }
        }
        return Arrays.copyOfRange(hits.rows(), copies, Math.min(found, copies + Reach.MOST_ROWS));
    }

    /** The squared distance that a score tells; inner products tell none. */
    private float squared(float score) {
        return geometry.metric() == Metric.COSINE
                ? 2 - 2 * score
                : geometry.metric().toDistance(score);
    }
}
