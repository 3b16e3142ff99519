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
    /** Allowed rows from which a walk over allowed rows sets out, beside the place where it enters the level. */
    private static final int STARTS = 16;
    /** Allowed neighbours of neighbours that are looked for at least. */
    private static final int LEAST_NEIGHBOURS = 16;

    private final RowGraph graph;
    private final int[] batch;
    private final int[] rows;
    private final float[] found;
    private final VisitedRows seen;
    private long[] pool = {};
    private int size;
    private RowDistances distances = (_, _, _) -> {};
    private long rowsScanned;
    /** The rows among which the walk stays, or null. */
    private @Nullable RowSet allowed;

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

    /**
     * The nearest of the allowed rows that a walk over them finds. It goes from an allowed row to those allowed among its neighbours, and where these are few to
     * those among the neighbours of the others (Patel et al. 2024, "ACORN").
     *
     * @param width rows that are kept while walking, ef
     * @return at most {@code width} rows, packed by {@link TopK#pack}, nearest first
     */
    long[] nearestAllowed(RowSet allowed, int width) {
        this.allowed = allowed;
        try {
            return nearest(width);
        } finally {
            this.allowed = null;
        }
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
        int starts = allowed == null ? 1 : withSomeOf(allowed);
        measure(level, starts);
        size = 0;
        for (int i = 0; i < starts; i++) {
            offer(TopK.pack(found[i], batch[i] << 1), capacity);
        }
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
                    count = allowed == null
                            ? unseenNeighbours(level, place, count)
                            : allowedNeighbours(level, allowed, place, count);
                    expanded++;
                }
            }
            measure(level, count);
            for (int i = 0; i < count; i++) {
                at = Math.min(at, offer(TopK.pack(found[i], batch[i] << 1), capacity));
            }
        }
        return size;
    }

    /** Puts an entry into the pool if it is near enough. @return where it stands, or the pool's size */
    private int offer(long entry, int capacity) {
        if (size == capacity && entry >= pool[size - 1]) {
            return size;
        }
        int into = -1 - Arrays.binarySearch(pool, 0, size, entry);
        size = Math.min(size + 1, capacity);
        System.arraycopy(pool, into, pool, into + 1, size - 1 - into);
        pool[into] = entry;
        return into;
    }

    /** Puts some allowed rows behind the first of the batch, from which a walk comes to the others where none is near its start. @return how many there are */
    private int withSomeOf(RowSet allowed) {
        int count = 1;
        for (int i = 0; i < Math.min(STARTS, batch.length - 1); i++) {
            int row = allowed.next((int) ((long) i * allowed.rowCount() / STARTS));
            if (row >= 0 && seen.add(row)) {
                batch[count++] = row;
            }
        }
        return count;
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

    /** About half as many as a row has neighbours: more would be as near as these. */
    private int allowedNeighbours(GraphLevel level, RowSet allowed, int place, int had) {
        MemorySegment neighbours = level.neighbours();
        long offset = level.offsetOf(place);
        int most = had + Math.min(level.degree(), Math.max(level.degree() / 2, LEAST_NEIGHBOURS));
        int count = had;
        int others = 0;
        for (int i = 0; i < level.degree(); i++) {
            int neighbour = neighbours.get(INT_LE, offset + 4L * i);
            if (neighbour < 0) {
                break;
            }
            if (seen.add(neighbour)) {
                if (allowed.contains(neighbour)) {
                    batch[count++] = neighbour;
                } else {
                    rows[others++] = neighbour;
                }
            }
        }
        // The first neighbour of each before all others, so that the reads of their lists overlap.
        for (int other = 0; other < others && count < most; other++) {
            int neighbour = neighbours.get(INT_LE, level.offsetOf(rows[other]));
            count = neighbour < 0 ? count : addIfAllowed(neighbour, allowed, count);
        }
        for (int other = 0; other < others && count < most; other++) {
            long from = level.offsetOf(rows[other]);
            for (int i = 1; i < level.degree() && count < most; i++) {
                int neighbour = neighbours.get(INT_LE, from + 4L * i);
                if (neighbour < 0) {
                    break;
                }
                count = addIfAllowed(neighbour, allowed, count);
            }
        }
        return count;
    }

    private int addIfAllowed(int neighbour, RowSet allowed, int count) {
        batch[count] = neighbour;
        return count + seen.add(neighbour, allowed.bit(neighbour));
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
