package dev.elanus.search;

import java.util.ArrayList;
import java.util.List;

/** Work over numbered items, cut into about equal runs. */
final class Slices {
    private Slices() {}

    /** Works on the items from one number to before another. */
    @FunctionalInterface
    interface Work {
        void run(int from, int end);
    }

    /** At most {@code width} tasks that together work once on every number below {@code count}. */
    static List<Runnable> of(int count, int width, Work work) {
        int tasks = Math.min(count, width);
        List<Runnable> slices = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            int from = (int) ((long) count * task / tasks);
            int end = (int) ((long) count * (task + 1) / tasks);
            slices.add(() -> work.run(from, end));
        }
        return slices;
    }
}
