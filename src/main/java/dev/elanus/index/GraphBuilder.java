package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.Host;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.ProductQuantizer;
import dev.elanus.vector.RowRanges;
import dev.elanus.vector.RowSource;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Builds the HNSW kinds and GPU_CAGRA (Malkov and Yashunin 2018) and DISKANN (Subramanya et al. 2019). All graphs are built over
 * int8 codes; HNSW, HNSW_SQ and GPU_CAGRA are walked over those, the others over product-quantized codes, of DISKANN a quarter of their size or less.
 * Memory taken while building is about {@code rows · (dimension + 4 · degree)} bytes.
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
    private final RowSource rows;
    private final Column keys;
    private final Progress progress;

    GraphBuilder(
            Kernels kernels, Host host, VectorIndexSpec spec, VectorColumn vectors, Column keys, Progress progress) {
        this.kernels = kernels;
        this.host = host;
        this.spec = spec;
        this.keys = keys;
        this.progress = progress;
        rows = new Geometry(spec.metric()).stored(vectors);
    }

    IndexExtent build(IndexOutput out) {
        Int8Quantizer quantizer = Int8Quantizer.train(host, rows);
        MemorySegment codes = Column.allocate((long) rows.rowCount() * rows.dimension());
        encode(codes, rows.dimension(), (row, offset) -> quantizer.encode(row, codes, offset));
        progress.at(0.02);
        RowGraph graph = graph(quantizer, codes);
        Writer writer = new Writer(out);
        boolean byProduct = spec.kind() == IndexKind.DISKANN
                || spec.kind() == IndexKind.HNSW_PQ
                || spec.kind() == IndexKind.HNSW_PRQ;
        if (!byProduct) {
            MemorySegment trained = Column.allocate(2L * Float.BYTES * rows.dimension());
            quantizer.write(trained, 0);
            GraphHead.CodeKind kind = quantizer.exact() ? GraphHead.CodeKind.INT8_EXACT : GraphHead.CodeKind.INT8;
            return write(writer, graph, new Codes(kind, rows.dimension(), trained, codes));
        }
        return write(writer, graph, productCodes());
    }

    private RowGraph graph(Int8Quantizer quantizer, MemorySegment codes) {
        CodePairs pairs =
                new CodePairs(kernels, host, new Geometry(spec.metric()).inner(), quantizer, codes, rows.rowCount());
        return GraphGrowth.grow(host, pairs, shape(), rows.rowCount(), fraction -> progress.at(0.02 + 0.9 * fraction));
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

    private Codes productCodes() {
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
        int sampled = Math.min(rows.rowCount(), PRODUCT_SAMPLE);
        MemorySegment sample = rows.sample(sampled, new SplittableRandom(SEED));
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
        return new Codes(GraphHead.CodeKind.PRODUCT, pieces, quantizer.centroids(), codes);
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

    /** What is compared in a walk. */
    private record Codes(GraphHead.CodeKind kind, int bytes, MemorySegment quantizer, MemorySegment codes) {}

    private IndexExtent write(Writer out, RowGraph graph, Codes codes) {
        if (codes.kind() != GraphHead.CodeKind.INT8_EXACT) {
            float[] row = new float[rows.dimension()];
            for (int i = 0; i < rows.rowCount(); i++) {
                rows.read(i, row);
                out.put(row);
            }
        }
        out.align(GraphHead.ALIGNMENT);
        long headOffset = out.position();
        writeHeader(out, graph, codes);
        out.put(codes.quantizer());
        writeUpperLevels(out, graph);
        out.align(GraphHead.ALIGNMENT);
        out.put(graph.base().neighbours());
        out.align(GraphHead.ALIGNMENT);
        out.put(codes.codes());
        out.align(GraphHead.ALIGNMENT);
        int[] all = IntStream.range(0, rows.rowCount()).toArray();
        KeyBytes.write(keys, all, 0, all.length, out);
        out.flush();
        progress.at(1);
        return new IndexExtent(headOffset, out.position());
    }

    private void writeHeader(Writer out, RowGraph graph, Codes codes) {
        int upperDegree = graph.levels().getLast().degree();
        List<GraphLevel> upper = graph.levels().subList(1, graph.levels().size());
        out.putInt(GraphHead.MAGIC);
        out.putInt(GraphHead.VERSION);
        out.putInt(Heads.number(spec.metric()));
        out.putInt(rows.dimension());
        out.putInt(rows.rowCount());
        out.putInt(graph.base().degree());
        out.putInt(upperDegree);
        out.putInt(upper.size());
        out.putInt(graph.entry());
        out.putInt(codes.kind().ordinal() + 1);
        out.putInt(codes.bytes());
        out.putInt(Heads.number(keys.type()));
        long upperBytes = 0;
        for (GraphLevel level : upper) {
            upperBytes += Integer.BYTES * (1 + level.count() * (2L + upperDegree));
        }
        long quantizer = GraphHead.HEADER_BYTES;
        long upperAt = quantizer + codes.quantizer().byteSize();
        long neighbours = aligned(upperAt + upperBytes);
        long codesAt = aligned(neighbours + graph.base().neighbours().byteSize());
        out.putLong(quantizer);
        out.putLong(upperAt);
        out.putLong(neighbours);
        out.putLong(codesAt);
        out.putLong(aligned(codesAt + codes.codes().byteSize()));
    }

    private static long aligned(long offset) {
        return Math.ceilDiv(offset, GraphHead.ALIGNMENT) * GraphHead.ALIGNMENT;
    }

    private static void writeUpperLevels(Writer out, RowGraph graph) {
        for (GraphLevel level : graph.levels()) {
            if (!level.isBase()) {
                out.putInt(level.count());
                out.put(level.rows());
                out.put(level.below());
                out.put(level.neighbours());
            }
        }
    }
}
