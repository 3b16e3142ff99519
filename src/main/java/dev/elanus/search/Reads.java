package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import dev.elanus.error.Invalid.Reason;
import dev.elanus.host.Admission;
import dev.elanus.host.Host;
import dev.elanus.index.Indexes;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.CollectionLog.Looked;
import dev.elanus.log.DeletedRows;
import dev.elanus.log.Expiry;
import dev.elanus.log.PastViews;
import dev.elanus.log.View;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.storage.Meter;
import dev.elanus.storage.MeteredStore;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The read path: finds a view that is fresh enough, and searches or queries it. Safe for use from many threads. */
public final class Reads {
    /** What a request takes beside its rows and vectors. */
    private static final long BASE_BYTES = 64L << 10;
    /** Nobody waits for a search that is repeated to know its recall. */
    private static final Duration REPEATED_LIMIT = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final Mirror mirror;
    private final Host host;
    private final Indexes indexes;
    private final DeletedRows deleted;
    private final Freshness freshness;
    private final PastViews past;
    private final Refresher refresher;
    private final Admission admission;
    private final Host background;
    private final RecallSampler recall;
    private final OutputReader outputReader = new OutputReader();

    /**
     * @param bound how old a view may be that serves {@code Bounded} reads
     * @param admission lends reads their memory
     * @param recallShare of the searches that are repeated exactly in the background, 0 to 1
     */
    public Reads(
            ObjectStore store,
            Mirror mirror,
            Host host,
            Indexes indexes,
            DeletedRows deleted,
            PastViews past,
            Duration bound,
            Admission admission,
            double recallShare) {
        this.store = store;
        this.mirror = mirror;
        this.host = host;
        this.indexes = indexes;
        this.deleted = deleted;
        this.freshness = new Freshness(bound);
        this.past = past;
        this.refresher = new Refresher(host, bound);
        this.admission = admission;
        this.background = host.background();
        this.recall = new RecallSampler(host, recallShare);
    }

    /** Sets who is told how much exact searches find that the searches of clients do not. */
    public void tellRecall(RecallListener listener) {
        recall.tell(listener);
    }

    /** @param meter what was spent before, on finding the collection; the request's account goes on with it */
    public SearchResult search(CollectionLog log, SearchRequest request, Meter meter) {
        SearchLimits.check(request);
        try (Waves waves = begin(meter, request.limit(), BASE_BYTES + queryBytes(request))) {
            return search(log, request, waves);
        }
    }

    private SearchResult search(CollectionLog log, SearchRequest asked, Waves waves) {
        View view = freshView(log, asked.readPoint(), waves, old -> prefetch(old, asked, waves.meter()));
        checkLoaded(view.manifest());
        SearchRequest request = lookedUp(view, asked, waves);
        SearchPlan plan = SearchPlan.of(view.manifest(), request);
        ReadPartitions partitions = ReadPartitions.loaded(view.manifest(), request.partitions());
        try (Sources sources = Sources.open(
                mirror, view, plan.filter(), partitions, plan.index(), !request.ignoreGrowing(), expiry(view))) {
            SearchRun run =
                    new SearchRun(store, host, indexes, deleted, view, plan, request, sources, waves).answering();
            SearchHits found = run.find(outputReader);
            recall.searched(view.manifest(), plan, found, () -> exactly(view, plan, request));
            return run.result(run.ordered(found, plan.ordering(), outputReader), request.roundDecimal(), outputReader);
        }
    }

    /** What a search would find of its first query if it compared every row. */
    private SearchHits exactly(View view, SearchPlan plan, SearchRequest request) {
        SearchRequest first = request.of(List.of(request.targets().getFirst()));
        try (Waves waves = begin(new Meter(), REPEATED_LIMIT, BASE_BYTES + queryBytes(first))) {
            ReadPartitions partitions = ReadPartitions.loaded(view.manifest(), request.partitions());
            try (Sources sources = Sources.open(
                    mirror, view, plan.filter(), partitions, null, !request.ignoreGrowing(), expiry(view))) {
                return new SearchRun(store, background, indexes, deleted, view, plan.exactly(), first, sources, waves)
                        .find(outputReader);
            }
        }
    }

    /**
     * Several searches of the same state, made one.
     *
     * @param meter what was spent before, on finding the collection; the request's account goes on with it
     */
    public SearchResult hybrid(CollectionLog log, HybridRequest request, Meter meter) {
        request.check();
        long bytes = request.parts().stream().mapToLong(Reads::queryBytes).sum();
        try (Waves waves = begin(meter, request.timeLimit(), BASE_BYTES + bytes)) {
            View view = freshView(log, request.readPoint(), waves, _ -> {});
            checkLoaded(view.manifest());
            List<Sources> opened = new ArrayList<>();
            try {
                return hybrid(view, request, waves, opened);
            } finally {
                opened.forEach(Sources::close);
            }
        }
    }

    private SearchResult hybrid(View view, HybridRequest request, Waves waves, List<Sources> opened) {
        ReadPartitions partitions = ReadPartitions.loaded(view.manifest(), request.partitions());
        HybridRun hybrid = new HybridRun(request, view.manifest(), waves);
        List<SearchRun> runs = new ArrayList<>();
        for (SearchRequest asked : request.parts()) {
            SearchRequest part = lookedUp(view, asked.with(request.groups()), waves);
            SearchPlan plan = SearchPlan.of(view.manifest(), part);
            Sources sources = Sources.open(
                    mirror, view, plan.filter(), partitions, plan.index(), !part.ignoreGrowing(), expiry(view));
            opened.add(sources);
            SearchRun run = new SearchRun(store, host, indexes, deleted, view, plan, part, sources, waves);
            hybrid.add(run.find(outputReader), plan.metric());
            runs.add(run);
        }
        Ordering ordering = Ordering.of(view.manifest().schema(), request.orderBy());
        SearchRun first = runs.getFirst();
        return first.result(
                first.ordered(hybrid.fused(outputReader), ordering, outputReader),
                request.roundDecimal(),
                outputReader);
    }

    /** @param meter what was spent before, on finding the collection; the request's account goes on with it */
    public QueryResult query(CollectionLog log, QueryRequest request, Meter meter) {
        QueryRun.check(request);
        try (Waves waves = begin(meter, request.timeLimit(), BASE_BYTES)) {
            View view = freshView(log, request.readPoint(), waves, old -> {});
            SearchPlan.checkCollection(view.manifest(), request.collectionId());
            checkLoaded(view.manifest());
            ReadPartitions.checkQueried(view.manifest(), request.partitions());
            return query(view, request, ReadPartitions.loaded(view.manifest(), request.partitions()), waves);
        }
    }

    /** The exact number of live rows in some partitions, or in all where none is named; the collection need not be loaded. */
    public long count(CollectionLog log, List<String> partitions, Duration limit) {
        QueryRequest request = internal(log, FilterText.everything(), List.of(OutputFields.COUNT), limit);
        return internal(log, request, partitions).count().orElseThrow();
    }

    /** The keys of the rows that pass a filter in some partitions, or in all where none is named; the collection need not be loaded. */
    public Column keys(CollectionLog log, List<String> partitions, FilterText filter, Duration limit) {
        QueryRequest request = internal(log, filter, List.of(), limit);
        return internal(log, request, partitions).output().columns().getFirst().column();
    }

    /**
     * The rows that pass a filter in some partitions, or in all where none is named, with every field that clients write.
     *
     * @throws Invalid if the collection, or one of the partitions, is not loaded
     */
    public OutputRows rows(CollectionLog log, List<String> partitions, FilterText filter, Duration limit) {
        QueryRequest request = internal(log, filter, List.of("*"), limit);
        try (Waves waves = begin(new Meter(), limit, BASE_BYTES)) {
            View view = strongView(log, waves);
            checkLoaded(view.manifest(), "failed to query: ");
            return query(view, request, ReadPartitions.loaded(view.manifest(), partitions), waves)
                    .output();
        }
    }

    private QueryResult internal(CollectionLog log, QueryRequest request, List<String> partitions) {
        try (Waves waves = begin(new Meter(), request.timeLimit(), BASE_BYTES)) {
            View view = strongView(log, waves);
            return query(view, request, ReadPartitions.any(view.manifest(), partitions), waves);
        }
    }

    private Waves begin(Meter meter, Duration limit, long bytes) {
        return new Waves(mirror, host, admission, meter, limit, bytes);
    }

    private static long queryBytes(SearchRequest request) {
        return request.targets().stream().mapToLong(SearchTarget::sizeBytes).sum();
    }

    private QueryResult query(View view, QueryRequest request, ReadPartitions partitions, Waves waves) {
        ReadFilter filter = ReadFilter.parse(request.filter(), view.manifest());
        try (Sources sources =
                Sources.open(mirror, view, filter, partitions, null, !request.ignoreGrowing(), expiry(view))) {
            QueryRun run = new QueryRun(store, host, deleted, view, request, sources, waves);
            return request.outputFields().contains(OutputFields.COUNT) ? run.count(filter) : run.rows(outputReader);
        }
    }

    private static QueryRequest internal(CollectionLog log, FilterText filter, List<String> output, Duration limit) {
        ReadPoint strong = new ReadPoint(ConsistencyLevel.STRONG, 0);
        return new QueryRequest(log.view().manifest().name(), List.of(), filter, output, -1, 0, strong, limit);
    }

    /** The request with the vectors of rows in place of their keys. */
    private SearchRequest lookedUp(View view, SearchRequest request, Waves waves) {
        if (!StoredTargets.areAsked(request)) {
            return request;
        }
        StoredTargets stored = new StoredTargets(view.manifest().schema(), request);
        ReadPartitions partitions = ReadPartitions.loaded(view.manifest(), request.partitions());
        return request.of(stored.from(query(view, stored.query(), partitions, waves)));
    }

    private View strongView(CollectionLog log, Waves waves) {
        View view = waves.await(log.look()).view();
        log.checkThere(view.manifest());
        return view;
    }

    /**
     * A view that serves a read point. While the store is asked for a newer one, what the old one would need is brought beside, so that a
     * cold search pays one wave for both.
     */
    private View freshView(CollectionLog log, ReadPoint point, Waves waves, Consumer<View> meanwhile) {
        if (point.asOf() != 0) {
            return pastView(log, point.asOf(), waves);
        }
        View view = log.view();
        if (freshness.mustLook(view, point, host.nanoTime())) {
            CompletableFuture<Looked> looking = log.look();
            meanwhile.accept(view);
            Looked looked = waves.await(looking);
            waves.meter().add(looked.meter());
            view = looked.view();
        }
        log.checkThere(view.manifest());
        if (freshness.isBounded(view, point)) {
            refresher.read(log);
        }
        return view;
    }

    private View pastView(CollectionLog log, long timestamp, Waves waves) {
        Looked looked = waves.await(log.look());
        waves.meter().add(looked.meter());
        log.checkThere(looked.view().manifest());
        // A listing of the log beside one of the manifests, some manifests, then the log: counted as one wave each.
        waves.meter().countWave();
        waves.meter().countWave();
        return past.at(new MeteredStore(store, waves.meter()), looked.view(), timestamp);
    }

    private void prefetch(View old, SearchRequest request, Meter meter) {
        if (old.manifest().dropped() || !old.manifest().loaded() || StoredTargets.areAsked(request)) {
            return;
        }
        // The wave of looking stands for this one: they run side by side.
        Meter beside = new Meter();
        try {
            SearchPlan plan = SearchPlan.of(old.manifest(), request);
            ReadPartitions partitions = ReadPartitions.loaded(old.manifest(), request.partitions());
            try (Sources sources =
                    Sources.open(mirror, old, plan.filter(), partitions, plan.index(), false, expiry(old))) {
                mirror.bring(sources.firstNeeds(deleted, plan.fields()), beside);
            }
        } catch (DatabaseException _) {
            // The old manifest may not fit the request. The real run reports what is wrong with the new one.
        }
        meter.add(beside);
    }

    private Expiry expiry(View view) {
        return Expiry.at(view.manifest(), host.clock().millis());
    }

    private static void checkLoaded(Manifest manifest) {
        checkLoaded(manifest, "");
    }

    private static void checkLoaded(Manifest manifest, String context) {
        if (!manifest.loaded()) {
            throw new Invalid(
                    Reason.NOT_LOADED, context + "collection not loaded[collection=" + manifest.collectionId() + "]");
        }
    }

    /** What lends reads their memory. */
    public Admission admission() {
        return admission;
    }

    /** Ends what runs in the background. */
    public void close() {
        refresher.close();
    }
}
