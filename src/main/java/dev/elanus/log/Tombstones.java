package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The deletes of the log that are not in bitmaps yet: for each key the timestamps at which it was deleted, in one partition or in all. Grows
 * only; a reader looks up to the timestamp of its own snapshot and so is not disturbed by what is added later. One thread adds at a time,
 * many read.
 */
final class Tombstones {
    /** Ascending timestamps by key, of deletes in all partitions. */
    private final Map<Object, long[]> everywhere = new ConcurrentHashMap<>();
    /** Ascending timestamps of deletes in one partition. */
    private final Map<Scoped, long[]> inPartition = new ConcurrentHashMap<>();

    private record Scoped(Object key, int partition) {}

    /** Takes deletes one by one. */
    interface Visitor {
        /**
         * @param key a Long or a String
         * @param partition the number of the one partition that it holds for, or {@link LogEntry#EVERYWHERE}
         * @param timestamp of the last delete
         */
        void accept(Object key, int partition, long timestamp);
    }

    void add(Column keys, int partition, long timestamp) {
        for (int row = 0; row < keys.rowCount(); row++) {
            Object key = Keys.valueAt(keys, row);
            long[] added = {timestamp};
            if (partition == LogEntry.EVERYWHERE) {
                everywhere.merge(key, added, Tombstones::append);
            } else {
                inPartition.merge(new Scoped(key, partition), added, Tombstones::append);
            }
        }
    }

    boolean isEmpty() {
        return everywhere.isEmpty() && inPartition.isEmpty();
    }

    int keyCount() {
        return everywhere.size() + inPartition.size();
    }

    /** The last timestamp up to {@code limit} at which a key was deleted in a partition, or 0. */
    long lastDelete(Object key, int partition, long limit) {
        long last = lastUpTo(everywhere.get(key), limit);
        return inPartition.isEmpty()
                ? last
                : Math.max(last, lastUpTo(inPartition.get(new Scoped(key, partition)), limit));
    }

    /** Calls {@code each} with every key that was deleted up to {@code limit}. */
    void forEach(long limit, Visitor each) {
        everywhere.forEach((key, timestamps) -> visit(key, LogEntry.EVERYWHERE, lastUpTo(timestamps, limit), each));
        inPartition.forEach(
                (scoped, timestamps) -> visit(scoped.key(), scoped.partition(), lastUpTo(timestamps, limit), each));
    }

    private static void visit(Object key, int partition, long last, Visitor each) {
        if (last > 0) {
            each.accept(key, partition, last);
        }
    }

    /** Those after {@code timestamp}, a new object. */
    Tombstones after(long timestamp) {
        Tombstones later = new Tombstones();
        copyAfter(timestamp, everywhere, later.everywhere);
        copyAfter(timestamp, inPartition, later.inPartition);
        return later;
    }

    private static <K> void copyAfter(long timestamp, Map<K, long[]> from, Map<K, long[]> to) {
        from.forEach((key, timestamps) -> {
            long[] left = Arrays.stream(timestamps)
                    .filter(deleted -> deleted > timestamp)
                    .toArray();
            if (left.length > 0) {
                to.put(key, left);
            }
        });
    }

    private static long lastUpTo(long @Nullable [] timestamps, long limit) {
        if (timestamps == null) {
            return 0;
        }
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
