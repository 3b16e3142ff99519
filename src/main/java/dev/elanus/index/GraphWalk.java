package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.RowSet;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a graph toward one query after the other (Malkov and Yashunin 2018, algorithms 2 and 5). The nearest
 * rows seen stand in one sorted array of longs, {@link TopK#pack packed} with the place on the level shifted by one
 * and the lowest bit telling whether the row's neighbours were looked at, so that nothing is allocated from hop to
 * hop.
 *
 * <p>Used by one thread at a time.
 */
final class GraphWalk {
    private static final int LOOKED_AT = 1;
    private static final int EXPANDED = 2;

    private final RowGraph graph;
    private final int[] batch;
    private final int[] rows;
    private final float[] found;
    private final VisitedRows seen;
    private long[] pool = {};
    private int size;
    private RowDistances distances = (_, _, _) -> {};
    private long rowsScanned;

    /** @param seen with room for all of the graph's rows */
    GraphWalk(RowGraph graph, VisitedRows seen) {
        this.graph = graph;
        batch = new int
                [EXPANDED
                        * Math.max(
                                graph.base().degree(), graph.levels().getLast().degree())];
        rows = new int[batch.length];
        found = new float[batch.length];
        this.seen = seen;
    }

    /** Sets the query that the next walks go toward. */
    GraphWalk toward(RowDistances query) {
        distances = query;
        return this;
    }

    /** Distances computed so far. */
    long rowsScanned() {
        return rowsScanned;
    }

    /**
     * The nearest rows that a walk finds.
     *
     * @param width rows that are kept while walking, ef
     * @return at most {@code width} rows, packed by {@link TopK#pack}, nearest first
     */
    long[] nearest(int width) {
        spread(0, descend(0), width);
        long[] nearest = new long[size];
        for (int i = 0; i < size; i++) {
            nearest[i] = packedAt(i);
        }
        return nearest;
    }

    /** The place on the level of the last {@link #spread}'s i-th nearest row. */
    int placeAt(int i) {
        return (int) pool[i] >>> 1;
    }

    /** The last {@link #spread}'s i-th nearest row, packed by {@link TopK#pack} with its place. */
    long packedAt(int i) {
        // The distance stays; the place loses the bit.
        return pool[i] & 0xffffffff00000000L | (pool[i] & 0xffffffffL) >>> 1;
    }

    /**
     * Walks over one level in all directions that lead nearer, and keeps the nearest rows.
     *
     * @param start a place on the level
     * @param width how many are kept
     * @return how many there are
     */
    int spread(int number, int start, int width) {
        GraphLevel level = graph.levels().get(number);
        int capacity = Math.min(width, level.count());
        if (pool.length < capacity) {
            pool = new long[capacity];
        }
        seen.clear();
        batch[0] = start;
        seen.add(start);
        measure(level, 1);
        pool[0] = TopK.pack(found[0], start << 1);
        size = 1;
        int at = 0;
        while (at < size) {
            if ((pool[at] & LOOKED_AT) != 0) {
                at++;
                continue;
            }
            int count = 0;
            for (int next = at, expanded = 0; next < size && expanded < EXPANDED; next++) {
                if ((pool[next] & LOOKED_AT) == 0) {
                    int place = (int) pool[next] >>> 1;
                    pool[next] |= LOOKED_AT;
                    count = unseenNeighbours(level, place, count);
                    expanded++;
                }
            }
            measure(level, count);
            for (int i = 0; i < count; i++) {
                long entry = TopK.pack(found[i], batch[i] << 1);
                if (size == capacity && entry >= pool[size - 1]) {
                    continue;
                }
                int into = -1 - Arrays.binarySearch(pool, 0, size, entry);
                size = Math.min(size + 1, capacity);
                System.arraycopy(pool, into, pool, into + 1, size - 1 - into);
                pool[into] = entry;
                at = Math.min(at, into);
            }
        }
        return size;
    }

    /**
     * The nearest of the allowed rows, or of all, by comparing each.
     *
     * @return at most {@code width} rows, packed by {@link TopK#pack}, nearest first
     */
    long[] nearestOf(@Nullable RowSet allowed, int width) {
        int rowCount = graph.base().count();
        TopK top = new TopK(Math.min(width, rowCount));
        RowBatches.forEach(allowed, rowCount, (numbers, count, results) -> {
            distances.of(numbers, count, results);
            rowsScanned += count;
            for (int i = 0; i < count; i++) {
                top.offer(results[i], numbers[i]);
            }
        });
        return top.sorted();
    }

    /**
     * Walks down from the highest level, always to the nearest neighbour.
     *
     * @return the place where level {@code target} is entered
     */
    int descend(int target) {
        int place = graph.entry();
        for (int number = graph.levels().size() - 1; number > target; number--) {
            GraphLevel level = graph.levels().get(number);
            place = level.belowOf(nearestOn(level, place));
        }
        return place;
    }

    private int nearestOn(GraphLevel level, int entry) {
        batch[0] = entry;
        measure(level, 1);
        float nearest = found[0];
        int place = entry;
        for (boolean moved = true; moved; ) {
            moved = false;
            int count = level.read(place, batch);
            measure(level, count);
            for (int i = 0; i < count; i++) {
                if (found[i] < nearest) {
                    nearest = found[i];
                    place = batch[i];
                    moved = true;
                }
            }
        }
        return place;
    }

    private int unseenNeighbours(GraphLevel level, int place, int had) {
        MemorySegment neighbours = level.neighbours();
        long offset = level.offsetOf(place);
        int count = had;
        for (int i = 0; i < level.degree(); i++) {
            int neighbour = neighbours.get(INT_LE, offset + 4L * i);
            if (neighbour < 0) {
                break;
            }
            if (seen.add(neighbour)) {
                batch[count++] = neighbour;
            }
        }
        return count;
    }

    /** Computes the distances of the first {@code count} places of the batch. */
    private void measure(GraphLevel level, int count) {
        rowsScanned += count;
        if (level.isBase()) {
            distances.of(batch, count, found);
            return;
        }
        for (int i = 0; i < count; i++) {
            rows[i] = level.rowAt(batch[i]);
        }
        distances.of(rows, count, found);
    }
}
