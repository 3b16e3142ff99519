package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.filter.LookupTarget;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that one request reads from one place: a sealed segment or a chunk of the tail. A request uses its sources from several threads, but
 * sets {@link #restrict} from one.
 */
abstract sealed class Source implements AutoCloseable permits SealedSource, GrowingSource {
    /** Null for all rows: that needs no memory, and most searches have no filter. */
    private @Nullable RowSet allowed;

    /** Counted once: null until it is asked for. */
    private @Nullable Integer allowedCount;

    abstract int rowCount();

    /** Columns as views. Only rows whose bytes were brought may be read. */
    abstract Columns view(Collection<Field> fields);

    /** What must be present to read every row of some fields. */
    abstract List<Need> whole(Collection<Field> fields);

    /** What must be present before {@link #rows} can be asked. */
    abstract List<Need> frames(Collection<Field> fields);

    /** What must be present to read some rows of some fields. */
    abstract List<Need> rows(Collection<Field> fields, int[] rows);

    /** The scalar indexes that are at hand for the request's filter. */
    Map<LookupTarget, ScalarLookup> lookups() {
        return Map.of();
    }

    /** Whether rows lie in ascending order of their keys. */
    abstract boolean isSorted();

    /** The rows that may still be in the result, null for all. */
    final @Nullable RowSet allowed() {
        return allowed;
    }

    final int allowedCount() {
        if (allowed == null) {
            return rowCount();
        }
        if (allowedCount == null) {
            allowedCount = allowed.cardinality();
        }
        return allowedCount;
    }

    final boolean isAllowed(int row) {
        return allowed == null || allowed.contains(row);
    }

    /** The first allowed row from {@code from} on, or -1. */
    final int nextAllowed(int from) {
        if (allowed == null) {
            return from < rowCount() ? from : -1;
        }
        return allowed.next(from);
    }

    final void restrict(RowSet to) {
        allowed = allowed == null ? to : allowed.and(to);
        allowedCount = null;
    }

    /** Bytes of the values of all rows of a field, whether they are present or not. */
    abstract long bytes(Field field);

    final Column column(Field field) {
        return view(List.of(field)).column(field.id());
    }

    final long timestampAt(int row) {
        return ((FixedColumn) column(CollectionSchema.timestampField())).longAt(row);
    }

    @Override
    public abstract void close();
}
