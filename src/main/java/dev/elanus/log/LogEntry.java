package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import org.jspecify.annotations.Nullable;

/**
 * One write: it deletes the rows of some keys that are older, then adds rows. Applied whole or not at all.
 *
 * @param deletedKeys null if nothing is deleted
 * @param rows every field of the schema by its id, null if nothing is added
 */
public record LogEntry(
        @Nullable Column deletedKeys, @Nullable Columns rows) {
    public int deletedCount() {
        return deletedKeys == null ? 0 : deletedKeys.rowCount();
    }

    public int rowCount() {
        return rows == null ? 0 : rows.rowCount();
    }

    public long sizeBytes() {
        return (deletedKeys == null ? 0 : deletedKeys.sizeBytes()) + (rows == null ? 0 : rows.sizeBytes());
    }
}
