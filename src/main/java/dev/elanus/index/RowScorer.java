package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.DataType;
import dev.elanus.vector.BitScores;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** One query against the rows of one column, whatever its type, as clients see the scores. Used by one thread at a time. */
@FunctionalInterface
interface RowScorer {
    /** Puts the score of row {@code rows[i]} at {@code scores[i]}, for {@code 0 ≤ i < count}; NaN where the row is no hit at all. */
    void of(int[] rows, int count, float[] scores);

    static RowScorer of(Kernels kernels, Metric metric, Column column, IndexQuery query) {
        return switch (query.vector()) {
            case QueryVector.Floats floats -> ofNumbers(kernels, metric, (VectorColumn) column, floats.components());
            case QueryVector.Bits bits -> {
                MemorySegment values = ((VectorColumn) column).values();
                if (metric == Metric.MHJACCARD) {
                    int elementBytes = query.param(VectorIndexRules.ELEMENT_BITS, VectorIndexRules.DEFAULT_ELEMENT_BITS)
                            / Byte.SIZE;
                    Bands bands = Bands.of(query.param(VectorIndexRules.BANDS, 1), bits.bytes().length, elementBytes);
                    yield ofSignatures(query, values, 0, bands, elementBytes);
                }
                BitScores scores = new BitScores(metric, bits.bytes(), 1);
                yield (rows, count, found) -> scores.scores(values, 0, rows, count, found);
            }
            case SparseQuery sparse -> ofPairs((BytesColumn) column, sparse);
            case QueryVector.Several several ->
                new ListScorer(kernels, metric.ofEach().orElseThrow(), (BytesColumn) column, several);
        };
    }

    /**
     * MinHash signatures against that of a query: how alike they are, or if that was not asked for, 1 for those that share a band.
     *
     * @param start where the signatures lie
     */
    static RowScorer ofSignatures(
            IndexQuery query, MemorySegment signatures, long start, Bands bands, int elementBytes) {
        byte[] signature = ((QueryVector.Bits) query.vector()).bytes();
        if (Boolean.parseBoolean(query.params().get(VectorIndexRules.LIKENESS))) {
            BitScores scores = new BitScores(Metric.MHJACCARD, signature, elementBytes);
            return (rows, count, found) -> scores.scores(signatures, start, rows, count, found);
        }
        MemorySegment own = MemorySegment.ofArray(signature);
        return (rows, count, found) -> {
            for (int i = 0; i < count; i++) {
                boolean isAlike = bands.areShared(own, signatures, start + (long) rows[i] * signature.length);
                found[i] = isAlike ? 1 : Float.NaN;
            }
        };
    }

    private static RowScorer ofPairs(BytesColumn column, SparseQuery query) {
        return (rows, count, scores) -> {
            for (int i = 0; i < count; i++) {
                scores[i] = query.score(column.bytes(), column.startAt(rows[i]), column.lengthAt(rows[i]));
            }
        };
    }

    private static RowScorer ofNumbers(Kernels kernels, Metric metric, VectorColumn column, float[] query) {
        RowScores scores = new RowScores(kernels, metric, query);
        if (column.type() == DataType.FLOAT_VECTOR) {
            return (rows, count, found) -> scores.scores(column.values(), 0, rows, count, found);
        }
        // The rows of a batch as float32, in memory that kernels read quickly.
        MemorySegment numbers = Column.allocate((long) RowBatches.ROWS * column.dimension() * Float.BYTES);
        float[] row = new float[column.dimension()];
        int[] places = IntStream.range(0, RowBatches.ROWS).toArray();
        return (rows, count, found) -> {
            for (int i = 0; i < count; i++) {
                column.floatsAt(rows[i], row);
                MemorySegment.copy(row, 0, numbers, Column.FLOAT_LE, (long) i * row.length * Float.BYTES, row.length);
            }
            scores.scores(numbers, 0, places, count, found);
        };
    }
}
