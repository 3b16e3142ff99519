package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.VectorElements;
import dev.elanus.schema.DataType;
import dev.elanus.vector.BitScores;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.RowScores;
import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A list of query vectors against rows of lists: of each query vector the best of the row's vectors, all added up. NaN for empty lists. */
final class ListScorer implements RowScorer {
    /** One query vector against the vector at an offset. */
    @FunctionalInterface
    private interface One {
        float score(MemorySegment bytes, long offset);
    }

    private final Metric metric;
    private final BytesColumn column;
    private final int vectorBytes;
    private final List<One> queries = new ArrayList<>();

    /** @param metric of single vectors */
    ListScorer(Kernels kernels, Metric metric, BytesColumn column, QueryVector.Several several) {
        this.metric = metric;
        this.column = column;
        int bytes = 0;
        for (QueryVector vector : several.vectors()) {
            switch (vector) {
                case QueryVector.Floats(DataType type, float[] components) -> {
                    bytes = type.vectorBytes(components.length);
                    queries.add(ofNumbers(new RowScores(kernels, metric, components), type, components.length));
                }
                case QueryVector.Bits bits -> {
                    bytes = bits.bytes().length;
                    queries.add(new BitScores(metric, bits.bytes(), 1)::score);
                }
                case QueryVector.Several _, SparseQuery _ ->
                    throw new IllegalStateException("lists are of dense vectors");
            }
        }
        vectorBytes = bytes;
    }

    private static One ofNumbers(RowScores scores, DataType type, int dimension) {
        if (type == DataType.FLOAT_VECTOR) {
            return scores::score;
        }
        float[] row = new float[dimension];
        MemorySegment numbers = Column.allocate((long) dimension * Float.BYTES);
        return (bytes, offset) -> {
            VectorElements.read(type, bytes, offset, row);
            MemorySegment.copy(row, 0, numbers, Column.FLOAT_LE, 0, dimension);
            return scores.score(numbers, 0);
        };
    }

    @Override
    public void of(int[] rows, int count, float[] scores) {
        for (int i = 0; i < count; i++) {
            scores[i] = score(column.startAt(rows[i]), column.startAt(rows[i] + 1));
        }
    }

    private float score(long from, long end) {
        if (from == end) {
            return Float.NaN;
        }
        double sum = 0;
        for (One query : queries) {
            float best = query.score(column.bytes(), from);
            for (long at = from + vectorBytes; at < end; at += vectorBytes) {
                float score = query.score(column.bytes(), at);
                best = metric.isNearer(score, best) ? score : best;
            }
            sum += best;
        }
        return (float) sum;
    }
}
