package dev.elanus.maintenance;

import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.error.Conflict;
import dev.elanus.host.Batcher;
import dev.elanus.host.Host;
import dev.elanus.index.Indexes;
import dev.elanus.index.Progress;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.DeletedRows;
import dev.elanus.log.Expiry;
import dev.elanus.log.LogKeys;
import dev.elanus.log.PartitionColumn;
import dev.elanus.log.Tail;
import dev.elanus.log.View;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.Changes;
import dev.elanus.manifest.DeletesEntry;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.segment.DeletedBitmap;
import dev.elanus.segment.RowOrder;
import dev.elanus.storage.Content;
import dev.elanus.storage.Meter;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.MirroredObject;
import dev.elanus.storage.Need;
import dev.elanus.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs. Each reads immutable objects, writes new ones and publishes them by one change of the manifest; a job that dies leaves only
 * garbage, and one that another process was quicker with ends in {@link Conflict}, harmless. Safe for use from many threads.
 */
public final class Maintainer {
    /** No job is too long that takes less, however short the long grace may be. */
    private static final Duration NEVER_TOO_LONG = Duration.ofMinutes(10);

    private final ObjectStore store;
    private final Mirror mirror;
    private final Host host;
    private final DeletedRows deleted;
    private final SegmentBuilder builder;
    private final Duration longest;
    /** Who wants the same log sealed at the same time waits for the same job: each would write all its rows. */
    private final Map<CollectionLog, Batcher<CollectionLog, Boolean>> seals =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** @param longGrace after which the collector removes an object that no manifest names */
    public Maintainer(
            ObjectStore store,
            Mirror mirror,
            Host host,
            Indexes indexes,
            DeletedRows deleted,
            Path scratchFolder,
            Duration longGrace) {
        this.store = store;
        this.mirror = mirror;
        this.host = host;
        this.deleted = deleted;
        this.builder = new SegmentBuilder(store, host, indexes, scratchFolder);
        Duration half = longGrace.dividedBy(2);
        this.longest = half.compareTo(NEVER_TOO_LONG) > 0 ? half : NEVER_TOO_LONG;
    }

    /**
     * Runs one job.
     *
     * @throws Conflict if the collection changed so that the job does not fit it any more
     */
    public void run(CollectionLog log, Job job, Progress progress) {
        switch (job) {
            case Job.Seal _ ->
                host.await(seals.computeIfAbsent(log, _ -> newSeals()).submit(log));
            case Job.BuildIndex(long segmentId, long indexId) -> buildIndex(log, segmentId, indexId, progress);
            case Job.Expire(List<Long> segmentIds) -> expire(log, segmentIds);
            case Job.Compact(List<Long> segmentIds) -> compact(log, segmentIds, progress);
        }
        progress.at(1);
    }

    private Batcher<CollectionLog, Boolean> newSeals() {
        return new Batcher<>(host, Integer.MAX_VALUE, _ -> 1, same -> {
            seal(same.getFirst());
            return Collections.nCopies(same.size(), true);
        });
    }

    /** Seals everything that was acknowledged before the call. */
    private void seal(CollectionLog log) {
        long startedNanos = host.nanoTime();
        View view = host.await(log.look()).view();
        Tail tail = view.tail();
        if (tail.isEmpty()) {
            return;
        }
        Manifest manifest = view.manifest();
        List<Columns> sources = tail.chunks().stream().map(Tail.Chunk::rows).toList();
        Expiry expiry = expiry(manifest);
        List<RowSet> kept = tail.chunks().stream()
                .map(chunk -> tail.live(chunk)
                        .and(expiry.alive(chunk.timestamps()))
                        .and(PartitionRows.ofLiving(manifest, chunk.rows())))
                .toList();
        List<SegmentEntry> added = new ArrayList<>();
        for (List<RowSet> part : PartitionRows.split(manifest, sources, kept)) {
            RowOrder order = RowOrder.merge(manifest.schema(), sources, part);
            if (order.rowCount() > 0) {
                added.add(builder.buildRows(manifest, sources, order));
            }
        }
        Map<Long, DeletesEntry> marked = new LinkedHashMap<>();
        for (SegmentEntry segment : manifest.segments()) {
            DeletesEntry entry = markDeleted(manifest, segment, tail);
            if (entry != null) {
                marked.put(segment.id(), entry);
            }
        }
        Map<Long, SegmentEntry> before =
                manifest.segments().stream().collect(Collectors.toMap(SegmentEntry::id, Function.identity()));
        commit(log, manifest, startedNanos, Changes.seal(manifest.sealed(), tail.end(), added, before, marked));
    }

    /** Writes a segment's new bitmap. @return null if the tail deletes none of its rows that is not deleted already */
    private @Nullable DeletesEntry markDeleted(Manifest manifest, SegmentEntry segment, Tail tail) {
        if (!tail.hasDeletes()) {
            return null;
        }
        Field key = manifest.schema().primaryKey();
        RowSet already = deleted.bitmap(store, segment);
        RowSet all;
        List<Field> fields = DeletedRows.fields(segment, key);
        try (MirroredObject rows = bring(segment, fields)) {
            all = already.or(deleted.byLog(segment, tail, segment.layout().view(rows.bytes(), fields), key));
        }
        if (all.cardinality() == already.cardinality()) {
            return null;
        }
        String name = LogKeys.segmentPrefix(manifest.collectionId(), segment.id()) + "deletes."
                + HexFormat.of().toHexDigits(builder.newId());
        Scratch.publish(store, name, Content.of(DeletedBitmap.encode(all)));
        return new DeletesEntry(name, all.cardinality());
    }

    private void buildIndex(CollectionLog log, long segmentId, long indexId, Progress progress) {
        long startedNanos = host.nanoTime();
        Manifest manifest = log.view().manifest();
        SegmentEntry segment =
                manifest.segment(segmentId).orElseThrow(() -> new Conflict("segment " + segmentId + " is gone"));
        IndexDefinition index = manifest.indexes().stream()
                .filter(definition -> definition.id() == indexId)
                .findFirst()
                .orElseThrow(() -> new Conflict("index " + indexId + " is gone"));
        SegmentEntry built = withIndex(manifest, segment, index, progress);
        log.commit(inTime(
                startedNanos,
                Changes.attachIndex(segmentId, built.index(indexId).orElseThrow())));
    }

    private SegmentEntry withIndex(Manifest manifest, SegmentEntry segment, IndexDefinition index, Progress progress) {
        CollectionSchema schema = manifest.schema();
        Field field = schema.find(index.fieldId()).orElseThrow();
        Field key = schema.primaryKey();
        try (MirroredObject rows = bring(segment, List.of(key, field))) {
            Columns columns = segment.layout().view(rows.bytes(), List.of(key, field));
            return segment.withIndex(builder.buildIndex(
                    manifest, segment, index, columns.column(field.id()), columns.column(key.id()), progress));
        }
    }

    /**
     * Rewrites some segments as one, without what is deleted, expired or of dropped partitions.
     *
     * @return the new segment's id; empty where no row was left
     * @throws Conflict if the collection changed so that the job does not fit it any more
     */
    public OptionalLong compact(CollectionLog log, List<Long> segmentIds, Progress progress) {
        long startedNanos = host.nanoTime();
        Manifest manifest = log.view().manifest();
        List<SegmentEntry> inputs = segments(manifest, segmentIds);
        SegmentEntry output = rewrite(manifest, inputs);
        if (output != null) {
            // Built before the segment is visible, so that searches never fall back to scanning it.
            for (IndexDefinition index : manifest.indexes()) {
                if (index.isMissingIn(output)) {
                    output = withIndex(manifest, output, index, progress);
                }
            }
        }
        commit(log, manifest, startedNanos, Changes.compact(inputs, output));
        return output == null ? OptionalLong.empty() : OptionalLong.of(output.id());
    }

    private void expire(CollectionLog log, List<Long> segmentIds) {
        Manifest manifest = log.view().manifest();
        List<SegmentEntry> inputs = segments(manifest, segmentIds);
        Expiry expiry = expiry(manifest);
        if (!inputs.stream().allMatch(expiry::takesAll)) {
            throw new Conflict("the time to live was made longer meanwhile");
        }
        commit(log, manifest, host.nanoTime(), Changes.compact(inputs, null));
    }

    private static List<SegmentEntry> segments(Manifest manifest, List<Long> ids) {
        List<SegmentEntry> segments = new ArrayList<>();
        for (long id : ids) {
            segments.add(manifest.segment(id).orElseThrow(() -> new Conflict("segment " + id + " is gone")));
        }
        return segments;
    }

    /** Publishes a change that left out expired rows, unless somebody made them live longer meanwhile. */
    private void commit(CollectionLog log, Manifest read, long startedNanos, Change<Manifest> change) {
        log.commit(inTime(startedNanos, newest -> {
            String expected = read.collection().properties().get(Expiry.PROPERTY);
            String found = newest.collection().properties().get(Expiry.PROPERTY);
            if (!Objects.equals(expected, found)) {
                throw new Conflict("time to live changed meanwhile: expected " + expected + " seconds, found " + found);
            }
            return change.applyTo(newest);
        }));
    }

    /** A change that names new objects, unless they are so old that the collector may have taken them for garbage: the process may have been frozen. */
    private Change<Manifest> inTime(long startedNanos, Change<Manifest> change) {
        return newest -> {
            Duration taken = Duration.ofNanos(host.nanoTime() - startedNanos);
            if (taken.compareTo(longest) > 0) {
                throw new Conflict("the job took " + taken + ", expected at most " + longest
                        + ": what it wrote may be collected by now");
            }
            return change.applyTo(newest);
        };
    }

    private Expiry expiry(Manifest manifest) {
        return Expiry.at(manifest, host.clock().millis());
    }

    private @Nullable SegmentEntry rewrite(Manifest manifest, List<SegmentEntry> inputs) {
        CollectionSchema schema = manifest.schema();
        Expiry expiry = expiry(manifest);
        List<MirroredObject> open = new ArrayList<>();
        try {
            List<Columns> sources = new ArrayList<>();
            List<RowSet> kept = new ArrayList<>();
            for (SegmentEntry input : inputs) {
                List<Field> fields = SegmentBuilder.fields(schema, input.partitions());
                MirroredObject rows = bring(input, fields);
                open.add(rows);
                Columns columns = PartitionColumn.present(
                        input.layout().view(rows.bytes(), fields),
                        input.partitions().firstKey());
                sources.add(columns);
                FixedColumn timestamps = (FixedColumn) columns.column(CollectionSchema.TIMESTAMP_FIELD_ID);
                kept.add(expiry.alive(timestamps)
                        .without(deleted.bitmap(store, input))
                        .and(PartitionRows.ofLiving(manifest, columns)));
            }
            RowOrder order = RowOrder.merge(schema, sources, kept);
            return order.rowCount() == 0 ? null : builder.buildRows(manifest, sources, order);
        } finally {
            open.forEach(MirroredObject::close);
        }
    }

    private MirroredObject bring(SegmentEntry segment, List<Field> fields) {
        MirroredObject rows = mirror.open(segment.rows());
        try {
            List<Need> needs = fields.stream()
                    .map(field -> new Need(rows, segment.layout().whole(field)))
                    .toList();
            mirror.bring(needs, new Meter());
            return rows;
        } catch (RuntimeException failure) {
            rows.close();
            throw failure;
        }
    }
}
