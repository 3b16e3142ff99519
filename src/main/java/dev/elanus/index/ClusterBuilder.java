package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.Host;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.KMeans;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.ProductQuantizer;
import dev.elanus.vector.RowSource;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Builds the indexes whose rows lie in clusters (Sivic and Zisserman 2003; Jégou, Douze, Schmid 2011). Memory taken while
 * building is a sample of 64 MB at most, the centroids, and 12 bytes a row. Rows that are null belong to no cluster.
 */
final class ClusterBuilder {
    private static final long SEED = 0x656c616e7573L;
    private static final int ITERATIONS = 10;
    private static final int ROWS_PER_CENTROID = 64;
    private static final long SAMPLE_BYTES = 64 << 20;
    /** Milvus's own rule: with fewer rows a cluster there are fewer clusters. */
    private static final int LEAST_ROWS_PER_CENTROID = 39;

    private static final int DEFAULT_PROBES = 8;
    private static final int PRODUCT_SAMPLE = 16_384;
    /** Of a piece's code (Guo et al. 2020, "Accelerating Large-Scale Inference with Anisotropic Vector Quantization"). */
    private static final int SCANN_BITS = 4;

    private static final int LEAST_FOR_SKETCHES = 1024;
    /** Components of a piece of a sketch. */
    private static final int SKETCHED_COMPONENTS = 2;

    private final Kernels kernels;
    private final Host host;
    private final VectorIndexSpec spec;
    private final VectorColumn vectors;
    private final RowSource rows;
    private final @Nullable RowSet present;
    /** What there is to learn from: the rows that are there or, if all are null, zeros. */
    private final RowSource known;

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
        present = vectors.validity().hasNulls() ? RowSet.present(vectors.validity(), vectors.rowCount()) : null;
        known = present == null || present.cardinality() == 0 ? rows : rows.select(present.toArray());
    }

    IndexExtent build(IndexOutput out) {
        Clusters clusters = cluster(clusterCount());
        boolean allNull = present != null && present.cardinality() == 0;
        ClusterProbing probing = new ClusterProbing(
                kernels, host, new Geometry(spec.metric()), vectors, keys, known, allNull ? null : present);
        boolean probed = spec.kind() == IndexKind.AUTOINDEX;
        ClusterProbing.Outcome outcome = probed ? probing.probe(clusters) : ClusterProbing.Outcome.NONE;
        RowCodes codes = codes(probing, outcome.compared());
        progress.at(0.9);
        return new ClusterWriter(spec, rows, keys, clusters, codes, out)
                .write(probed ? 0 : DEFAULT_PROBES, outcome.reach(), progress);
    }

    /** @param compared rows that a search for ten compares */
    private RowCodes codes(ClusterProbing probing, long compared) {
        return switch (spec.kind()) {
            case BIN_IVF_FLAT -> new RowCodes.Bits(vectors);
            case IVF_PQ -> product(spec.param("m", 1), bits(), spec.flag("refine"));
            case GPU_IVF_PQ -> product(gpuPieces(), bits(), true);
            case SCANN -> halfBytes(rows.dimension() / spec.param("sub_dim", 2), keepsVectors());
            default ->
                vectors.type() == DataType.BINARY_VECTOR
                        ? new RowCodes.Bits(vectors)
                        : sketched(int8(probing), compared);
        };
    }

    /** Codes are bytes, so more than eight bits a piece are eight. */
    private int bits() {
        return Math.min(Byte.SIZE, spec.param("nbits", Byte.SIZE));
    }

    private int gpuPieces() {
        int pieces = spec.param("m", 0);
        return pieces == 0 ? Math.ceilDiv(rows.dimension(), 4) : pieces;
    }

    private boolean keepsVectors() {
        return !spec.params().containsKey("with_raw_data") || spec.flag("with_raw_data");
    }

    private RowCodes product(int pieces, int bits, boolean withVectors) {
        return new RowCodes.Product(kernels, quantizer(pieces, ProductQuantizer.OF_BYTES, bits), withVectors);
    }

    /** The same codes behind sketches, of AUTOINDEX, if so many rows are compared that sketches spare more than they take. */
    private RowCodes sketched(RowCodes codes, long compared) {
        return spec.kind() == IndexKind.AUTOINDEX
                        && codes instanceof RowCodes.Int8 int8
                        && compared >= LEAST_FOR_SKETCHES
                ? new RowCodes.Sketched(halfBytes(Math.ceilDiv(rows.dimension(), SKETCHED_COMPONENTS), false), int8)
                : codes;
    }

    private RowCodes.HalfBytes halfBytes(int pieces, boolean withVectors) {
        return new RowCodes.HalfBytes(
                kernels, quantizer(pieces, ProductQuantizer.OF_HALF_BYTES, SCANN_BITS), withVectors);
    }

    private ProductQuantizer quantizer(int pieces, int columns, int bits) {
        int sampled = Math.min(known.rowCount(), PRODUCT_SAMPLE);
        MemorySegment sample = known.sample(sampled, new SplittableRandom(SEED));
        return ProductQuantizer.train(kernels, host, sample, sampled, rows.dimension(), pieces, columns, bits, SEED);
    }

    private RowCodes int8(ClusterProbing probing) {
        Int8Quantizer quantizer = Int8Quantizer.train(host, known);
        if (quantizer.exact()) {
            return new RowCodes.Int8(ClusterHead.CodeKind.INT8_EXACT, quantizer);
        }
        return switch (spec.kind()) {
            case IVF_SQ8, IVF_RABITQ -> new RowCodes.Int8(ClusterHead.CodeKind.INT8_AND_FLOAT32, quantizer);
            case AUTOINDEX ->
                probing.codesSuffice(quantizer)
                        ? new RowCodes.Int8(ClusterHead.CodeKind.INT8_REFINED, quantizer)
                        : new RowCodes.None();
            default -> new RowCodes.None();
        };
    }

    private int clusterCount() {
        int wanted = spec.kind() == IndexKind.AUTOINDEX
                ? (int) Math.round(0.75 * Math.sqrt(known.rowCount()))
                : spec.param("nlist", 128);
        return Math.clamp(known.rowCount() / LEAST_ROWS_PER_CENTROID, 1, wanted);
    }

    private Clusters cluster(int count) {
        int dimension = rows.dimension();
        long fitting = Math.max(count, SAMPLE_BYTES / ((long) dimension * Float.BYTES));
        int sampled = (int) Math.min(known.rowCount(), Math.min(fitting, (long) count * ROWS_PER_CENTROID));
        SplittableRandom random = new SplittableRandom(SEED);
        KMeans means = new KMeans(kernels, host, dimension, count);
        MemorySegment centroids = means.train(
                known.sample(sampled, random), sampled, ITERATIONS, random, fraction -> progress.at(0.6 * fraction));
        MemorySegment ordered = chained(centroids, count);
        int[] nearest = means.assign(known, ordered);
        progress.at(0.8);
        return Clusters.of(ordered, count, present == null ? nearest : ofAll(nearest, present));
    }

    /** The clusters of all rows, from those of the rows that are present. */
    private static int[] ofAll(int[] nearest, RowSet present) {
        int[] all = new int[present.rowCount()];
        Arrays.fill(all, -1);
        int[] numbers = present.toArray();
        for (int i = 0; i < numbers.length; i++) {
            all[numbers[i]] = nearest[i];
        }
        return all;
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
