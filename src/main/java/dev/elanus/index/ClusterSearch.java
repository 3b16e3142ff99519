package dev.elanus.index;

import dev.elanus.column.ByteRange;
import dev.elanus.column.RowSet;
import dev.elanus.host.Paging;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.RowScores;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * The search of a cluster index: with the head, the clusters whose centroids are nearest; with their blocks, the
 * hits, and more clusters in further stages while there are too few.
 *
 * <p>A filter leaves fewer rows in each cluster, and the nearest allowed rows are farther away. So clusters are read as for
 * as many rows as must be looked at to find enough allowed ones or, where a number of clusters is given, more by the root of the share that is allowed;
 * and further ones where the filter leaves fewer rows in them than it leaves elsewhere. Recall then stays about the same.
 */
final class ClusterSearch implements Step.Stage {
    /** Of the allowed rows that clusters are expected to have, the share that is enough: chance takes or adds some. */
    private static final double ENOUGH = 0.75;

    /** Of all rows, the share of the nearest up to which the reach is trusted. */
    private static final double KNOWN_SHARE = 16;

    private final Kernels kernels;
    private final Paging paging;
    private final VectorIndexSpec spec;
    private final IndexExtent extent;
    private final IndexQuery query;
    private final Geometry geometry;
    private final float[] vector;

    ClusterSearch(Kernels kernels, Paging paging, VectorIndexSpec spec, IndexExtent extent, IndexQuery query) {
        this.kernels = kernels;
        this.paging = paging;
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
        if (paging.isScarce()) {
            paging.expectRandom(object.asSlice(0, extent.head().offset()));
        }
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
        int matching = allowed == null ? head.placed() : allowed.cardinality();
        if (matching == 0) {
            return new Step.Done(Candidate.hits(List.of(), 0, geometry, head.keyType(), order.count()));
        }
        double share = Math.min(1, (double) matching / head.placed());
        int widened = (int) Math.min(order.count(), Math.ceil(probes(head, order, share)));
        long enough = allowed == null ? 0 : (long) (share * rowsIn(head, order.range(0, widened)) * ENOUGH);
        return new ClusterProbe(
                kernels,
                paging,
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

    /** @param share of the rows, those that are allowed */
    private double probes(ClusterHead head, ClusterOrder order, double share) {
        Reach reach = head.reach();
        if (reach == null || query.params().containsKey("nprobe")) {
            return query.param("nprobe", head.probes()) / Math.sqrt(share);
        }
        // Of the nearest rows of all segments some segments hold more than their share, so twice of it is looked for.
        double wanted = Math.min(query.k(), 2 * query.k() * query.share());
        return clustersWith(wanted / share, reach, head.placed(), order);
    }

    /** How many clusters to read for so many of the nearest rows; beyond those for which the reach tells much, ever more up to all for half of the rows. */
    private double clustersWith(double rows, Reach reach, int rowCount, ClusterOrder order) {
        int known = order.within(reach.of(geometry.inner(), vector, order.least(), rows));
        double told = Math.clamp(rowCount / KNOWN_SHARE, 1, Reach.MOST_ROWS);
        if (rows <= told) {
            return known;
        }
        double half = Math.max(rowCount / 2.0, 2 * told);
        double share = Math.min(1, Math.log(rows / told) / Math.log(half / told));
        return known * Math.pow((double) order.count() / known, share);
    }

    private static long rowsIn(ClusterHead head, int[] clusters) {
        return Arrays.stream(clusters).mapToLong(head::rowsIn).sum();
    }
}
