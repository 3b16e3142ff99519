package dev.elanus.bench;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** JVector's graph over float32 vectors in memory, built and searched by its own code as it is shipped. */
final class JVectorPeer implements Peer {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final VectorTypeSupport VECTORS =
            VectorizationProvider.getInstance().getVectorTypeSupport();
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    private final WarmData data;
    private final RandomAccessVectorValues values;
    private final GraphIndexBuilder builder;
    private final GraphSearcher searcher;
    private final double buildSeconds;

    /**
     * @param m half of the neighbours that a row has at the base
     */
    @SuppressWarnings("deprecation") // Its successor takes one of its settings from JMX.
    JVectorPeer(WarmData data, int m, int efConstruction) {
        this.data = data;
        List<VectorFloat<?>> rows = new ArrayList<>();
        for (int row = 0; row < data.base().rowCount(); row++) {
            rows.add(VECTORS.createFloatVector(data.base().floatsAt(row)));
        }
        values = new ListRandomAccessVectorValues(rows, data.base().dimension());
        CpuClock clock = new CpuClock();
        builder = new GraphIndexBuilder(
                values, VectorSimilarityFunction.EUCLIDEAN, 2 * m, efConstruction, OVERFLOW, ALPHA, true);
        ImmutableGraphIndex graph = builder.build(values);
        buildSeconds = clock.seconds();
        searcher = new GraphSearcher(graph);
    }

    @Override
    public String name() {
        return "JVector";
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public Curve.Point search(int parameter) {
        int kept = Math.max(WarmData.K, parameter);
        float[][] distances = new float[data.queries().length][];
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < distances.length; i++) {
            DefaultSearchScoreProvider scores = DefaultSearchScoreProvider.exact(
                    VECTORS.createFloatVector(data.queries()[i]), VectorSimilarityFunction.EUCLIDEAN, values);
            SearchResult.NodeScore[] hits =
                    searcher.search(scores, WarmData.K, kept, 0, 0, Bits.ALL).getNodes();
            distances[i] = new float[hits.length];
            for (int j = 0; j < hits.length; j++) {
                // JVector's score is 1 / (1 + squared distance).
                distances[i][j] = 1 / hits[j].score - 1;
            }
        }
        double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / distances.length;
        return new Curve.Point(parameter, data.recall(distances), micros);
    }

    @Override
    public void close() throws IOException {
        searcher.close();
        builder.close();
    }
}
