package dev.elanus.index;

import dev.elanus.vector.BitScores;
import dev.elanus.vector.CodeScores;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.ProductQuantizer;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.RowScores;

/** One query against the rows of a cluster's block, as good as what the block holds of each. Used by one thread at a time. */
@FunctionalInterface
interface BlockScorer {
    /** Puts the score of the row at {@code places[i]} at {@code scores[i]}, for {@code 0 ≤ i < count}. */
    void of(ClusterHead.Block block, int[] places, int count, float[] scores);

    /** @param vector the query's, prepared by {@link Geometry#query} */
    static BlockScorer of(Kernels kernels, ClusterHead head, Geometry geometry, IndexQuery query, float[] vector) {
        return switch (head.codeKind()) {
            case FLOAT32 -> {
                RowScores floats = new RowScores(kernels, geometry.inner(), vector);
                yield (block, places, count, scores) ->
                        floats.scores(block.object(), block.vectorsAt(), places, count, scores);
            }
            case INT8_EXACT, INT8_AND_FLOAT32, INT8_REFINED -> {
                CodeScores codes = new CodeScores(kernels, head.quantizer(), geometry.inner(), vector);
                yield (block, places, count, scores) ->
                        codes.scores(block.object(), block.codesAt(), places, count, scores);
            }
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
            case BITS -> {
                BitScores bits = new BitScores(geometry.metric(), ((QueryVector.Bits) query.vector()).bytes(), 1);
                yield (block, places, count, scores) ->
                        bits.scores(block.object(), block.codesAt(), places, count, scores);
            }
        };
    }
}
