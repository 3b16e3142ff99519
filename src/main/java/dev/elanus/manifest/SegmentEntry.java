package dev.elanus.manifest;

import dev.elanus.column.ColumnStatistics;
import dev.elanus.segment.RowsLayout;
import dev.elanus.storage.ObjectRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One sealed segment.
 *
 * @param id unique, also between processes
 * @param rowCount rows, deleted ones included
 * @param rows the object that holds the columns
 * @param layout where the columns lie in it, so that a cold reader asks for them without opening it first
 * @param statistics by field id
 * @param partitions how many rows, deleted ones included, by the number of their partition, ascending; at least one
 * @param deletes null where no row is deleted
 * @param indexes those that are built
 */
public record SegmentEntry(
        long id,
        int rowCount,
        ObjectRef rows,
        RowsLayout layout,
        Map<Integer, ColumnStatistics> statistics,
        SortedMap<Integer, Integer> partitions,
        @Nullable DeletesEntry deletes,
        List<IndexEntry> indexes) {
    public SegmentEntry {
        statistics = Map.copyOf(statistics);
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        indexes = List.copyOf(indexes);
    }

    /** The partition of all its rows, or -1 where they are of several. */
    public int onlyPartition() {
        return partitions.size() == 1 ? partitions.firstKey() : -1;
    }

    public long deletedCount() {
        return deletes == null ? 0 : deletes.count();
    }

    public long liveCount() {
        return rowCount - deletedCount();
    }

    /** Bytes of all its objects but the bitmap. */
    public long sizeBytes() {
        return rows.length()
                + indexes.stream().mapToLong(index -> index.object().length()).sum();
    }

    public Optional<IndexEntry> index(long indexId) {
        return indexes.stream().filter(index -> index.indexId() == indexId).findFirst();
    }

    SegmentEntry withId(long newId) {
        return new SegmentEntry(newId, rowCount, rows, layout, statistics, partitions, deletes, indexes);
    }

    public SegmentEntry withDeletes(@Nullable DeletesEntry newDeletes) {
        return new SegmentEntry(id, rowCount, rows, layout, statistics, partitions, newDeletes, indexes);
    }

    public SegmentEntry withIndex(IndexEntry added) {
        List<IndexEntry> all = new ArrayList<>(indexes);
        all.add(added);
        return new SegmentEntry(id, rowCount, rows, layout, statistics, partitions, deletes, all);
    }

    public SegmentEntry withoutIndex(long indexId) {
        List<IndexEntry> left =
                indexes.stream().filter(index -> index.indexId() != indexId).toList();
        return new SegmentEntry(id, rowCount, rows, layout, statistics, partitions, deletes, left);
    }
}
