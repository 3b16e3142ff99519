package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The deletes of the log that are not in bitmaps yet: for each key the timestamps at which it was deleted. Grows only; a reader looks up to the
 * timestamp of its own snapshot and so is not disturbed by what is added later. One thread adds at a time, many read.
 */
final class Tombstones {
    /** Ascending timestamps by key. */
    private final Map<Object, long[]> deletedAt = new ConcurrentHashMap<>();

    void add(Column keys, long timestamp) {
        for (int row = 0; row < keys.rowCount(); row++) {
            deletedAt.merge(Keys.valueAt(keys, row), new long[] {timestamp}, Tombstones::append);
        }
    }

    boolean isEmpty() {
        return deletedAt.isEmpty();
    }

    int keyCount() {
        return deletedAt.size();
    }

    /** The last timestamp up to {@code limit} at which a key was deleted, or 0. */
    long lastDelete(Object key, long limit) {
        long[] timestamps = deletedAt.get(key);
        return timestamps == null ? 0 : lastUpTo(timestamps, limit);
    }

    /** Calls {@code each} with every key that was deleted up to {@code limit}, and the last timestamp up to there. */
    void forEach(long limit, BiConsumer<Object, Long> each) {
        deletedAt.forEach((key, timestamps) -> {
            long last = lastUpTo(timestamps, limit);
            if (last > 0) {
                each.accept(key, last);
            }
        });
    }

    /** Those after {@code timestamp}, a new object. */
    Tombstones after(long timestamp) {
        Tombstones later = new Tombstones();
        deletedAt.forEach((key, timestamps) -> {
            long[] left = Arrays.stream(timestamps)
                    .filter(deleted -> deleted > timestamp)
                    .toArray();
            if (left.length > 0) {
                later.deletedAt.put(key, left);
            }
        });
        return later;
    }

    private static long lastUpTo(long[] timestamps, long limit) {
        for (int i = timestamps.length - 1; i >= 0; i--) {
            if (timestamps[i] <= limit) {
                return timestamps[i];
            }
        }
        return 0;
    }

    private static long[] append(long[] timestamps, long[] added) {
        long[] longer = Arrays.copyOf(timestamps, timestamps.length + 1);
        longer[timestamps.length] = added[0];
        return longer;
    }
}
