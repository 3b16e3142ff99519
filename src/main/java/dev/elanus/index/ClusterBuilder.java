package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;

import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.Host;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.KMeans;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.RowSource;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Builds IVF_FLAT, IVF_SQ8 and AUTOINDEX (Sivic and Zisserman 2003; Jégou, Douze, Schmid 2011). Memory taken while
 * building is a sample of 64 MB at most, the centroids, and 12 bytes a row.
 */
final class ClusterBuilder {
    private static final long SEED = 0x656c616e7573L;
    private static final int ITERATIONS = 10;
    private static final int ROWS_PER_CENTROID = 64;
    private static final long SAMPLE_BYTES = 64 << 20;
    /** Milvus's own rule: with fewer rows a cluster there are fewer clusters. */
    private static final int LEAST_ROWS_PER_CENTROID = 39;

    private static final int DEFAULT_PROBES = 8;

    private final Kernels kernels;
    private final Host host;
    private final VectorIndexSpec spec;
    private final VectorColumn vectors;
    private final RowSource rows;
    private final Column keys;
    private final Progress progress;

    ClusterBuilder(
            Kernels kernels, Host host, VectorIndexSpec spec, VectorColumn vectors, Column keys, Progress progress) {
        this.kernels = kernels;
        this.host = host;
        this.spec = spec;
        this.vectors = vectors;
        this.keys = keys;
        this.progress = progress;
        rows = new Geometry(spec.metric()).stored(vectors);
    }

    IndexExtent build(IndexOutput out) {
        Clusters clusters = cluster(clusterCount());
        ClusterHead.Probes probes = new ClusterHead.Probes(DEFAULT_PROBES, DEFAULT_PROBES);
        ClusterProbing probing = new ClusterProbing(kernels, host, new Geometry(spec.metric()), vectors, keys);
        Int8Quantizer quantizer = Int8Quantizer.train(host, rows);
        ClusterHead.CodeKind kind = ClusterHead.CodeKind.FLOAT32;
        if (quantizer.exact()) {
            kind = ClusterHead.CodeKind.INT8_EXACT;
        } else if (spec.kind() == IndexKind.IVF_SQ8) {
            kind = ClusterHead.CodeKind.INT8_AND_FLOAT32;
        }
        if (spec.kind() == IndexKind.AUTOINDEX) {
            probes = probing.probesFor(clusters);
            if (!quantizer.exact() && probing.codesSuffice(quantizer)) {
                kind = ClusterHead.CodeKind.INT8_REFINED;
            }
        }
        progress.at(0.9);
        return new ClusterWriter(spec, rows, keys, clusters, kind, quantizer, out).write(probes, progress);
    }

    private int clusterCount() {
        int wanted = spec.kind() == IndexKind.AUTOINDEX
                ? (int) Math.round(0.75 * Math.sqrt(rows.rowCount()))
                : spec.param("nlist", 128);
        return Math.clamp(rows.rowCount() / LEAST_ROWS_PER_CENTROID, 1, wanted);
    }

    private Clusters cluster(int count) {
        int dimension = rows.dimension();
        long fitting = Math.max(count, SAMPLE_BYTES / ((long) dimension * Float.BYTES));
        int sampled = (int) Math.min(rows.rowCount(), Math.min(fitting, (long) count * ROWS_PER_CENTROID));
        SplittableRandom random = new SplittableRandom(SEED);
        KMeans means = new KMeans(kernels, host, dimension, count);
        MemorySegment centroids = means.train(
                rows.sample(sampled, random), sampled, ITERATIONS, random, fraction -> progress.at(0.6 * fraction));
        MemorySegment ordered = chained(centroids, count);
        int[] nearest = means.assign(rows, ordered);
        progress.at(0.8);
        return Clusters.of(ordered, count, nearest);
    }

    /**
     * The centroids in an order in which each is followed by the nearest of those left, so that near clusters are
     * read together.
     */
    private MemorySegment chained(MemorySegment centroids, int count) {
        int dimension = rows.dimension();
        long rowBytes = (long) dimension * Float.BYTES;
        MemorySegment ordered = Column.allocate(centroids.byteSize());
        int[] left = new int[count];
        for (int i = 0; i < count; i++) {
            left[i] = i;
        }
        float[] distances = new float[count];
        float[] current = new float[dimension];
        int next = 0;
        for (int placed = 0; placed < count; placed++) {
            int centroid = left[next];
            left[next] = left[count - placed - 1];
            MemorySegment.copy(centroids, centroid * rowBytes, ordered, placed * rowBytes, rowBytes);
            MemorySegment.copy(centroids, FLOAT_LE, centroid * rowBytes, current, 0, dimension);
            kernels.squaredDistances(current, centroids, 0, left, count - placed - 1, distances);
            next = 0;
            for (int i = 1; i < count - placed - 1; i++) {
                if (distances[i] < distances[next]) {
                    next = i;
                }
            }
        }
        return ordered;
    }
}
