package dev.elanus.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Work over numbered items, cut into about equal runs. */
final class Slices {
    private Slices() {}

    /** At most {@code width} tasks that together call {@code each} once for every number below {@code count}. */
    static List<Runnable> of(int count, int width, IntConsumer each) {
        int tasks = Math.min(count, width);
        List<Runnable> slices = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            int from = (int) ((long) count * task / tasks);
            int to = (int) ((long) count * (task + 1) / tasks);
            slices.add(() -> {
                for (int i = from; i < to; i++) {
                    each.accept(i);
                }
            });
        }
        return slices;
    }
}
