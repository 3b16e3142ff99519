package dev.elanus.index;

import dev.elanus.column.ByteRange;
import dev.elanus.column.RowSet;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.RowScores;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * The search of a cluster index: with the head, the clusters whose centroids are nearest; with their blocks, the
 * hits, and more clusters in further stages while there are too few.
 *
 * <p>A filter leaves fewer rows in each cluster, and the nearest allowed rows are farther away. So as many more clusters are
 * read as the root of the share that is allowed tells, and more where the filter leaves fewer rows in them than it
 * leaves elsewhere; recall then stays about the same.
 */
final class ClusterSearch implements Step.Stage {
    /** Of the allowed rows that clusters are expected to have, the share that is enough: chance takes or adds some. */
    private static final double ENOUGH = 0.75;

    private final Kernels kernels;
    private final VectorIndexSpec spec;
    private final IndexExtent extent;
    private final IndexQuery query;
    private final Geometry geometry;
    private final float[] vector;

    ClusterSearch(Kernels kernels, VectorIndexSpec spec, IndexExtent extent, IndexQuery query) {
        this.kernels = kernels;
        this.spec = spec;
        this.extent = extent;
        this.query = query;
        geometry = new Geometry(spec.metric());
        vector = geometry.query(query.vector());
    }

    @Override
    public List<ByteRange> needs() {
        return List.of(extent.head());
    }

    @Override
    public Step run(MemorySegment object) {
        ClusterHead head = ClusterHead.read(spec, extent.head(), object);
        float[] distances = new float[head.clusters()];
        int[] all = new int[distances.length];
        Arrays.setAll(all, i -> i);
        RowScores centroids = new RowScores(kernels, geometry.inner(), vector);
        centroids.scores(head.bytes(), head.centroidsOffset(), all, all.length, distances);
        for (int i = 0; i < distances.length; i++) {
            distances[i] = geometry.inner().toDistance(distances[i]);
        }
        return plan(head, new ClusterOrder(distances));
    }

    private Step plan(ClusterHead head, ClusterOrder order) {
        RowSet allowed = query.allowed();
        int matching = allowed == null ? head.rowCount() : allowed.cardinality();
        if (matching == 0) {
            return new Step.Done(Candidate.hits(List.of(), 0, geometry, head.keyType(), order.count()));
        }
        String given = query.params().get("nprobe");
        int probes = Math.min(
                given == null ? head.probes().of(query.k(), query.share()) : Integer.parseInt(given), order.count());
        double share = Math.min(1, (double) matching / head.rowCount());
        int widened = (int) Math.min(order.count(), Math.ceil(probes / Math.sqrt(share)));
        long enough = allowed == null ? 0 : (long) (share * rowsIn(head, order.range(0, widened)) * ENOUGH);
        return new ClusterProbe(
                kernels,
                query,
                geometry,
                vector,
                head,
                order,
                0,
                widened,
                new ClusterProbe.Goal(Math.min(query.k(), matching), enough),
                new ClusterProbe.Sofar(List.of(), 0));
    }

    private static long rowsIn(ClusterHead head, int[] clusters) {
        return Arrays.stream(clusters).mapToLong(head::rowsIn).sum();
    }
}
