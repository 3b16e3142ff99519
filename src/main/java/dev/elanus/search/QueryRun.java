package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import dev.elanus.error.Invalid;
import dev.elanus.host.Host;
import dev.elanus.log.DeletedRows;
import dev.elanus.log.View;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import dev.elanus.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** One query over one view: restrict, walk all sources in the order of their keys, read the output fields. */
final class QueryRun {
    /** Which row it is, and where. */
    private static final long BYTES_A_ROW = 40;

    private final ObjectStore store;
    private final Host host;
    private final DeletedRows deleted;
    private final View view;
    private final QueryRequest request;
    private final Sources sources;
    private final Waves waves;

    QueryRun(
            ObjectStore store,
            Host host,
            DeletedRows deleted,
            View view,
            QueryRequest request,
            Sources sources,
            Waves waves) {
        this.store = store;
        this.host = host;
        this.deleted = deleted;
        this.view = view;
        this.request = request;
        this.sources = sources;
        this.waves = waves;
    }

    /** @throws Invalid if what is asked for does not go together */
    static void check(QueryRequest request) {
        boolean counts = request.outputFields().contains(OutputFields.COUNT);
        if (counts && request.outputFields().size() > 1) {
            throw new Invalid("count(*) cannot be combined with other output fields, found " + request.outputFields());
        }
        if (counts && (request.limit() != -1 || request.offset() != 0)) {
            throw new Invalid("count entities with pagination is not allowed");
        }
        if (counts && !request.orderBy().isEmpty()) {
            throw new Invalid("count entities with order_by_fields is not allowed");
        }
        if (!counts && request.filter().isBlank() && request.limit() == -1) {
            throw new Invalid("empty expression should be used with limit");
        }
        SearchLimits.checkWindow(request.limit(), request.offset());
    }

    QueryResult count(ReadFilter filter) {
        OutputFields key = OutputFields.resolve(schema(), List.of(), List.of(schema().primaryKey()));
        long count;
        if (filter.isEverything() && !view.tail().hasDeletes() && sources.isNothingLeftOut()) {
            count = request.ignoreGrowing() ? 0 : view.tail().rowCount();
            for (SealedSource source : sources.sealed()) {
                count += source.segment().liveCount();
            }
        } else {
            waves.bring(sources.firstNeeds(deleted, List.of()));
            sources.restrict(store, waves, deleted, host);
            count = sources.all().stream().mapToLong(Source::allowedCount).sum();
        }
        OutputRows none = new OutputReader().read(waves, List.of(), key);
        return new QueryResult(schema(), none, OptionalLong.of(count), view.timestamp(), cost());
    }

    QueryResult rows(OutputReader outputReader) {
        Field key = schema().primaryKey();
        OutputFields output = OutputFields.resolve(schema(), request.outputFields(), List.of(key));
        Ordering ordering = Ordering.of(schema(), request.orderBy());
        List<Need> needs = new ArrayList<>(sources.firstNeeds(deleted, output.fields()));
        sources.sealed().forEach(source -> needs.addAll(source.whole(List.of(key))));
        waves.bring(needs);
        sources.restrict(store, waves, deleted, host);
        long end = request.limit() == -1 ? Long.MAX_VALUE : request.offset() + request.limit();
        long passing = sources.all().stream().mapToLong(Source::allowedCount).sum();
        long walked = ordering == null ? end : Long.MAX_VALUE;
        waves.reserve(Math.min(walked, passing) * BYTES_A_ROW);
        List<RowRef> walk = inKeyOrder(key, walked);
        List<RowRef> ordered = ordering == null ? walk : ordering.first(end, walk, waves, outputReader);
        List<RowRef> rows = ordered.subList((int) Math.min(request.offset(), ordered.size()), ordered.size());
        return new QueryResult(
                schema(), outputReader.read(waves, rows, output), OptionalLong.empty(), view.timestamp(), cost());
    }

    private List<RowRef> inKeyOrder(Field key, long end) {
        PriorityQueue<Cursor> heads = new PriorityQueue<>(Cursor::compare);
        for (Source source : sources.all()) {
            Cursor cursor = new Cursor(source, source.column(key));
            if (cursor.next()) {
                heads.add(cursor);
            }
        }
        List<RowRef> rows = new ArrayList<>();
        while (rows.size() < end && !heads.isEmpty()) {
            rows.add(takeOneKey(heads));
        }
        return rows;
    }

    /** Takes all rows of the smallest key and gives the newest of them. */
    private RowRef takeOneKey(PriorityQueue<Cursor> heads) {
        Cursor first = heads.remove();
        int firstRow = first.row();
        List<RowRef> same = new ArrayList<>(List.of(first.ref()));
        advance(first, heads);
        while (!heads.isEmpty() && heads.peek().hasKeyOf(first.keys, firstRow)) {
            Cursor other = heads.remove();
            same.add(other.ref());
            advance(other, heads);
        }
        return same.size() == 1 ? same.getFirst() : same.get(Merge.newest(waves, same));
    }

    private static void advance(Cursor cursor, PriorityQueue<Cursor> heads) {
        if (cursor.next()) {
            heads.add(cursor);
        }
    }

    private CollectionSchema schema() {
        return view.manifest().schema();
    }

    private RequestCost cost() {
        long scanned = sources.all().stream().mapToLong(Source::rowCount).sum();
        return RequestCost.of(waves.meter(), scanned, sources.sealed().size(), sources.pruned());
    }

    /** Walks the allowed rows of one source in ascending order of their keys. */
    private static final class Cursor {
        private final Source source;
        private final Column keys;
        private final int[] order;
        private int at = -1;

        Cursor(Source source, Column keys) {
            this.source = source;
            this.keys = keys;
            this.order = source.isSorted() ? new int[0] : Keys.sortedOrder(keys);
        }

        int row() {
            return source.isSorted() ? at : order[at];
        }

        RowRef ref() {
            return new RowRef(source, row());
        }

        boolean next() {
            if (source.isSorted()) {
                at = source.nextAllowed(at + 1);
                return at >= 0;
            }
            do {
                at++;
            } while (at < order.length && !source.isAllowed(order[at]));
            return at < order.length;
        }

        boolean hasKeyOf(Column others, int otherRow) {
            return Keys.compare(keys, row(), others, otherRow) == 0;
        }

        static int compare(Cursor a, Cursor b) {
            return Keys.compare(a.keys, a.row(), b.keys, b.row());
        }
    }
}
