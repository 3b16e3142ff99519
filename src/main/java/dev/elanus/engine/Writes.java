package dev.elanus.engine;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.Keys;
import dev.elanus.error.Busy;
import dev.elanus.error.Invalid;
import dev.elanus.error.Invalid.Reason;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.filter.Filter;
import dev.elanus.filter.FilterConstants;
import dev.elanus.filter.FilterKeys;
import dev.elanus.filter.TemplateValue;
import dev.elanus.host.Admission.Ticket;
import dev.elanus.host.Host;
import dev.elanus.log.Appended;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.LogEntry;
import dev.elanus.log.PendingWrite;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.schema.Trait;
import dev.elanus.search.FilterText;
import dev.elanus.search.OutputRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The write path of one collection after the other: rows in, rows replaced, rows changed, rows out. Safe for use from many threads. */
final class Writes {
    /** A write is in memory as it came and as it is stored. */
    private static final int COPIES = 2;

    private static final Duration INTERNAL_LIMIT = Duration.ofMinutes(10);
    private static final String KEYS = "keys";

    private final EngineParts parts;
    private final Duration lookAge;
    private final Host host;
    private final KeyTurns turns;

    Writes(EngineParts parts, Duration lookAge) {
        this.parts = parts;
        this.lookAge = lookAge;
        this.host = parts.host();
        this.turns = new KeyTurns(host);
    }

    WriteResult insert(
            CollectionLog log,
            String partition,
            Function<CollectionSchema, Columns> rows,
            long schemaTimestamp,
            Duration limit) {
        Manifest manifest = writable(log, schemaTimestamp);
        CollectionSchema schema = manifest.schema();
        WritePartition target = WritePartition.of(manifest, partition);
        Columns complete = target.mark(IncomingRows.complete(schema, rows.apply(schema), WriteKind.INSERT));
        boolean generates = !complete.has(schema.primaryKey().id());
        PendingWrite write = new PendingWrite(null, LogEntry.EVERYWHERE, complete, generates);
        return append(log, write, complete.rowCount(), limit);
    }

    WriteResult upsert(
            CollectionLog log,
            String partition,
            Function<CollectionSchema, Columns> rows,
            long schemaTimestamp,
            Duration limit) {
        Manifest manifest = writable(log, schemaTimestamp);
        CollectionSchema schema = manifest.schema();
        Columns complete = IncomingRows.complete(schema, rows.apply(schema), WriteKind.UPSERT);
        RequestRules.checkDistinct(complete.column(schema.primaryKey().id()));
        return replace(log, schema, WritePartition.of(manifest, partition), complete, limit);
    }

    /**
     * As {@link #upsert}, but fields that are not given are those of the stored row. Updates of the same keys take turns within this process; what
     * another process writes between the reading and the writing is replaced as by an upsert.
     */
    WriteResult update(
            CollectionLog log,
            String partition,
            Function<CollectionSchema, Columns> rows,
            Map<String, FieldOperation> operations,
            long schemaTimestamp,
            Duration limit) {
        Manifest manifest = writable(log, schemaTimestamp);
        CollectionSchema schema = manifest.schema();
        WritePartition target = WritePartition.of(manifest, partition);
        Columns given = rows.apply(schema);
        PartialRows.check(schema, operations, given);
        IncomingRows.checkUpdate(schema, given);
        Column keys = given.column(schema.primaryKey().id());
        RequestRules.checkDistinct(keys);
        long startedAt = host.nanoTime();
        try (KeyTurns.Turn _ = turns.take(log.collectionId(), keys, limit)) {
            Columns stored = stored(log, schema, target, keys);
            Columns merged = PartialRows.merge(schema, given, operations, stored);
            Columns complete = IncomingRows.completeMerged(schema, merged);
            return replace(log, schema, target, complete, limit.minusNanos(host.nanoTime() - startedAt));
        }
    }

    WriteResult delete(CollectionLog log, String partition, FilterText filter, Duration limit) {
        Manifest manifest = writable(log, 0);
        CollectionSchema schema = manifest.schema();
        int deletedIn = WritePartition.deletedIn(manifest, partition);
        Column keys = keysToDelete(log, schema, partition, filter);
        if (keys.rowCount() == 0) {
            return new WriteResult(
                    Column.empty(schema.primaryKey()), 0, parts.clock().next());
        }
        return append(log, new PendingWrite(keys, deletedIn, null, false), keys.rowCount(), limit);
    }

    private WriteResult replace(
            CollectionLog log, CollectionSchema schema, WritePartition target, Columns complete, Duration limit) {
        Field key = schema.primaryKey();
        boolean generates = key.autoId() && !key.is(Trait.KEPT_KEYS);
        Columns marked = target.mark(complete);
        Columns rows = generates ? marked.without(key.id()) : marked;
        PendingWrite write = new PendingWrite(complete.column(key.id()), target.deletedIn(), rows, generates);
        return append(log, write, complete.rowCount(), limit);
    }

    /** The stored rows of some keys, with every field that clients write. */
    private Columns stored(CollectionLog log, CollectionSchema schema, WritePartition target, Column keys) {
        List<TemplateValue> values = new ArrayList<>(keys.rowCount());
        for (int row = 0; row < keys.rowCount(); row++) {
            values.add(
                    Keys.valueAt(keys, row) instanceof Long number
                            ? new TemplateValue.Int(number)
                            : new TemplateValue.Text((String) Keys.valueAt(keys, row)));
        }
        FilterText filter = new FilterText(
                schema.primaryKey().name() + " in {" + KEYS + "}", Map.of(KEYS, new TemplateValue.Array(values)));
        OutputRows output = parts.reads().rows(log, target.names(), filter, INTERNAL_LIMIT);
        Map<Integer, Column> columns = new LinkedHashMap<>();
        output.columns().forEach(column -> columns.put(column.field().id(), column.column()));
        return new Columns(output.rowCount(), columns);
    }

    private WriteResult append(CollectionLog log, PendingWrite write, long count, Duration limit) {
        long startedAt = host.nanoTime();
        try (Ticket _ = parts.writes().enter(COPIES * write.sizeBytes(), limit)) {
            CompletableFuture<Appended> pending = log.append(write);
            Duration left = limit.minusNanos(host.nanoTime() - startedAt);
            if (!host.await(pending, left.isNegative() ? Duration.ZERO : left)) {
                if (log.withdraw(pending)) {
                    throw new Busy("the write waited for its whole time of " + limit + "; retry later");
                }
                throw new OutcomeUnknown("the write took longer than its limit of " + limit
                        + ": whether it is stored is not known, read before writing again");
            }
            Appended appended = host.await(pending);
            Column none = Column.empty(log.view().manifest().schema().primaryKey());
            return new WriteResult(appended.keys().orElse(none), count, appended.timestamp());
        }
    }

    private Manifest writable(CollectionLog log, long schemaTimestamp) {
        Manifest manifest = log.viewWithin(lookAge).manifest();
        log.checkThere(manifest);
        if (schemaTimestamp > manifest.collection().updatedTimestamp()) {
            // The writer knows a schema that we do not know yet.
            manifest = host.await(log.look()).view().manifest();
            log.checkThere(manifest);
        }
        if (schemaTimestamp > 0 && schemaTimestamp < manifest.collection().updatedTimestamp()) {
            throw new Invalid(
                    Reason.SCHEMA_MISMATCH,
                    "collection schema mismatch[collection=" + manifest.name().name() + "]");
        }
        return manifest;
    }

    private Column keysToDelete(CollectionLog log, CollectionSchema schema, String partition, FilterText text) {
        List<String> partitions = partition.isEmpty() ? List.of() : List.of(partition);
        Filter filter = RequestRules.parseDelete(schema, text);
        if (filter == null || FilterConstants.isAlwaysTrue(filter)) {
            throw new Invalid("failed to create delete plan: delete plan can't be empty or always true");
        }
        Optional<Column> listed = FilterKeys.of(filter, schema);
        return listed.orElseGet(() -> parts.reads().keys(log, partitions, text, INTERNAL_LIMIT));
    }
}
