package dev.elanus.index;

import dev.elanus.host.Host;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.RowRanges;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.NodesIterator;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Builds a graph with JVector's builder over rows of int8 codes, which take a quarter of the memory traffic of
 * float32. JVector is handed our own scores, so none of its vector code runs.
 *
 * <p>Under IP a graph of nearest neighbours by inner product falls apart, because a short row is nobody's neighbour.
 * So rows are lifted to one length by one component more, {@code √(longest² − length²)}, after which the nearest by
 * L2 are the nearest by inner product to any query, whose own added component is zero (Bachrach et al. 2014).
 */
final class CodeGraphBuilder {
    private static final int RANGE_ROWS = 256;
    private static final float OVERFLOW = 1.2f;
    /** Keeps the similarity of equal rows finite. */
    private static final float NEAREST = 1e-30f;

    private final Kernels kernels;
    private final Host host;
    private final Int8Quantizer quantizer;
    private final MemorySegment codes;
    private final int rowCount;
    private final int dimension;
    /** The added component of each row under IP, else null. */
    private final float @Nullable [] lift;

    CodeGraphBuilder(
            Kernels kernels, Host host, Metric inner, Int8Quantizer quantizer, MemorySegment codes, int rowCount) {
        this.kernels = kernels;
        this.host = host;
        this.quantizer = quantizer;
        this.codes = codes;
        this.rowCount = rowCount;
        dimension = quantizer.base().length;
        lift = inner == Metric.IP ? lift() : null;
    }

    /**
     * @param degrees the most neighbours a row may have: at the base, and on all levels above
     * @param width candidates that an insertion keeps, efConstruction
     * @param hierarchy whether there are levels above the base
     * @param alpha how much farther than a nearer neighbour's neighbour a row may be and still become a neighbour, at
     *     least 1 (Subramanya et al. 2019)
     */
    RowGraph build(List<Integer> degrees, int width, boolean hierarchy, float alpha, Progress progress) {
        AtomicInteger done = new AtomicInteger();
        ForkJoinPool pool = new ForkJoinPool(host.computeWidth());
        try (GraphIndexBuilder builder = builder(degrees, width, hierarchy, alpha, pool)) {
            RowRanges.forEach(host, rowCount, RANGE_ROWS, (from, end) -> {
                for (int row = from; row < end; row++) {
                    builder.addGraphNode(row, scoresFor(row));
                }
                progress.at(0.95 * done.addAndGet(end - from) / rowCount);
            });
            builder.cleanup();
            return copy(builder.getGraph());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            pool.shutdownNow();
        }
    }

    /** JVector's newer way to make a builder takes its threads from static pools and one of its settings from JMX. */
    @SuppressWarnings("deprecation")
    private GraphIndexBuilder builder(
            List<Integer> degrees, int width, boolean hierarchy, float alpha, ForkJoinPool pool) {
        return new GraphIndexBuilder(
                new Scores(), dimension, degrees, width, OVERFLOW, alpha, hierarchy, false, pool, pool);
    }

    private static RowGraph copy(ImmutableGraphIndex graph) throws IOException {
        List<RowGraph.Level> levels = new ArrayList<>();
        try (ImmutableGraphIndex.View view = graph.getView()) {
            for (int level = 0; level <= graph.getMaxLevel(); level++) {
                int[] rows = new int[graph.size(level)];
                NodesIterator nodes = graph.getNodes(level);
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = nodes.nextInt();
                }
                Arrays.sort(rows);
                int degree = graph.getDegree(level);
                int[] neighbours = new int[rows.length * degree];
                Arrays.fill(neighbours, -1);
                for (int i = 0; i < rows.length; i++) {
                    NodesIterator ofRow = view.getNeighborsIterator(level, rows[i]);
                    for (int at = i * degree; at < (i + 1) * degree && ofRow.hasNext(); at++) {
                        neighbours[at] = ofRow.nextInt();
                    }
                }
                levels.add(new RowGraph.Level(rows, degree, neighbours));
            }
            return new RowGraph(levels, view.entryNode().node);
        }
    }

    private float[] lift() {
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

    private SearchScoreProvider scoresFor(int row) {
        return new DefaultSearchScoreProvider(similarityTo(row));
    }

    private ScoreFunction.ExactScoreFunction similarityTo(int row) {
        float[] shifts = new float[dimension];
        quantizer.decode(codes, (long) row * dimension, shifts);
        for (int i = 0; i < dimension; i++) {
            shifts[i] = quantizer.base()[i] - shifts[i];
        }
        float[] steps = quantizer.steps();
        if (lift == null) {
            return other -> 1 / (NEAREST + kernels.codeSquaredDistance(shifts, steps, codes, (long) other * dimension));
        }
        float[] lifts = lift;
        return other -> {
            float apart = lifts[row] - lifts[other];
            float flat = kernels.codeSquaredDistance(shifts, steps, codes, (long) other * dimension);
            return 1 / (NEAREST + flat + apart * apart);
        };
    }

    /** What JVector asks while it builds: similarities between rows, larger for nearer, always by row number. */
    private final class Scores implements BuildScoreProvider {
        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public VectorFloat<?> approximateCentroid() {
            throw new IllegalStateException("rows are known by number only");
        }

        @Override
        public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
            throw new IllegalStateException("rows are known by number only");
        }

        @Override
        public SearchScoreProvider searchProviderFor(int row) {
            return scoresFor(row);
        }

        @Override
        public SearchScoreProvider diversityProviderFor(int row) {
            return scoresFor(row);
        }
    }
}
