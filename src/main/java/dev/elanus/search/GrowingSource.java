package dev.elanus.search;

import dev.elanus.column.Columns;
import dev.elanus.column.RowSet;
import dev.elanus.log.Expiry;
import dev.elanus.log.Tail;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chunk of the tail: in memory, in the order in which its rows were written. */
final class GrowingSource extends Source {
    private final Tail.Chunk chunk;

    /** @param part the rows that are read, null for all */
    GrowingSource(Tail tail, Tail.Chunk chunk, @Nullable RowSet part, Expiry expiry) {
        this.chunk = chunk;
        if (tail.hasDeletes()) {
            restrict(tail.live(chunk));
        }
        if (part != null) {
            restrict(part);
        }
        if (expiry.takesSome(chunk)) {
            restrict(expiry.alive(chunk.timestamps()));
        }
    }

    @Override
    int rowCount() {
        return chunk.rowCount();
    }

    @Override
    Columns view(Collection<Field> fields) {
        return chunk.rows();
    }

    @Override
    List<Need> whole(Collection<Field> fields) {
        return List.of();
    }

    @Override
    List<Need> frames(Collection<Field> fields) {
        return List.of();
    }

    @Override
    List<Need> rows(Collection<Field> fields, int[] rows) {
        return List.of();
    }

    @Override
    long bytes(Field field) {
        return column(field).sizeBytes();
    }

    @Override
    boolean isSorted() {
        return false;
    }

    @Override
    public void close() {}
}
