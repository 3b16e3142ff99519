package dev.elanus.index;

import dev.elanus.column.RowSet;
import org.jspecify.annotations.Nullable;

/** Rows in batches that kernels compare at once. */
final class RowBatches {
    /** Rows of a whole batch. */
    static final int ROWS = 256;

    private RowBatches() {}

    /** What is done with a batch: {@code rows[0]} to {@code rows[count - 1]}, with as much room for results. */
    @FunctionalInterface
    interface Task {
        void run(int[] rows, int count, float[] results);
    }

    /** Visits the rows of a set, or all below {@code rowCount} if there is no set, in ascending order. */
    static void forEach(@Nullable RowSet allowed, int rowCount, Task task) {
        int[] rows = new int[ROWS];
        float[] results = new float[ROWS];
        int count = 0;
        int row = allowed == null ? 0 : allowed.next(0);
        while (row >= 0 && row < rowCount) {
            rows[count++] = row;
            if (count == ROWS) {
                task.run(rows, count, results);
                count = 0;
            }
            row = allowed == null ? row + 1 : allowed.next(row + 1);
        }
        if (count > 0) {
            task.run(rows, count, results);
        }
    }
}
