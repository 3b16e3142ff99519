package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.manifest.Partition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write that waits for its place in the log.
 *
 * @param deletedKeys null if nothing is deleted
 * @param deletedIn the number of the one partition that rows are deleted of, or {@link LogEntry#EVERYWHERE}
 * @param rows every field of the schema by its id, but for the primary key where it is to be generated; null if nothing is added
 * @param generateKeys whether the rows get generated keys
 */
public record PendingWrite(
        @Nullable Column deletedKeys,
        int deletedIn,
        @Nullable Columns rows,
        boolean generateKeys) {
    /** Bytes of its keys and rows. */
    public long sizeBytes() {
        return (deletedKeys == null ? 0 : deletedKeys.sizeBytes()) + (rows == null ? 0 : rows.sizeBytes());
    }

    /** The number of the partition that rows are added to; of several, one. */
    int partition() {
        return rows == null || rows.rowCount() == 0
                ? Partition.DEFAULT_NUMBER
                : PartitionColumn.numbers(rows).applyAsInt(0);
    }

    LogEntry entry(GeneratedKeys keys) {
        if (!generateKeys || rows == null) {
            return new LogEntry(deletedKeys, deletedIn, rows);
        }
        Map<Integer, Column> columns = new LinkedHashMap<>();
        columns.put(keys.field().id(), keys.next(rows.rowCount()));
        columns.putAll(rows.byFieldId());
        return new LogEntry(deletedKeys, deletedIn, new Columns(rows.rowCount(), columns));
    }
}
