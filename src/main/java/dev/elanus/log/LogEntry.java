package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import org.jspecify.annotations.Nullable;

/**
 * One write: it deletes the rows of some keys that are older, then adds rows. Applied whole or not at all.
 *
 * @param deletedKeys null if nothing is deleted
 * @param deletedIn the number of the one partition that rows are deleted of, or {@link #EVERYWHERE}
 * @param rows every field of the schema by its id, and the partitions' numbers where they are of others than the default one; null if nothing is added
 */
public record LogEntry(
        @Nullable Column deletedKeys,
        int deletedIn,
        @Nullable Columns rows) {
    /** Rows are deleted of all partitions. */
    public static final int EVERYWHERE = -1;

    /** A write that deletes rows of all partitions, if any. */
    public LogEntry(@Nullable Column deletedKeys, @Nullable Columns rows) {
        this(deletedKeys, EVERYWHERE, rows);
    }

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
