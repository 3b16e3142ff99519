package dev.elanus.vector;

import dev.elanus.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Work over many rows, spread over the cores in ranges of a fixed size, so that the ranges do not depend on the
 * machine.
 */
public final class RowRanges {
    private RowRanges() {}

    /** What is done with the rows from {@code from} to before {@code end}. */
    @FunctionalInterface
    public interface Task {
        void run(int from, int end);
    }

    /** Runs the task for every range and waits until all are done. Not to be called from a task that computes. */
    public static void forEach(Host host, int rowCount, int rangeRows, Task task) {
        List<CompletableFuture<Boolean>> running = new ArrayList<>();
        for (int from = 0; from < rowCount; from += rangeRows) {
            int first = from;
            int end = (int) Math.min(rowCount, (long) from + rangeRows);
            running.add(host.compute(() -> {
                task.run(first, end);
                return true;
            }));
        }
        running.forEach(host::await);
    }
}
