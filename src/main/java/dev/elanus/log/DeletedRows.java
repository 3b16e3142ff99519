package dev.elanus.log;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.column.RowSet;
import dev.elanus.error.Corrupt;
import dev.elanus.manifest.DeletesEntry;
import dev.elanus.manifest.LogPosition;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.segment.DeletedBitmap;
import dev.elanus.storage.ObjectStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a segment are deleted: by its bitmap, and by what the log holds since. Both are kept for the segments that were read last.
 * Safe for use from many threads.
 */
public final class DeletedRows {
    private static final int MAX_KEPT = 256;

    private final Map<String, RowSet> bitmaps = lru();
    private final Map<LogKey, RowSet> byLog = lru();

    /** The end with its timestamp: a view of the past may end within a batch. */
    private record LogKey(long segmentId, long sealedSequence, LogPosition end) {}

    /** The rows of the segment's bitmap: one read unless it is kept. */
    public RowSet bitmap(ObjectStore store, SegmentEntry segment) {
        DeletesEntry deletes = segment.deletes();
        if (deletes == null) {
            return RowSet.none(segment.rowCount());
        }
        RowSet kept = get(bitmaps, deletes.key());
        if (kept != null) {
            return kept;
        }
        RowSet read = DeletedBitmap.decode(
                deletes.key(),
                store.get(deletes.key())
                        .orElseThrow(() -> new Corrupt(deletes.key() + ": the manifest names it and it is gone")),
                segment.rowCount());
        put(bitmaps, deletes.key(), read);
        return read;
    }

    /** The columns that {@link #byLog} looks at. */
    public static List<Field> fields(SegmentEntry segment, Field primaryKey) {
        return segment.onlyPartition() >= 0
                ? List.of(primaryKey)
                : List.of(primaryKey, CollectionSchema.partitionField());
    }

    /** Whether {@link #byLog} is known without looking at the segment's keys. */
    public boolean isKnown(SegmentEntry segment, Tail tail) {
        return !tail.hasDeletes() || get(byLog, key(segment, tail)) != null;
    }

    /**
     * The rows whose keys the log deleted after they were sealed.
     *
     * @param rows with the segment's key column, ascending, whole, and its partitions' numbers if it holds several; not read where {@link #isKnown}
     * @param key the primary key
     */
    public RowSet byLog(SegmentEntry segment, Tail tail, Columns rows, Field key) {
        if (!tail.hasDeletes()) {
            return RowSet.none(segment.rowCount());
        }
        RowSet kept = get(byLog, key(segment, tail));
        if (kept != null) {
            return kept;
        }
        RowSet found = find(segment, tail, rows, key);
        put(byLog, key(segment, tail), found);
        return found;
    }

    private static RowSet find(SegmentEntry segment, Tail tail, Columns rows, Field primary) {
        Column keys = rows.column(primary.id());
        RowSet found = RowSet.none(keys.rowCount());
        int only = segment.onlyPartition();
        IntUnaryOperator partitions = only >= 0 ? _ -> only : PartitionColumn.numbers(rows);
        tail.forEachDeletedKey((key, partition, timestamp) -> {
            if (partition == LogEntry.EVERYWHERE || partition == only) {
                addRows(found, keys, single(key));
            } else if (segment.partitions().containsKey(partition)) {
                addRows(found, keys, single(key), 0, row -> partitions.applyAsInt(row) == partition);
            }
        });
        return found;
    }

    /** Adds the rows of one key, found by binary search in an ascending column. */
    public static void addRows(RowSet found, Column keys, Column key) {
        addRows(found, keys, key, 0);
    }

    private static void addRows(RowSet found, Column keys, Column sought, int at, IntPredicate wanted) {
        for (int row = Keys.lowerBound(keys, null, sought, at);
                row < keys.rowCount() && Keys.compare(keys, row, sought, at) == 0;
                row++) {
            if (wanted.test(row)) {
                found.add(row);
            }
        }
    }

    /** Adds the rows whose key is that of {@code sought} at {@code at}. */
    public static void addRows(RowSet found, Column keys, Column sought, int at) {
        addRows(found, keys, sought, at, _ -> true);
    }

    private static Column single(Object key) {
        return key instanceof Long number
                ? FixedColumn.ofLongs(new long[] {number})
                : BytesColumn.of(DataType.VARCHAR, List.of((String) key));
    }

    private static LogKey key(SegmentEntry segment, Tail tail) {
        return new LogKey(segment.id(), tail.sealed().sequence(), tail.end());
    }

    private static <K> Map<K, RowSet> lru() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, RowSet> eldest) {
                return size() > MAX_KEPT;
            }
        };
    }

    private static <K> @Nullable RowSet get(Map<K, RowSet> map, K key) {
        synchronized (map) {
            return map.get(key);
        }
    }

    private static <K> void put(Map<K, RowSet> map, K key, RowSet rows) {
        synchronized (map) {
            map.put(key, rows);
        }
    }
}
