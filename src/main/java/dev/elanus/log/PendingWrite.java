package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write that waits for its place in the log.
 *
 * @param deletedKeys null if nothing is deleted
 * @param rows every field of the schema by its id, but for the primary key where it is to be generated; null if nothing is added
 * @param generateKeys whether the rows get generated keys
 */
public record PendingWrite(
        @Nullable Column deletedKeys, @Nullable Columns rows, boolean generateKeys) {
    /** Bytes of its keys and rows. */
    public long sizeBytes() {
        return (deletedKeys == null ? 0 : deletedKeys.sizeBytes()) + (rows == null ? 0 : rows.sizeBytes());
    }

    LogEntry entry(GeneratedKeys keys) {
        if (!generateKeys || rows == null) {
            return new LogEntry(deletedKeys, rows);
        }
        Map<Integer, Column> columns = new LinkedHashMap<>();
        columns.put(keys.field().id(), keys.next(rows.rowCount()));
        columns.putAll(rows.byFieldId());
        return new LogEntry(deletedKeys, new Columns(rows.rowCount(), columns));
    }
}
