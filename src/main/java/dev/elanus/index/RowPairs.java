package dev.elanus.index;

/** Distances between rows of one index, as a graph is built by: smaller is nearer. Safe for use from many threads. */
interface RowPairs {
    /** Puts the distance of {@code row} from row {@code rows[i]} at {@code distances[i]}, for {@code 0 ≤ i < count}. */
    void between(int row, int[] rows, int count, float[] distances);
}
