package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.vector.RowSource;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes a graph index, as {@link GraphHead} has it. */
final class GraphWriter {
    private final VectorIndexSpec spec;
    private final Column keys;
    private final int linked;
    private final Writer out;

    /** What is compared in a walk. */
    record Codes(GraphHead.CodeKind kind, int bytes, MemorySegment quantizer, MemorySegment codes) {}

    /** @param linked rows that the graph links */
    GraphWriter(VectorIndexSpec spec, Column keys, int linked, IndexOutput out) {
        this.spec = spec;
        this.keys = keys;
        this.linked = linked;
        this.out = new Writer(out);
    }

    /** @param vectors what candidates are compared by again, null where codes lose nothing */
    IndexExtent write(RowGraph graph, Codes codes, @Nullable RowSource vectors) {
        if (vectors != null) {
            float[] row = new float[vectors.dimension()];
            for (int i = 0; i < vectors.rowCount(); i++) {
                vectors.read(i, row);
                out.put(row);
            }
        }
        out.align(GraphHead.ALIGNMENT);
        long headOffset = out.position();
        writeHeader(graph, codes);
        out.put(codes.quantizer());
        writeUpperLevels(graph);
        out.align(GraphHead.ALIGNMENT);
        out.put(graph.base().neighbours());
        out.align(GraphHead.ALIGNMENT);
        out.put(codes.codes());
        out.align(GraphHead.ALIGNMENT);
        int[] all = IntStream.range(0, keys.rowCount()).toArray();
        KeyBytes.write(keys, all, 0, all.length, out);
        out.flush();
        return new IndexExtent(headOffset, out.position());
    }

    private void writeHeader(RowGraph graph, Codes codes) {
        int upperDegree = graph.levels().getLast().degree();
        List<GraphLevel> upper = graph.levels().subList(1, graph.levels().size());
        out.putInt(GraphHead.MAGIC);
        out.putInt(GraphHead.VERSION);
        out.putInt(Heads.number(spec.metric()));
        out.putInt(spec.dimension());
        out.putInt(keys.rowCount());
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
        out.putInt(linked);
        out.putInt(0);
    }

    private static long aligned(long offset) {
        return Math.ceilDiv(offset, GraphHead.ALIGNMENT) * GraphHead.ALIGNMENT;
    }

    private void writeUpperLevels(RowGraph graph) {
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
