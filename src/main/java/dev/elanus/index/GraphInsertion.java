package dev.elanus.index;

import dev.elanus.vector.TopK;
import java.util.Arrays;

/**
 * Inserts rows into a graph into which others insert as well. Neighbours are changed under a lock and read without
 * one: a reader may meet some old neighbours of a row beside new ones, which all are rows worth looking at.
 *
 * <p>Used by one thread at a time.
 */
final class GraphInsertion {
    /** Chosen neighbours that a candidate is compared with at once. */
    private static final int COMPARED = 4;

    private final RowGraph graph;
    private final RowPairs pairs;
    private final GraphGrowth.Shape shape;
    private final Object[] locks;
    private final GraphWalk walk;
    /** Candidates, packed by {@link TopK#pack} with their places, nearest first. */
    private final long[] candidates;

    private final boolean[] leftOut;
    private final int[] chosen;
    private final int[] chosenRows;
    private final int[] linked;
    private final int[] batch;
    private final int[] compared = new int[COMPARED];
    private final float[] distances;

    GraphInsertion(RowGraph graph, RowPairs pairs, GraphGrowth.Shape shape, Object[] locks) {
        this.graph = graph;
        this.pairs = pairs;
        this.shape = shape;
        this.locks = locks;
        walk = new GraphWalk(graph, new VisitedRows(graph.base().count()));
        int most = Math.max(shape.degree(), shape.upperDegree()) + 1;
        candidates = new long[Math.max(shape.width(), most)];
        leftOut = new boolean[candidates.length];
        chosen = new int[most];
        chosenRows = new int[most];
        linked = new int[most];
        batch = new int[most];
        distances = new float[most];
    }

    /** Links a row on all levels from {@code highest} down. */
    void insert(int row, int highest) {
        walk.toward((rows, count, found) -> pairs.between(row, rows, count, found));
        int entry = walk.descend(highest);
        for (int number = highest; number >= 0; number--) {
            GraphLevel level = graph.levels().get(number);
            int place = level.placeOf(row);
            int found = walk.spread(number, entry, shape.width());
            entry = level.belowOf(walk.placeAt(0));
            int count = 0;
            for (int i = 0; i < found; i++) {
                // Others may have linked the row from above already.
                if (walk.placeAt(i) != place) {
                    candidates[count++] = walk.packedAt(i);
                }
            }
            int size = choose(level, count, Math.max(1, level.degree() / 2));
            connect(level, place, size);
            for (int i = 0; i < size; i++) {
                link(level, linked[i], place);
            }
        }
    }

    /** Gives a row its chosen neighbours beside those that others have given it meanwhile; keeps the former in {@link #linked}. */
    private void connect(GraphLevel level, int place, int size) {
        System.arraycopy(chosen, 0, linked, 0, size);
        synchronized (lockOf(place)) {
            int had = level.read(place, batch);
            int all = size;
            for (int i = 0; i < had && all < level.degree(); i++) {
                if (!contains(chosen, size, batch[i])) {
                    chosen[all++] = batch[i];
                }
            }
            level.write(place, chosen, all);
        }
    }

    /** Gives a row one neighbour more, or chooses anew among all where there is no room. */
    private void link(GraphLevel level, int place, int neighbour) {
        synchronized (lockOf(place)) {
            int size = level.read(place, batch);
            if (contains(batch, size, neighbour)) {
                return;
            }
            if (size < level.degree()) {
                level.add(place, size, neighbour);
                return;
            }
            batch[size] = neighbour;
            int count = size + 1;
            for (int i = 0; i < count; i++) {
                chosenRows[i] = level.rowAt(batch[i]);
            }
            pairs.between(level.rowAt(place), chosenRows, count, distances);
            for (int i = 0; i < count; i++) {
                candidates[i] = TopK.pack(distances[i], batch[i]);
            }
            Arrays.sort(candidates, 0, count);
            // Some places stay free, so that it takes several more links until all are compared again.
            level.write(place, chosen, choose(level, count, level.degree() - level.degree() / 8));
        }
    }

    /**
     * Chooses among the first {@code count} {@link #candidates}, from the nearest on: one is left out where a chosen
     * one is nearer to it than the row itself; where places are left, those stand in that are not nearer by much.
     *
     * @return how many were {@link #chosen}
     */
    private int choose(GraphLevel level, int count, int limit) {
        Arrays.fill(leftOut, 0, count, true);
        int size = 0;
        for (float alpha = 1; ; alpha = shape.alpha()) {
            for (int i = 0; i < count && size < limit; i++) {
                int place = TopK.rowOf(candidates[i]);
                int row = level.rowAt(place);
                if (leftOut[i] && isNearest(row, TopK.distanceOf(candidates[i]), size, alpha)) {
                    leftOut[i] = false;
                    chosenRows[size] = row;
                    chosen[size++] = place;
                }
            }
            if (alpha >= shape.alpha()) {
                return size;
            }
        }
    }

    /** Whether no chosen neighbour is nearer to a candidate, by {@code alpha}, than the row for which it is chosen. */
    private boolean isNearest(int row, float distance, int size, float alpha) {
        for (int from = 0; from < size; from += COMPARED) {
            int count = Math.min(COMPARED, size - from);
            System.arraycopy(chosenRows, from, compared, 0, count);
            pairs.between(row, compared, count, distances);
            for (int i = 0; i < count; i++) {
                if (alpha * distances[i] <= distance) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean contains(int[] values, int size, int value) {
        for (int i = 0; i < size; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }

    private Object lockOf(int place) {
        return locks[place & locks.length - 1];
    }
}
