package dev.elanus.log;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.column.RowSet;
import dev.elanus.error.Corrupt;
import dev.elanus.manifest.DeletesEntry;
import dev.elanus.manifest.LogPosition;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.DataType;
import dev.elanus.segment.DeletedBitmap;
import dev.elanus.storage.ObjectStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Whether {@link #byLog} is known without looking at the segment's keys. */
    public boolean isKnown(SegmentEntry segment, Tail tail) {
        return !tail.hasDeletes() || get(byLog, key(segment, tail)) != null;
    }

    /**
     * The rows whose keys the log deleted after they were sealed.
     *
     * @param keys the segment's key column, ascending, whole; not read where {@link #isKnown}
     */
    public RowSet byLog(SegmentEntry segment, Tail tail, Column keys) {
        if (!tail.hasDeletes()) {
            return RowSet.none(segment.rowCount());
        }
        RowSet kept = get(byLog, key(segment, tail));
        if (kept != null) {
            return kept;
        }
        RowSet found = find(tail, keys);
        put(byLog, key(segment, tail), found);
        return found;
    }

    private static RowSet find(Tail tail, Column keys) {
        RowSet found = RowSet.none(keys.rowCount());
        tail.forEachDeletedKey((key, timestamp) -> addRows(found, keys, single(key)));
        return found;
    }

    /** Adds the rows of one key, found by binary search in an ascending column. */
    public static void addRows(RowSet found, Column keys, Column key) {
        addRows(found, keys, key, 0);
    }

    /** Adds the rows whose key is that of {@code sought} at {@code at}. */
    public static void addRows(RowSet found, Column keys, Column sought, int at) {
        for (int row = Keys.lowerBound(keys, null, sought, at);
                row < keys.rowCount() && Keys.compare(keys, row, sought, at) == 0;
                row++) {
            found.add(row);
        }
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
