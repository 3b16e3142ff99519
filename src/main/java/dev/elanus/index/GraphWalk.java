package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.RowSet;
import dev.elanus.vector.TopK;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The search of a graph by one query (Malkov and Yashunin 2018, algorithms 2 and 5), over mapped bytes. The nearest
 * rows seen stand in one sorted array of longs, {@link TopK#pack packed} with the row number shifted by one and the
 * lowest bit telling whether the row's neighbours were looked at, so that nothing is allocated from hop to hop.
 */
final class GraphWalk {
    private static final int LOOKED_AT = 1;

    private final GraphHead head;
    private final RowDistances distances;
    private final MemorySegment neighbours;
    private final int[] batch;
    private final float[] found;
    private long rowsScanned;

    GraphWalk(GraphHead head, RowDistances distances) {
        this.head = head;
        this.distances = distances;
        neighbours = head.neighbours();
        batch = new int[Math.max(head.degree(), head.upperDegree())];
        found = new float[batch.length];
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
        int capacity = Math.min(width, head.rowCount());
        long[] pool = new long[capacity];
        long[] seen = new long[(head.rowCount() + 63) >>> 6];
        batch[0] = descend();
        seen[batch[0] >>> 6] |= 1L << batch[0];
        measure(1);
        pool[0] = TopK.pack(found[0], batch[0] << 1);
        int size = 1;
        int at = 0;
        while (at < size) {
            if ((pool[at] & LOOKED_AT) != 0) {
                at++;
                continue;
            }
            int row = (int) pool[at] >>> 1;
            pool[at] |= LOOKED_AT;
            int count = unseenNeighbours(row, seen);
            measure(count);
            for (int i = 0; i < count; i++) {
                long entry = TopK.pack(found[i], batch[i] << 1);
                if (size == capacity && entry >= pool[size - 1]) {
                    continue;
                }
                int place = -1 - Arrays.binarySearch(pool, 0, size, entry);
                size = Math.min(size + 1, capacity);
                System.arraycopy(pool, place, pool, place + 1, size - 1 - place);
                pool[place] = entry;
                at = Math.min(at, place);
            }
        }
        for (int i = 0; i < size; i++) {
            // The distance stays; the row number loses the bit.
            pool[i] = pool[i] & 0xffffffff00000000L | (pool[i] & 0xffffffffL) >>> 1;
        }
        return size == capacity ? pool : Arrays.copyOf(pool, size);
    }

    /**
     * The nearest of the allowed rows, or of all, by comparing each.
     *
     * @return at most {@code width} rows, packed by {@link TopK#pack}, nearest first
     */
    long[] nearestOf(@Nullable RowSet allowed, int width) {
        TopK top = new TopK(Math.min(width, head.rowCount()));
        RowBatches.forEach(allowed, head.rowCount(), (rows, count, results) -> {
            distances.of(rows, count, results);
            rowsScanned += count;
            for (int i = 0; i < count; i++) {
                top.offer(results[i], rows[i]);
            }
        });
        return top.sorted();
    }

    private int unseenNeighbours(int row, long[] seen) {
        long offset = (long) row * head.degree() * Integer.BYTES;
        int count = 0;
        for (int i = 0; i < head.degree(); i++) {
            int neighbour = neighbours.get(INT_LE, offset + 4L * i);
            if (neighbour < 0) {
                break;
            }
            long bit = 1L << neighbour;
            if ((seen[neighbour >>> 6] & bit) == 0) {
                seen[neighbour >>> 6] |= bit;
                batch[count++] = neighbour;
            }
        }
        return count;
    }

    /**
     * Walks down the levels above the base, always to the nearest neighbour. @return the row where the base is
     * entered
     */
    private int descend() {
        int place = head.entry();
        for (int level = head.upperLevels(); level > 0; level--) {
            long start = levelOffset(level);
            int count = head.bytes().get(INT_LE, start);
            long rows = start + 4;
            long below = rows + 4L * count;
            place = nearestOnLevel(place, rows, below + 4L * count);
            place = head.bytes().get(INT_LE, below + 4L * place);
        }
        return place;
    }

    private int nearestOnLevel(int entry, long rows, long links) {
        batch[0] = head.bytes().get(INT_LE, rows + 4L * entry);
        measure(1);
        float nearest = found[0];
        int place = entry;
        for (boolean moved = true; moved; ) {
            moved = false;
            long offset = links + 4L * place * head.upperDegree();
            int count = 0;
            while (count < head.upperDegree() && head.bytes().get(INT_LE, offset + 4L * count) >= 0) {
                batch[count] = head.bytes().get(INT_LE, rows + 4L * head.bytes().get(INT_LE, offset + 4L * count));
                count++;
            }
            measure(count);
            for (int i = 0; i < count; i++) {
                if (found[i] < nearest) {
                    nearest = found[i];
                    place = head.bytes().get(INT_LE, offset + 4L * i);
                    moved = true;
                }
            }
        }
        return place;
    }

    private long levelOffset(int level) {
        long offset = head.upperOffset();
        for (int i = 1; i < level; i++) {
            offset += Integer.BYTES * (1 + head.bytes().get(INT_LE, offset) * (2L + head.upperDegree()));
        }
        return offset;
    }

    private void measure(int count) {
        distances.of(batch, count, found);
        rowsScanned += count;
    }
}
