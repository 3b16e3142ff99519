package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.host.Host;
import dev.elanus.vector.RowRanges;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Grows a graph row by row, on all cores at once (Malkov and Yashunin 2018, algorithms 1 and 4; what a row is worth as
 * a neighbour by Subramanya et al. 2019). On which levels a row is, is drawn before anything is linked: so each
 * level's memory is known at once, and every walk begins at the same row, which goes first.
 *
 * <p>Takes {@code 4 · degree} bytes a row, outside of the heap.
 */
final class GraphGrowth {
    private static final int RANGE_ROWS = 256;
    /** Locks, each for the neighbours of many rows. */
    private static final int LOCKS = 1 << 12;

    private static final long SEED = 0x6c6576656c73L;

    private final Host host;
    private final RowPairs pairs;
    private final Shape shape;
    private final int rowCount;
    /** The rows that are linked, null for all. */
    private final @Nullable RowSet present;

    private final RowGraph graph;
    private final Object[] locks;

    /**
     * @param degree the most neighbours that a row has at the base
     * @param upperDegree the most on the levels above, 0 for no such levels
     * @param width candidates that an insertion keeps, efConstruction
     * @param alpha how much farther than a nearer neighbour's neighbour a row may be and still become a neighbour, at
     *     least 1
     */
    record Shape(int degree, int upperDegree, int width, float alpha) {}

    private GraphGrowth(Host host, RowPairs pairs, Shape shape, int rowCount, @Nullable RowSet present) {
        this.host = host;
        this.pairs = pairs;
        this.shape = shape;
        this.rowCount = rowCount;
        this.present = present;
        graph = levels();
        locks = IntStream.range(0, LOCKS).mapToObj(_ -> new Object()).toArray();
    }

    /**
     * Not to be called from a task that computes.
     *
     * @param present rows that are linked, null for all: the others have no neighbours and are nobody's
     */
    static RowGraph grow(
            Host host, RowPairs pairs, Shape shape, int rowCount, @Nullable RowSet present, Progress progress) {
        GraphGrowth growth = new GraphGrowth(host, pairs, shape, rowCount, present);
        growth.insertAll(progress);
        return growth.graph;
    }

    private void insertAll(Progress progress) {
        int first = graph.levels().getLast().rowAt(graph.entry());
        AtomicInteger done = new AtomicInteger();
        RowRanges.forEach(host, rowCount, RANGE_ROWS, (from, end) -> {
            GraphInsertion insertion = new GraphInsertion(graph, pairs, shape, locks);
            for (int row = from; row < end; row++) {
                if (row != first && isPresent(row)) {
                    insertion.insert(row, highest(row));
                }
            }
            progress.at((double) done.addAndGet(end - from) / rowCount);
        });
    }

    /** The empty levels, with the first row of the highest as the entry. */
    private RowGraph levels() {
        List<GraphLevel> levels = new ArrayList<>();
        levels.add(GraphLevel.empty(rowCount, shape.degree(), MemorySegment.NULL, MemorySegment.NULL));
        int[] rows = IntStream.range(0, rowCount).filter(this::isPresent).toArray();
        int firstRow = rows.length == 0 ? 0 : rows[0];
        while (true) {
            int number = levels.size();
            GraphLevel below = levels.getLast();
            rows = IntStream.of(rows).filter(row -> highest(row) >= number).toArray();
            if (rows.length == 0) {
                return new RowGraph(List.copyOf(levels), number == 1 ? firstRow : 0);
            }
            int[] places = IntStream.of(rows).map(below::placeOf).toArray();
            levels.add(GraphLevel.empty(rows.length, shape.upperDegree(), integers(rows), integers(places)));
        }
    }

    private boolean isPresent(int row) {
        return present == null || present.contains(row);
    }

    /** The highest level that a row is on: drawn from an exponential distribution, by the row's number alone. */
    private int highest(int row) {
        if (shape.upperDegree() == 0) {
            return 0;
        }
        double drawn = 1 - new SplittableRandom(SEED + row).nextDouble();
        return (int) (-Math.log(drawn) / Math.log(Math.max(2, shape.upperDegree())));
    }

    private static MemorySegment integers(int[] values) {
        MemorySegment integers = Column.allocate((long) values.length * Integer.BYTES);
        MemorySegment.copy(values, 0, integers, INT_LE, 0, values.length);
        return integers;
    }
}
