package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.Host;
import dev.elanus.vector.CodeScores;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.RowRanges;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.RowSource;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * What AUTOINDEX finds out about the rows at hand: how many clusters a search must read, and whether int8 codes tell
 * near rows apart.
 */
final class ClusterProbing {
    private static final long SEED = 0x70726f6265L;
    private static final int NEIGHBOURS = 10;
    private static final int MOST_QUERIES = 128;
    private static final int LEAST_QUERIES = 32;
    /** Rows that are compared with queries in all, as far as the number of queries allows. */
    private static final int COMPARISONS = 20_000_000;
    /** Above the recall of 0.95 that is promised, since queries lie farther from rows than rows do. */
    private static final double RECALL = 0.97;

    private static final double RECALL_OF_CODES = 0.99;

    private final Kernels kernels;
    private final Host host;
    private final Geometry geometry;
    private final VectorColumn vectors;
    private final Column keys;
    private final RowSource rows;

    ClusterProbing(Kernels kernels, Host host, Geometry geometry, VectorColumn vectors, Column keys) {
        this.kernels = kernels;
        this.host = host;
        this.geometry = geometry;
        this.vectors = vectors;
        this.keys = keys;
        rows = geometry.stored(vectors);
    }

    /**
     * The numbers of clusters to read so that {@value #RECALL} of the nearest row, or of the ten nearest rows, of sampled rows, themselves
     * left out, are in them. The sampled rows' neighbours are found exactly.
     */
    ClusterHead.Probes probesFor(Clusters clusters) {
        int queryCount = Math.clamp(COMPARISONS / rows.rowCount(), LEAST_QUERIES, MOST_QUERIES);
        int[] queries = sampled(Math.min(queryCount, rows.rowCount()));
        AtomicIntegerArray ranksOfNearest = new AtomicIntegerArray(clusters.count());
        AtomicIntegerArray ranks = new AtomicIntegerArray(clusters.count());
        RowRanges.forEach(host, queries.length, 8, (from, end) -> {
            for (int i = from; i < end; i++) {
                float[] query = new float[rows.dimension()];
                rows.read(queries[i], query);
                int[] rank = rankOfClusters(query, clusters);
                int[] neighbours = neighbours(queries[i]);
                for (int j = 0; j < neighbours.length; j++) {
                    int reachedAt = rank[clusters.nearest()[neighbours[j]]];
                    ranks.incrementAndGet(reachedAt);
                    if (j == 0) {
                        ranksOfNearest.incrementAndGet(reachedAt);
                    }
                }
            }
        });
        int forTen = probesThatReach(ranks);
        return new ClusterHead.Probes(Math.min(probesThatReach(ranksOfNearest), forTen), forTen);
    }

    private static int probesThatReach(AtomicIntegerArray ranks) {
        int all = IntStream.range(0, ranks.length()).map(ranks::get).sum();
        int reached = 0;
        for (int probes = 1; probes <= ranks.length(); probes++) {
            reached += ranks.get(probes - 1);
            if (reached >= RECALL * all) {
                return probes;
            }
        }
        return ranks.length();
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

    /** The place of each cluster in the order in which a search reads them. */
    private int[] rankOfClusters(float[] query, Clusters clusters) {
        int[] numbers = new int[clusters.count()];
        Arrays.setAll(numbers, i -> i);
        float[] scores = new float[numbers.length];
        new RowScores(kernels, geometry.inner(), query)
                .scores(clusters.centroids(), 0, numbers, numbers.length, scores);
        long[] order = new long[numbers.length];
        Arrays.setAll(order, i -> TopK.pack(geometry.inner().toDistance(scores[i]), i));
        Arrays.sort(order);
        int[] rank = new int[numbers.length];
        for (int i = 0; i < rank.length; i++) {
            rank[TopK.rowOf(order[i])] = i;
        }
        return rank;
    }

    private int[] neighbours(int self) {
        RowSet others = RowSet.all(vectors.rowCount());
        others.remove(self);
        IndexQuery query = new IndexQuery(Indexes.queryOf(vectors, self), NEIGHBOURS, others, Map.of());
        return ExactScan.search(kernels, geometry.metric(), vectors, keys, List.of(query))
                .getFirst()
                .rows();
    }
}
