package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.Host;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.ProductQuantizer;
import dev.elanus.vector.RowRanges;
import dev.elanus.vector.RowSource;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Builds the HNSW kinds and GPU_CAGRA (Malkov and Yashunin 2018) and DISKANN (Subramanya et al. 2019). All graphs are built over
 * int8 codes, or over bits as they are; HNSW, HNSW_SQ and GPU_CAGRA are walked over those, the others over product-quantized codes, of DISKANN a quarter of their size or less.
 * Rows that are null are left out of the graph, so that they neither slow a walk nor lead it astray. Memory taken while building is about {@code rows · (dimension + 4 · degree)} bytes.
 */
final class GraphBuilder {
    private static final int RANGE_ROWS = 1024;
    private static final int PRODUCT_SAMPLE = 16_384;
    private static final long SEED = 0x656c616e7573L;
    /** Denser than a graph of strict neighbourhoods, with 1, and reaching recall 0.99 at the default ef. */
    private static final float ALPHA = 1.2f;

    private final Kernels kernels;
    private final Host host;
    private final VectorIndexSpec spec;
    private final VectorColumn vectors;
    private final RowSource rows;
    /** The rows that are not null. */
    private final RowSource known;

    private final @Nullable RowSet present;
    private final Column keys;
    private final Progress progress;

    GraphBuilder(
            Kernels kernels, Host host, VectorIndexSpec spec, VectorColumn vectors, Column keys, Progress progress) {
        this.kernels = kernels;
        this.host = host;
        this.spec = spec;
        this.keys = keys;
        this.progress = progress;
        this.vectors = vectors;
        rows = new Geometry(spec.metric()).stored(vectors);
        present = presentOf(vectors);
        known = present == null || present.cardinality() == 0 ? rows : rows.select(present.toArray());
    }

    IndexExtent build(IndexOutput out) {
        return spec.type() == DataType.BINARY_VECTOR ? ofBits(out) : ofNumbers(out);
    }

    /** Bits are their own codes, and the exact distance between two rows costs no more than that of codes. */
    private IndexExtent ofBits(IndexOutput out) {
        RowGraph graph = GraphGrowth.grow(
                host,
                new BitPairs(spec.metric(), vectors),
                shape(),
                rows.rowCount(),
                present,
                fraction -> progress.at(0.95 * fraction));
        int bytes = spec.type().vectorBytes(spec.dimension());
        GraphWriter.Codes codes =
                new GraphWriter.Codes(GraphHead.CodeKind.BITS, bytes, MemorySegment.NULL, vectors.values());
        return write(out, graph, codes);
    }

    private IndexExtent ofNumbers(IndexOutput out) {
        Int8Quantizer quantizer = Int8Quantizer.train(host, known);
        MemorySegment codes = Column.allocate((long) rows.rowCount() * rows.dimension());
        encode(codes, rows.dimension(), (row, offset) -> quantizer.encode(row, codes, offset));
        progress.at(0.02);
        RowGraph graph = graph(quantizer, codes);
        boolean byProduct = spec.kind() == IndexKind.DISKANN
                || spec.kind() == IndexKind.HNSW_PQ
                || spec.kind() == IndexKind.HNSW_PRQ;
        if (!byProduct) {
            MemorySegment trained = Column.allocate(2L * Float.BYTES * rows.dimension());
            quantizer.write(trained, 0);
            GraphHead.CodeKind kind = quantizer.exact() ? GraphHead.CodeKind.INT8_EXACT : GraphHead.CodeKind.INT8;
            return write(out, graph, new GraphWriter.Codes(kind, rows.dimension(), trained, codes));
        }
        return write(out, graph, productCodes());
    }

    private IndexExtent write(IndexOutput out, RowGraph graph, GraphWriter.Codes codes) {
        int linked = present == null ? rows.rowCount() : present.cardinality();
        IndexExtent extent = new GraphWriter(spec, keys, linked, out)
                .write(graph, codes, codes.kind().losesNothing() ? null : rows);
        progress.at(1);
        return extent;
    }

    private static @Nullable RowSet presentOf(VectorColumn vectors) {
        return vectors.validity().hasNulls() ? RowSet.present(vectors.validity(), vectors.rowCount()) : null;
    }

    private RowGraph graph(Int8Quantizer quantizer, MemorySegment codes) {
        CodePairs pairs =
                new CodePairs(kernels, host, new Geometry(spec.metric()).inner(), quantizer, codes, rows.rowCount());
        return GraphGrowth.grow(
                host, pairs, shape(), rows.rowCount(), present, fraction -> progress.at(0.02 + 0.9 * fraction));
    }

    private GraphGrowth.Shape shape() {
        if (spec.kind() == IndexKind.DISKANN) {
            return new GraphGrowth.Shape(spec.param("max_degree", 48), 0, spec.param("search_list_size", 128), ALPHA);
        }
        int m = spec.param("M", 30);
        int width = spec.param("efConstruction", 360);
        if (spec.kind() == IndexKind.GPU_CAGRA) {
            m = Math.max(2, spec.param("graph_degree", 64) / 2);
            width = spec.param("intermediate_graph_degree", 128);
        }
        return new GraphGrowth.Shape(2 * m, m, width, ALPHA);
    }

    private GraphWriter.Codes productCodes() {
        int pieces = switch (spec.kind()) {
            case HNSW_PQ -> spec.param("m", Math.min(32, rows.dimension()));
            // What remains of a piece is not coded again; pieces are shorter instead.
            case HNSW_PRQ ->
                Math.clamp(
                        (long) spec.param("m", 2) * spec.param("nrq", 2),
                        Math.ceilDiv(rows.dimension(), 8),
                        rows.dimension());
            default -> productPieces(rows.dimension());
        };
        int bits = Math.min(Byte.SIZE, spec.param("nbits", Byte.SIZE));
        int sampled = Math.min(known.rowCount(), PRODUCT_SAMPLE);
        MemorySegment sample = known.sample(sampled, new SplittableRandom(SEED));
        ProductQuantizer quantizer = ProductQuantizer.train(
                kernels, host, sample, sampled, rows.dimension(), pieces, ProductQuantizer.OF_BYTES, bits, SEED);
        MemorySegment codes = Column.allocate((long) rows.rowCount() * pieces);
        RowRanges.forEach(host, rows.rowCount(), RANGE_ROWS, (from, end) -> {
            float[] row = new float[rows.dimension()];
            float[] scratch = new float[ProductQuantizer.OF_BYTES];
            for (int i = from; i < end; i++) {
                rows.read(i, row);
                quantizer.encode(kernels, row, codes, (long) i * pieces, scratch);
            }
        });
        progress.at(0.97);
        return new GraphWriter.Codes(GraphHead.CodeKind.PRODUCT, pieces, quantizer.centroids(), codes);
    }

    /** Four components a byte, and from 512 dimensions on fewer bytes, down to eight components each. */
    private static int productPieces(int dimension) {
        return Math.clamp(dimension / 8, Math.min(128, Math.ceilDiv(dimension, 4)), Math.max(1, dimension));
    }

    private interface Encoding {
        void encode(float[] row, long offset);
    }

    private void encode(MemorySegment codes, int codeBytes, Encoding encoding) {
        RowRanges.forEach(host, rows.rowCount(), RANGE_ROWS, (from, end) -> {
            float[] row = new float[rows.dimension()];
            for (int i = from; i < end; i++) {
                rows.read(i, row);
                encoding.encode(row, (long) i * codeBytes);
            }
        });
    }
}
