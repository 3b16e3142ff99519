package dev.elanus.log;

import java.util.ArrayDeque;
import java.util.Deque;

/** Who wrote the last batches of a log. Safe for use from many threads. */
final class RecentWriters {
    private static final int REMEMBERED = 32;

    private final Deque<Long> writers = new ArrayDeque<>();

    synchronized void add(long writerId) {
        writers.add(writerId);
        if (writers.size() > REMEMBERED) {
            writers.remove();
        }
    }

    /** How many others there are. */
    synchronized int othersThan(long writerId) {
        return (int)
                writers.stream().filter(other -> other != writerId).distinct().count();
    }

    /** A writer's part of the last batches, over what it would be if all had the same: 1 is fair, 0 is none. */
    synchronized double shareOf(long writerId) {
        long own = writers.stream().filter(writer -> writer == writerId).count();
        long all = writers.stream().distinct().count();
        return writers.isEmpty() ? 0 : (double) own * all / writers.size();
    }
}
