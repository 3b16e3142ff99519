package dev.elanus.index;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.host.Paging;
import dev.elanus.vector.HalfByteScores;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stage that reads some clusters, and is followed by one that reads twice as many unless its goal is reached or no
 * cluster is left.
 */
final class ClusterProbe implements Step.Stage {
    /** When it is enough: hits found, and rows compared. */
    record Goal(int hits, long rows) {}

    /** What stages before this one found: the nearest, k at most, and how many rows they compared. */
    record Sofar(List<Candidate> nearest, long rows) {}

    private final Kernels kernels;
    private final Paging paging;
    private final IndexQuery query;
    private final Geometry geometry;
    private final float[] vector;
    private final ClusterHead head;
    private final ClusterOrder order;
    private final int from;
    private final int end;
    private final Goal goal;
    private final Sofar sofar;
    /** The clusters of this stage in the order in which they stand in the object. */
    private final int[] clusters;
    /** The place of each cluster's first row among the rows of this stage. */
    private final int[] starts;

    /**
     * @param vector the query's vector, prepared by {@link Geometry#query}
     * @param order all clusters, the most promising first: this stage reads those from {@code from} to before {@code
     *     end}
     */
    ClusterProbe(
            Kernels kernels,
            Paging paging,
            IndexQuery query,
            Geometry geometry,
            float[] vector,
            ClusterHead head,
            ClusterOrder order,
            int from,
            int end,
            Goal goal,
            Sofar sofar) {
        this.kernels = kernels;
        this.paging = paging;
        this.query = query;
        this.geometry = geometry;
        this.vector = vector;
        this.head = head;
        this.order = order;
        this.from = from;
        this.end = end;
        this.goal = goal;
        this.sofar = sofar;
        clusters = order.range(from, end);
        Arrays.sort(clusters);
        starts = new int[clusters.length + 1];
        for (int i = 0; i < clusters.length; i++) {
            starts[i + 1] = starts[i] + head.rowsIn(clusters[i]);
        }
    }

    @Override
    public List<ByteRange> needs() {
        List<ByteRange> joined = new ArrayList<>();
        for (int cluster : clusters) {
            ByteRange block = head.block(cluster);
            if (!joined.isEmpty() && joined.getLast().end() == block.offset()) {
                ByteRange last = joined.removeLast();
                joined.add(new ByteRange(last.offset(), last.length() + block.length()));
            } else {
                joined.add(block);
            }
        }
        return joined;
    }

    @Override
    public Step run(MemorySegment object) {
        return together(List.of(this), object).getFirst();
    }

    /**
     * Runs stages of several queries, cluster by cluster, so that the queries that read one share its bytes while they are near the core. One alone
     * begins with its nearest cluster, after which few rows are near enough.
     */
    static List<Step> together(List<ClusterProbe> probes, MemorySegment object) {
        List<Pass> passes = probes.stream().map(Pass::new).toList();
        ClusterProbe first = probes.getFirst();
        int[] clusters = probes.size() == 1 ? first.order.range(first.from, first.end) : allOf(probes);
        if (first.paging.isScarce()) {
            for (int cluster : clusters) {
                ByteRange scanned = first.head.scanned(first.head.view(cluster, object));
                first.paging.fetch(object.asSlice(scanned.offset(), scanned.length()));
            }
        }
        for (int cluster : clusters) {
            ClusterHead.Block block = first.head.view(cluster, object);
            passes.forEach(pass -> pass.offer(cluster, block));
        }
        return passes.stream().map(Pass::end).toList();
    }

    private static int[] allOf(List<ClusterProbe> probes) {
        return probes.stream()
                .flatMapToInt(probe -> Arrays.stream(probe.clusters))
                .sorted()
                .distinct()
                .toArray();
    }

    /** One query's way over its clusters. */
    private static final class Pass {
        private final ClusterProbe probe;
        private final ClusterHead.Block[] blocks;
        private final TopK top;
        private final BlockScorer scorer;
        private long compared;

        Pass(ClusterProbe probe) {
            this.probe = probe;
            blocks = new ClusterHead.Block[probe.clusters.length];
            boolean again = probe.head.codeKind().comparesAgain();
            int rows = probe.starts[blocks.length];
            top = TopK.ofMany(Math.clamp(again ? probe.refined() : probe.query.k(), 1, Math.max(1, rows)));
            scorer = BlockScorer.of(probe.kernels, probe.head, probe.geometry, probe.query, probe.vector);
            compared = probe.sofar.rows();
        }

        /** Offers the rows of a cluster, if the query reads it. */
        void offer(int cluster, ClusterHead.Block block) {
            int at = Arrays.binarySearch(probe.clusters, cluster);
            if (at >= 0) {
                blocks[at] = block;
                compared +=
                        scorer.offer(block, probe.allowedPlaces(block), probe.geometry.ofRows(), top, probe.starts[at]);
            }
        }

        Step end() {
            return probe.next(probe.comparedAgain(top.sorted(), blocks), blocks, compared);
        }
    }

    /** @param nearest the nearest rows of this stage, packed by their place among its rows */
    private Step next(long[] nearest, ClusterHead.Block[] blocks, long compared) {
        List<Candidate> candidates = new ArrayList<>(sofar.nearest());
        for (long entry : nearest) {
            int cluster = clusterOf(TopK.rowOf(entry));
            int place = TopK.rowOf(entry) - starts[cluster];
            long packed = TopK.pack(TopK.distanceOf(entry), blocks[cluster].rowAt(place));
            candidates.add(new Candidate(packed, blocks[cluster].keys(), place));
        }
        boolean enough = candidates.size() >= goal.hits() && compared >= goal.rows();
        if (enough || end == order.count()) {
            long rowsScanned = order.count() + compared;
            return new Step.Done(Candidate.hits(candidates, query.k(), geometry, head.keyType(), rowsScanned));
        }
        List<Candidate> kept = candidates.stream().map(Candidate::detached).toList();
        int next = (int) Math.min(order.count(), 2L * end);
        return new ClusterProbe(
                kernels, paging, query, geometry, vector, head, order, end, next, goal, new Sofar(kept, compared));
    }

    /** Rows that are compared again: int8 codes hardly ever misplace a row by more than a few places, the codes of products by more. */
    private int refined() {
        int k = query.k();
        int least =
                head.codeKind().hasSketches() ? 10 * k + 100 : head.codeKind().isProduct() ? 4 * k + 16 : keptByInt8();
        return Math.max(least, query.param(VectorIndexRules.REFINED, 0));
    }

    private int keptByInt8() {
        return query.k() + query.k() / 2 + 8;
    }

    /** The places in a block of its allowed rows, or null for all. */
    private @Nullable RowSet allowedPlaces(ClusterHead.Block block) {
        RowSet allowed = query.allowed();
        if (allowed == null) {
            return null;
        }
        RowSet places = RowSet.none(block.count());
        for (int place = 0; place < block.count(); place++) {
            if (allowed.contains(block.rowAt(place))) {
                places.add(place);
            }
        }
        return places;
    }

    /** The rows of a block as exactly as it tells. */
    private BlockScorer refined(Metric metric) {
        RowScores floats = new RowScores(kernels, metric, vector);
        return switch (head.codeKind()) {
            case INT8_REFINED, SKETCHED_INT8_REFINED -> {
                RefinedScores refined = new RefinedScores(head.quantizer(), floats, head.dimension());
                yield (block, places, count, scores) -> {
                    for (int i = 0; i < count; i++) {
                        scores[i] = refined.score(block, places[i]);
                    }
                };
            }
            case HALF_BYTES -> {
                HalfByteScores halves = new HalfByteScores(kernels, head.productQuantizer(), metric, vector);
                yield (block, places, count, scores) -> {
                    for (int i = 0; i < count; i++) {
                        scores[i] = metric.toScore(halves.distance(block.object(), block.codesAt(), places[i]));
                    }
                };
            }
            default ->
                (block, places, count, scores) ->
                        floats.scores(block.object(), block.vectorsAt(), places, count, scores);
        };
    }

    /** The k nearest of these as exactly as the blocks tell. */
    private long[] comparedAgain(long[] nearest, ClusterHead.Block[] blocks) {
        ClusterHead.CodeKind kind = head.codeKind();
        if (!kind.comparesAgain()) {
            return nearest;
        }
        long[] left = nearest;
        if (kind.hasSketches()) {
            int kept = kind.losesNothing() ? query.k() : keptByInt8();
            fetch(left, blocks, ClusterHead.Block::codesAt, head.dimension());
            left = nearestOf(left, blocks, kept, BlockScorer.byInt8(kernels, head, geometry, vector));
        }
        if (kind.losesNothing()) {
            return left;
        }
        if (kind.hasVectors() || kind.isRefined()) {
            int width = kind.isRefined() ? Short.BYTES : Float.BYTES;
            fetch(left, blocks, ClusterHead.Block::vectorsAt, width * head.dimension());
        }
        return nearestOf(left, blocks, query.k(), refined(geometry.ofRows()));
    }

    /**
     * Has one part of some rows fetched before the first of them is read, if memory is short.
     *
     * @param part where it starts in a block
     * @param rowBytes of each row
     */
    private void fetch(long[] rows, ClusterHead.Block[] blocks, ToLongFunction<ClusterHead.Block> part, int rowBytes) {
        if (!paging.isScarce()) {
            return;
        }
        for (long entry : rows) {
            int cluster = clusterOf(TopK.rowOf(entry));
            long place = TopK.rowOf(entry) - starts[cluster];
            ClusterHead.Block block = blocks[cluster];
            paging.fetch(block.object().asSlice(part.applyAsLong(block) + place * rowBytes, rowBytes));
        }
    }

    /** The nearest of some rows by a scorer, which is given those of a block together. */
    private long[] nearestOf(long[] candidates, ClusterHead.Block[] blocks, int kept, BlockScorer scorer) {
        TopK top = TopK.ofMany(Math.max(1, Math.min(kept, candidates.length)));
        int[] all = Arrays.stream(candidates).mapToInt(TopK::rowOf).sorted().toArray();
        int[] places = new int[all.length];
        float[] scores = new float[all.length];
        int count;
        for (int from = 0; from < all.length; from += count) {
            int cluster = clusterOf(all[from]);
            for (count = 0; from + count < all.length && all[from + count] < starts[cluster + 1]; count++) {
                places[count] = all[from + count] - starts[cluster];
            }
            scorer.of(blocks[cluster], places, count, scores);
            for (int i = 0; i < count; i++) {
                top.offer(geometry.inner().toDistance(scores[i]), starts[cluster] + places[i]);
            }
        }
        return top.sorted();
    }

    /** Scores of rows as their codes and refinements give them. */
    private static final class RefinedScores {
        private final Int8Quantizer quantizer;
        private final RowScores floats;
        private final float[] row;
        private final MemorySegment vector;

        RefinedScores(Int8Quantizer quantizer, RowScores floats, int dimension) {
            this.quantizer = quantizer;
            this.floats = floats;
            row = new float[dimension];
            vector = Column.allocate((long) dimension * Float.BYTES);
        }

        float score(ClusterHead.Block block, int place) {
            long from = (long) place * row.length;
            quantizer.decode(block.object(), block.codesAt() + from, block.vectorsAt() + Short.BYTES * from, row);
            MemorySegment.copy(row, 0, vector, Column.FLOAT_LE, 0, row.length);
            return floats.score(vector, 0);
        }
    }

    private int clusterOf(int place) {
        int low = 0;
        int high = clusters.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
