package dev.elanus.index;

import dev.elanus.column.RowSet;
import dev.elanus.vector.BitScores;
import dev.elanus.vector.CodeScores;
import dev.elanus.vector.HalfByteScores;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.ProductQuantizer;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.TopK;
import org.jspecify.annotations.Nullable;

/** One query against the rows of a cluster's block, as good as what the block holds of each. Used by one thread at a time. */
@FunctionalInterface
interface BlockScorer {
    /** Puts the score of the row at {@code places[i]} at {@code scores[i]}, for {@code 0 ≤ i < count}. */
    void of(ClusterHead.Block block, int[] places, int count, float[] scores);

    /**
     * Offers the rows of a block by their distances.
     *
     * @param allowed places in the block, null for all
     * @param start the number under which the block's first row is offered
     * @return how many rows were compared
     */
    default long offer(ClusterHead.Block block, @Nullable RowSet allowed, Metric metric, TopK top, int start) {
        long[] compared = {0};
        RowBatches.forEach(allowed, block.count(), (places, count, found) -> {
            of(block, places, count, found);
            for (int i = 0; i < count; i++) {
                top.offer(metric.toDistance(found[i]), start + places[i]);
            }
            compared[0] += count;
        });
        return compared[0];
    }

    /** By codes of half a byte, the block's codes or the sketches before them, which are quickest where no row is left out. */
    record ByHalfBytes(HalfByteScores halves, Metric metric) implements BlockScorer {
        @Override
        public void of(ClusterHead.Block block, int[] places, int count, float[] scores) {
            halves.distances(block.object(), block.sketchesAt(), places, count, scores);
            for (int i = 0; i < count; i++) {
                scores[i] = metric.toScore(scores[i]);
            }
        }

        @Override
        public long offer(ClusterHead.Block block, @Nullable RowSet allowed, Metric ofRows, TopK top, int start) {
            return halves.offer(block.object(), block.sketchesAt(), block.count(), allowed, top, start);
        }
    }

    /** By sketches, or where few rows of a block are allowed by their codes: a group of sketches takes as long as some rows' codes. */
    record BySketches(ByHalfBytes sketches, BlockScorer codes) implements BlockScorer {
        private static final int ROWS_FOR_GROUP = 8;

        @Override
        public void of(ClusterHead.Block block, int[] places, int count, float[] scores) {
            codes.of(block, places, count, scores);
        }

        @Override
        public long offer(ClusterHead.Block block, @Nullable RowSet allowed, Metric metric, TopK top, int start) {
            boolean isSparse = allowed != null
                    && (long) allowed.cardinality() * Kernels.GROUP < (long) ROWS_FOR_GROUP * block.count();
            return isSparse
                    ? BlockScorer.super.offer(block, allowed, metric, top, start)
                    : sketches.offer(block, allowed, metric, top, start);
        }
    }

    /** @param vector the query's, prepared by {@link Geometry#query} */
    static BlockScorer of(Kernels kernels, ClusterHead head, Geometry geometry, IndexQuery query, float[] vector) {
        return switch (head.codeKind()) {
            case FLOAT32 -> {
                RowScores floats = new RowScores(kernels, geometry.inner(), vector);
                yield (block, places, count, scores) ->
                        floats.scores(block.object(), block.vectorsAt(), places, count, scores);
            }
            case INT8_EXACT, INT8_AND_FLOAT32, INT8_REFINED -> byInt8(kernels, head, geometry, vector);
            case SKETCHED_INT8_EXACT, SKETCHED_INT8_REFINED ->
                new BySketches(byHalfBytes(kernels, head, geometry, vector), byInt8(kernels, head, geometry, vector));
            case PRODUCT, PRODUCT_AND_FLOAT32 -> {
                ProductQuantizer quantizer = head.productQuantizer();
                float[] table = quantizer.tableFor(kernels, geometry.inner(), vector);
                int pieces = quantizer.pieces();
                yield (block, places, count, scores) -> {
                    for (int i = 0; i < count; i++) {
                        long offset = block.codesAt() + (long) places[i] * pieces;
                        float distance = ProductQuantizer.distance(table, block.object(), offset, pieces);
                        scores[i] = geometry.inner().toScore(distance);
                    }
                };
            }
            case HALF_BYTES, HALF_BYTES_AND_FLOAT32 -> byHalfBytes(kernels, head, geometry, vector);
            case BITS -> {
                BitScores bits = new BitScores(geometry.metric(), ((QueryVector.Bits) query.vector()).bytes(), 1);
                yield (block, places, count, scores) ->
                        bits.scores(block.object(), block.codesAt(), places, count, scores);
            }
        };
    }

    /** By the codes of a byte a component. */
    static BlockScorer byInt8(Kernels kernels, ClusterHead head, Geometry geometry, float[] vector) {
        CodeScores codes = new CodeScores(kernels, head.quantizer(), geometry.inner(), vector);
        return (block, places, count, scores) -> codes.scores(block.object(), block.codesAt(), places, count, scores);
    }

    private static ByHalfBytes byHalfBytes(Kernels kernels, ClusterHead head, Geometry geometry, float[] vector) {
        return new ByHalfBytes(
                new HalfByteScores(kernels, head.productQuantizer(), geometry.inner(), vector), geometry.inner());
    }
}
