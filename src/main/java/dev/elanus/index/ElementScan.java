package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.TopK;

/**
 * Every vector of every allowed row's list compared with one query vector. The lists of a column lie one after the other, so that their vectors
 * have numbers as rows have.
 */
final class ElementScan {
    private ElementScan() {}

    /** @param lists of vectors of the query's type and dimension */
    static Hits search(Kernels kernels, Metric metric, BytesColumn lists, Column keys, IndexQuery query) {
        DataType type = query.vector() instanceof QueryVector.Floats floats ? floats.type() : DataType.BINARY_VECTOR;
        int dimension = dimension(query.vector());
        int width = type.vectorBytes(dimension);
        int count = Math.toIntExact(lists.startAt(lists.rowCount()) / width);
        VectorColumn vectors = new VectorColumn(
                type, dimension, count, lists.bytes().asSlice(0, (long) count * width), Validity.all());
        TopK top = new TopK(Math.max(1, Math.min(query.k(), count)));
        RowScorer scorer = RowScorer.of(kernels, metric, vectors, query);
        int[] numbers = new int[RowBatches.ROWS];
        float[] scores = new float[RowBatches.ROWS];
        long[] scanned = new long[1];
        RowBatches.forEach(query.allowed(), lists.rowCount(), (rows, rowsOfBatch, _) -> {
            scanned[0] += rowsOfBatch;
            for (int i = 0; i < rowsOfBatch; i++) {
                int end = (int) (lists.startAt(rows[i] + 1) / width);
                for (int from = (int) (lists.startAt(rows[i]) / width); from < end; from += RowBatches.ROWS) {
                    int some = Math.min(RowBatches.ROWS, end - from);
                    for (int at = 0; at < some; at++) {
                        numbers[at] = from + at;
                    }
                    scorer.of(numbers, some, scores);
                    for (int at = 0; at < some; at++) {
                        float distance = metric.toDistance(scores[at]);
                        if (query.range().contains(distance) || Float.isNaN(distance)) {
                            top.offer(distance, numbers[at]);
                        }
                    }
                }
            }
        });
        return hits(top, metric, lists, width, keys, scanned[0]);
    }

    private static int dimension(QueryVector vector) {
        return vector instanceof QueryVector.Floats floats
                ? floats.components().length
                : ((QueryVector.Bits) vector).bytes().length * Byte.SIZE;
    }

    private static Hits hits(TopK top, Metric metric, BytesColumn lists, int width, Column keys, long scanned) {
        long[] nearest = top.sorted();
        int[] rows = new int[nearest.length];
        int[] elements = new int[nearest.length];
        float[] scores = new float[nearest.length];
        for (int i = 0; i < nearest.length; i++) {
            long start = (long) TopK.rowOf(nearest[i]) * width;
            rows[i] = rowAt(lists, start);
            elements[i] = (int) ((start - lists.startAt(rows[i])) / width);
            scores[i] = metric.toScore(TopK.distanceOf(nearest[i]));
        }
        return new Hits(rows, scores, keys.select(rows), elements, scanned);
    }

    /** The row whose list holds the vector at an offset: the last that starts no later, as lists without vectors start where the next one does. */
    private static int rowAt(BytesColumn lists, long offset) {
        int from = 0;
        int to = lists.rowCount() - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (lists.startAt(middle) <= offset) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from;
    }
}
