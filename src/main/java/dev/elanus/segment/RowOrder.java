package dev.elanus.segment;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.column.RowSet;
import dev.elanus.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Rows of several sources in ascending order of primary key, then of write timestamp: the order of a segment.
 *
 * @param sources one a row: which source it comes from
 * @param rows one a row: its number there
 */
public record RowOrder(int[] sources, int[] rows) {
    public int rowCount() {
        return rows.length;
    }

    public int sourceAt(int place) {
        return sources[place];
    }

    public int rowAt(int place) {
        return rows[place];
    }

    /**
     * The order of the rows that are kept.
     *
     * @param sources each with the columns of key and timestamp
     * @param kept one a source: the rows that are not deleted
     */
    public static RowOrder merge(CollectionSchema schema, List<Columns> sources, List<RowSet> kept) {
        int keyId = schema.primaryKey().id();
        int total = 0;
        List<Cursor> cursors = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            total += kept.get(i).cardinality();
            Columns columns = sources.get(i);
            cursors.add(new Cursor(
                    i,
                    columns.column(keyId),
                    (FixedColumn) columns.column(CollectionSchema.TIMESTAMP_FIELD_ID),
                    kept.get(i)));
        }
        PriorityQueue<Cursor> heads = new PriorityQueue<>(Cursor::compare);
        cursors.stream().filter(Cursor::next).forEach(heads::add);
        int[] from = new int[total];
        int[] rows = new int[total];
        for (int at = 0; at < total; at++) {
            Cursor head = heads.remove();
            from[at] = head.source;
            rows[at] = head.row();
            if (head.next()) {
                heads.add(head);
            }
        }
        return new RowOrder(from, rows);
    }

    /** Walks one source in ascending order of its keys, over the rows that are kept. */
    private static final class Cursor {
        private final int source;
        private final Column keys;
        private final FixedColumn timestamps;
        private final RowSet kept;
        private final int[] order;
        private int at = -1;

        Cursor(int source, Column keys, FixedColumn timestamps, RowSet kept) {
            this.source = source;
            this.keys = keys;
            this.timestamps = timestamps;
            this.kept = kept;
            order = Keys.sortedOrder(keys);
        }

        int row() {
            return order[at];
        }

        boolean next() {
            do {
                at++;
            } while (at < order.length && !kept.contains(order[at]));
            return at < order.length;
        }

        static int compare(Cursor a, Cursor b) {
            int byKey = Keys.compare(a.keys, a.row(), b.keys, b.row());
            return byKey != 0 ? byKey : Long.compare(a.timestamps.longAt(a.row()), b.timestamps.longAt(b.row()));
        }
    }
}
