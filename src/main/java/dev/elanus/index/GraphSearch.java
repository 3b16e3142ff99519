package dev.elanus.index;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.host.Paging;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * The search of a graph index: with the head, candidates by codes; with the candidates' float32 vectors, the hits. An
 * index whose codes lose nothing needs the head alone.
 *
 * <p>With a filter that leaves few rows, their codes are all compared. One that leaves less than half is answered by a walk over allowed rows alone. Else a walk
 * keeps as many more rows as the filter turns away, and those allowed among them are the candidates.
 */
final class GraphSearch implements Step.Stage {
    /** Rows that a walk compares for each that it keeps: 20 to 35 were measured on SIFT and Fashion-MNIST. */
    private static final int COMPARED_PER_KEPT = 24;
    /** Rows kept that are moved in about the time in which two vectors are compared. */
    private static final double MOVED_PER_COMPARED = 600;
    /** Allowed rows whose codes are compared in the time in which a walk over them comes to keep one more. */
    private static final int SCANNED_PER_KEPT = 200;
    /** Of all rows, the share up to which walks stay among the allowed ones. */
    private static final double FEW = 0.4;
    /** Below this width a walk is quick enough whatever the number of rows. */
    private static final int WIDE = 2048;
    /**
     * Product-quantized codes are coarse: as many candidates as this at least are kept, and compared by their
     * vectors.
     */
    private static final int LEAST_OF_PRODUCT = 40;

    private final Kernels kernels;
    private final Paging paging;
    private final VisitedRows.Pool visited;
    private final VectorIndexSpec spec;
    private final IndexExtent extent;
    private final IndexQuery query;
    private final Geometry geometry;
    /** The query as numbers; none of bits. */
    private final float[] vector;

    GraphSearch(
            Kernels kernels,
            Paging paging,
            VisitedRows.Pool visited,
            VectorIndexSpec spec,
            IndexExtent extent,
            IndexQuery query) {
        this.kernels = kernels;
        this.paging = paging;
        this.visited = visited;
        this.spec = spec;
        this.extent = extent;
        this.query = query;
        geometry = new Geometry(spec.metric());
        vector = query.vector() instanceof QueryVector.Bits ? new float[0] : geometry.query(query.vector());
    }

    @Override
    public List<ByteRange> needs() {
        return List.of(extent.head());
    }

    @Override
    public Step run(MemorySegment object) {
        if (paging.isScarce()) {
            paging.expectRandom(object.asSlice(0, extent.head().end()));
        }
        GraphHead head = GraphHead.read(spec, extent.head(), object);
        RowDistances distances = query.vector() instanceof QueryVector.Bits bits
                ? RowDistances.of(head, geometry.metric(), bits)
                : RowDistances.of(kernels, head, geometry.inner(), vector);
        VisitedRows seen = visited.take(head.graph().base().count());
        try {
            return walk(head, new GraphWalk(head.graph(), seen).toward(distances));
        } finally {
            visited.giveBack(seen);
        }
    }

    private Step walk(GraphHead head, GraphWalk walk) {
        long[] candidates = candidates(head, walk);
        if (!head.hasVectors()) {
            return new Step.Done(hits(candidates, head.keys(), walk.rowsScanned()));
        }
        int kept = Math.min(candidates.length, rerankedOf(head));
        return new Rerank(Arrays.copyOf(candidates, kept), head, walk.rowsScanned());
    }

    /** Candidates whose vectors are compared: int8 codes hardly ever misplace a row by more than a few places. */
    private int rerankedOf(GraphHead head) {
        return head.codeKind() == GraphHead.CodeKind.PRODUCT ? width(head) : query.k() + query.k() / 2 + 8;
    }

    private int width(GraphHead head) {
        String given = query.params().get(spec.kind() == IndexKind.DISKANN ? "search_list" : "ef");
        int width = Math.max(query.k(), given == null ? 16 : Integer.parseInt(given));
        return head.codeKind() == GraphHead.CodeKind.PRODUCT ? Math.max(width, LEAST_OF_PRODUCT) : width;
    }

    private long[] candidates(GraphHead head, GraphWalk walk) {
        RowSet allowed = query.allowed();
        int width = width(head);
        if (allowed == null) {
            if (width > WIDE && isScanQuicker(width, head.rowCount())) {
                return walk.nearestOf(null, width);
            }
            long[] nearest = walk.nearest(width);
            // Rows that no walk reaches are found all the same when they are needed.
            return nearest.length >= Math.min(query.k(), head.rowCount()) ? nearest : walk.nearestOf(null, width);
        }
        int count = allowed.cardinality();
        double turnedAway = (double) head.linked() / Math.max(count, 1);
        int enough = Math.min(count, Math.max(query.k(), width - width / 4));
        if (count <= width * SCANNED_PER_KEPT) {
            return walk.nearestOf(allowed, width);
        }
        if (count < FEW * head.linked()) {
            long[] nearest = keep(walk.nearestAllowed(allowed, width + width / 8), allowed);
            if (nearest.length >= enough) {
                return nearest;
            }
        }
        for (double widened = width * turnedAway * 1.1 + 4; !isScanQuicker(widened, count); widened *= 2) {
            long[] nearest = keep(walk.nearest((int) widened), allowed);
            if (nearest.length >= enough) {
                return nearest;
            }
        }
        return walk.nearestOf(allowed, width);
    }

    /**
     * Whether comparing {@code count} rows ends sooner than a walk that keeps {@code width}, in which each row kept
     * moves others.
     */
    private static boolean isScanQuicker(double width, int count) {
        return width * COMPARED_PER_KEPT * (1 + width / MOVED_PER_COMPARED) >= count;
    }

    private static long[] keep(long[] nearest, RowSet allowed) {
        int kept = 0;
        for (long entry : nearest) {
            if (allowed.contains(TopK.rowOf(entry))) {
                nearest[kept++] = entry;
            }
        }
        return Arrays.copyOf(nearest, kept);
    }

    /** The first k of what is sorted. */
    private Hits hits(long[] nearest, Column keys, long rowsScanned) {
        int count = Math.min(query.k(), nearest.length);
        int[] rows = new int[count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            rows[i] = TopK.rowOf(nearest[i]);
            scores[i] = geometry.score(TopK.distanceOf(nearest[i]));
        }
        return new Hits(rows, scores, keys.select(rows), rowsScanned);
    }

    /** Compares candidates by their float32 vectors. */
    private final class Rerank implements Step.Stage {
        private final int[] rows;
        private final Column keys;
        private final long rowsScanned;
        private final long vectorBytes;

        Rerank(long[] candidates, GraphHead head, long rowsScanned) {
            rows = Arrays.stream(candidates).mapToInt(TopK::rowOf).sorted().toArray();
            keys = head.keys().select(rows);
            vectorBytes = (long) head.dimension() * Float.BYTES;
            this.rowsScanned = rowsScanned;
        }

        @Override
        public List<ByteRange> needs() {
            return Arrays.stream(rows)
                    .mapToObj(row -> new ByteRange(row * vectorBytes, vectorBytes))
                    .toList();
        }

        @Override
        public Step run(MemorySegment object) {
            if (paging.isScarce()) {
                needs().forEach(range -> paging.fetch(object.asSlice(range.offset(), range.length())));
            }
            float[] scores = new float[rows.length];
            new RowScores(kernels, geometry.inner(), vector).scores(object, 0, rows, rows.length, scores);
            TopK top = new TopK(query.k());
            for (int i = 0; i < rows.length; i++) {
                // Candidates stand in the order of their rows, so their places break ties as rows would.
                top.offer(geometry.inner().toDistance(scores[i]), i);
            }
            long[] nearest = top.sorted();
            int[] places = Arrays.stream(nearest).mapToInt(TopK::rowOf).toArray();
            int[] hitRows = new int[nearest.length];
            float[] hitScores = new float[nearest.length];
            for (int i = 0; i < nearest.length; i++) {
                hitRows[i] = rows[places[i]];
                hitScores[i] = geometry.score(TopK.distanceOf(nearest[i]));
            }
            return new Step.Done(new Hits(hitRows, hitScores, keys.select(places), rowsScanned + rows.length));
        }
    }
}
