package dev.elanus.search;

import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.filter.Sampling;
import dev.elanus.host.Host;
import dev.elanus.log.DeletedRows;
import dev.elanus.log.Expiry;
import dev.elanus.log.Tail;
import dev.elanus.log.View;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.storage.MeteredStore;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.Need;
import dev.elanus.storage.ObjectStore;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The places that one request reads, opened from a view: the segments that may hold a passing row, and the tail's chunks. */
final class Sources implements AutoCloseable {
    private final View view;
    private final ReadFilter filter;
    private final ReadPartitions partitions;
    private final Expiry expiry;
    private final List<SealedSource> sealed = new ArrayList<>();
    private final List<GrowingSource> growing = new ArrayList<>();
    private int pruned;

    private Sources(View view, ReadFilter filter, ReadPartitions partitions, Expiry expiry) {
        this.view = view;
        this.filter = filter;
        this.partitions = partitions;
        this.expiry = expiry;
    }

    /**
     * @param index the index that the request walks, null for none
     * @param withGrowing whether the tail's rows are read
     * @param expiry which rows are too old to be read
     */
    static Sources open(
            Mirror mirror,
            View view,
            ReadFilter filter,
            ReadPartitions partitions,
            @Nullable IndexDefinition index,
            boolean withGrowing,
            Expiry expiry) {
        Sources sources = new Sources(view, filter, partitions.narrowed(view.manifest(), filter), expiry);
        try {
            for (SegmentEntry segment : view.manifest().segments()) {
                if (segment.liveCount() == 0
                        || !sources.partitions.mayTake(segment)
                        || expiry.takesAll(segment)
                        || !filter.mayPass(segment) && !isOfTexts(index)) {
                    sources.pruned++;
                    continue;
                }
                IndexEntry entry =
                        index == null ? null : segment.index(index.id()).orElse(null);
                sources.sealed.add(new SealedSource(
                        mirror, segment, view.manifest().schema().primaryKey(), entry, filter.indexes()));
            }
        } catch (RuntimeException failure) {
            sources.close();
            throw failure;
        }
        if (withGrowing) {
            Tail tail = view.tail();
            tail.chunks()
                    .forEach(chunk -> sources.partitions
                            .parts(view.manifest(), chunk)
                            .forEach(part ->
                                    sources.growing.add(new GrowingSource(tail, chunk, part.orElse(null), expiry))));
        }
        return sources;
    }

    /** How rare a term is, is told of all rows: no filter leaves a segment out. */
    private static boolean isOfTexts(@Nullable IndexDefinition index) {
        return index != null && index.isOfVectors() && index.ofVectors().metric() == Metric.BM25;
    }

    List<SealedSource> sealed() {
        return sealed;
    }

    List<GrowingSource> growing() {
        return growing;
    }

    List<Source> all() {
        List<Source> all = new ArrayList<>(sealed);
        all.addAll(growing);
        return all;
    }

    /** Whether every row that is not deleted is in the sources' counts: none is expired, none of another partition. */
    boolean isNothingLeftOut() {
        return sealed.stream()
                        .noneMatch(
                                source -> expiry.takesSome(source.segment()) || !partitions.takesAll(source.segment()))
                && view.tail().chunks().stream()
                        .noneMatch(chunk -> expiry.takesSome(chunk) || !partitions.takesAll(chunk));
    }

    int pruned() {
        return pruned;
    }

    /** What must be present to tell which rows may be in the result, and to read some output fields later in one wave. */
    List<Need> firstNeeds(DeletedRows deleted, List<Field> output) {
        List<Need> needs = new ArrayList<>();
        Field key = view.manifest().schema().primaryKey();
        for (SealedSource source : sealed) {
            needs.addAll(source.filterNeeds(filter));
            if (!deleted.isKnown(source.segment(), view.tail())) {
                needs.addAll(source.whole(DeletedRows.fields(source.segment(), key)));
            }
            if (expiry.takesSome(source.segment())) {
                needs.addAll(source.whole(List.of(CollectionSchema.timestampField())));
            }
            if (!partitions.takesAll(source.segment())) {
                needs.addAll(source.whole(List.of(CollectionSchema.partitionField())));
            }
            needs.addAll(source.indexHead());
            needs.addAll(source.frames(output));
        }
        return needs;
    }

    /** Leaves only rows that are not deleted and pass the filter. */
    void restrict(ObjectStore store, Waves waves, DeletedRows deleted, Host host) {
        MeteredStore metered = new MeteredStore(store, waves.meter());
        Map<SealedSource, CompletableFuture<RowSet>> bitmaps = new LinkedHashMap<>();
        for (SealedSource source : sealed) {
            if (source.segment().deletes() != null) {
                bitmaps.put(source, host.start(() -> deleted.bitmap(metered, source.segment())));
            }
        }
        Field key = view.manifest().schema().primaryKey();
        for (SealedSource source : sealed) {
            CompletableFuture<RowSet> bitmap = bitmaps.get(source);
            if (bitmap != null) {
                source.restrict(host.await(bitmap).complement());
            }
            if (expiry.takesSome(source.segment())) {
                source.restrict(expiry.alive((FixedColumn) source.column(CollectionSchema.timestampField())));
            }
            if (!partitions.takesAll(source.segment())) {
                source.restrict(partitions.passing(source.view(List.of(CollectionSchema.partitionField()))));
            }
            if (view.tail().hasDeletes()) {
                source.restrict(deletedByLog(deleted, source, key).complement());
            }
        }
        if (filter.isEverything()) {
            return;
        }
        List<Source> all = all();
        List<CompletableFuture<RowSet>> passing = all.stream()
                .map(source -> host.compute(() -> filter.passing(source)))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).restrict(host.await(passing.get(i)));
        }
        filter.share().ifPresent(share -> sample(all, share));
    }

    private static void sample(List<Source> all, double share) {
        List<RowSet> left = all.stream()
                .map(source -> source.allowed() == null ? RowSet.all(source.rowCount()) : source.allowed())
                .toList();
        List<RowSet> picked = Sampling.pick(left, share);
        for (int i = 0; i < picked.size(); i++) {
            all.get(i).restrict(picked.get(i));
        }
    }

    private RowSet deletedByLog(DeletedRows deleted, SealedSource source, Field key) {
        Columns rows = source.view(DeletedRows.fields(source.segment(), key));
        return deleted.byLog(source.segment(), view.tail(), rows, key);
    }

    @Override
    public void close() {
        sealed.forEach(SealedSource::close);
    }
}
