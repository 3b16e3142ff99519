package dev.elanus.search;

import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.RowSet;
import dev.elanus.host.Host;
import dev.elanus.index.Hits;
import dev.elanus.index.Indexes;
import dev.elanus.log.DeletedRows;
import dev.elanus.log.View;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.storage.MirroredObject;
import dev.elanus.storage.Need;
import dev.elanus.storage.ObjectStore;
import dev.elanus.vector.QueryVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One search over one view: restrict, search every source in rounds, merge, read the output fields. */
final class SearchRun {
    /** Of each source: a row's number, its score and its key. */
    private static final long BYTES_A_HIT = 24;
    /** Of all sources together: objects that are merged, and the result. */
    private static final long BYTES_A_CANDIDATE = 96;

    private final ObjectStore store;
    private final Host host;
    private final Indexes indexes;
    private final DeletedRows deleted;
    private final View view;
    private final SearchPlan plan;
    private final SearchRequest request;
    private final Sources sources;
    private final Waves waves;
    private final SearchPaths paths;
    /** Whether this run's hits are the answer, and not fused with others first. */
    private boolean answers;
    /** Memory that was reserved for the answer before the search. */
    private long answerBytes;

    SearchRun(
            ObjectStore store,
            Host host,
            Indexes indexes,
            DeletedRows deleted,
            View view,
            SearchPlan plan,
            SearchRequest request,
            Sources sources,
            Waves waves) {
        this.store = store;
        this.host = host;
        this.indexes = indexes;
        this.deleted = deleted;
        this.view = view;
        this.plan = plan;
        this.request = request;
        this.sources = sources;
        this.waves = waves;
        this.paths = new SearchPaths(request);
    }

    /** Hits in another order than best first, if there is one. */
    SearchHits ordered(SearchHits found, @Nullable Ordering ordering, OutputReader outputReader) {
        if (ordering == null) {
            return found;
        }
        OutputRows.OutputColumn groups = groups(found.all(), outputReader);
        return ordering.sort(found, groups == null ? null : groups.column(), waves, outputReader);
    }

    /** The same for hits that are the answer: what is too large is refused before it is searched for. */
    SearchRun answering() {
        answers = true;
        return this;
    }

    /** The hits, without their output fields. */
    SearchHits find(OutputReader outputReader) {
        waves.bring(sources.firstNeeds(deleted, plan.fields()));
        sources.restrict(store, waves, deleted, host);
        leaveOutNulls();
        if (answers) {
            reserveAnswer();
        }
        List<QueryVector> vectors = TermWeights.of(plan, sources, waves);
        int queries = request.targets().size();
        Selector selector = new Selector(plan.selection(), plan.metric(), request.offset(), request.topK());
        long scanned = 0;
        long reserved = 0;
        SearchPlan step = plan;
        while (true) {
            List<SourceSearch> searches = start(step, vectors);
            long bytes = (long) queries * step.k() * (searches.size() * BYTES_A_HIT + BYTES_A_CANDIDATE);
            waves.reserve(Math.max(0, bytes - reserved));
            reserved = Math.max(bytes, reserved);
            runRounds(searches);
            List<Selector.Selected> selected = select(searches, step.k(), selector, outputReader);
            scanned += searches.stream()
                    .flatMap(search -> search.hits().stream())
                    .mapToLong(Hits::rowsScanned)
                    .sum();
            SearchPlan wider = isCut(searches, step.k()) ? step.wider() : null;
            if (wider == null || selected.stream().allMatch(Selector.Selected::enough)) {
                return new SearchHits(
                                selected.stream().map(Selector.Selected::hits).toList(), scanned)
                        .withoutNothing(request.targets());
            }
            step = wider;
        }
    }

    private void reserveAnswer() {
        AnswerSize size = AnswerSize.of(plan, request, sources);
        if (plan.findsAll()) {
            SearchLimits.checkAnswer(size);
        }
        answerBytes = OutputReader.COPIES * Math.min(size.likelyBytes(), SearchLimits.MAX_RESULT_BYTES);
        waves.reserve(answerBytes);
    }

    /** Whether some source may have more rows than it gave. */
    private static boolean isCut(List<SourceSearch> searches, int k) {
        return searches.stream().flatMap(search -> search.hits().stream()).anyMatch(hits -> hits.rows().length >= k);
    }

    private List<Selector.Selected> select(
            List<SourceSearch> searches, int k, Selector selector, OutputReader outputReader) {
        List<Selector.Selected> selected = new ArrayList<>();
        List<List<Hits>> hits = searches.stream().map(SourceSearch::hits).toList();
        for (int query = 0; query < request.targets().size(); query++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < searches.size(); i++) {
                addCandidates(candidates, searches.get(i).source(), hits.get(i).get(query));
            }
            List<Candidate> nearest = Merge.best(waves, plan.metric(), candidates, 0, k);
            selected.add(selector.select(nearest, groups(nearest, outputReader)));
        }
        return selected;
    }

    private OutputRows.@Nullable OutputColumn groups(List<Candidate> hits, OutputReader outputReader) {
        Grouping grouping = plan.selection().grouping();
        if (grouping == null) {
            return null;
        }
        Field field = grouping.field();
        OutputFields wanted = new OutputFields(List.of(field.name()), List.of(field), Set.of());
        List<RowRef> rows = hits.stream().map(Candidate::row).toList();
        return grouping.values(
                outputReader.read(waves, rows, wanted).columns().getFirst().column());
    }

    /** Indexes hold rows whose vectors are null as if they were zeros; segments from before the field have nothing else. */
    private void leaveOutNulls() {
        Field field = plan.vectorField();
        if (!field.nullable()) {
            return;
        }
        for (SealedSource source : sources.sealed()) {
            if (!source.segment().layout().has(field.id())) {
                source.restrict(RowSet.none(source.rowCount()));
            } else if (source.indexEntry() != null && field.type().isDenseVector()) {
                source.restrict(RowSet.present(source.column(field).validity(), source.rowCount()));
            }
        }
    }

    private List<SourceSearch> start(SearchPlan plan, List<QueryVector> vectors) {
        Field key = view.manifest().schema().primaryKey();
        List<SourceSearch> searches = new ArrayList<>();
        double rows = sources.all().stream().mapToLong(Source::allowedCount).sum();
        for (Source source : sources.all()) {
            if (source.allowedCount() == 0) {
                continue;
            }
            IndexEntry entry = source instanceof SealedSource sealed ? sealed.indexEntry() : null;
            MirroredObject object = source instanceof SealedSource sealed ? sealed.index() : null;
            if (entry == null || object == null || plan.isScannedExactly(source)) {
                paths.add(plan, source, false);
                searches.add(new ExactSearch(indexes, source, plan, key, vectors));
            } else {
                paths.add(plan, source, true);
                double share = source.allowedCount() / rows;
                searches.add(new IndexSearch(indexes, source, entry, object, plan, vectors, share));
            }
        }
        return searches;
    }

    private void runRounds(List<SourceSearch> searches) {
        for (List<SourceSearch> open = open(searches); !open.isEmpty(); open = open(searches)) {
            List<Need> needs = new ArrayList<>();
            open.forEach(search -> needs.addAll(search.needs()));
            waves.bring(needs);
            List<CompletableFuture<Boolean>> pending = new ArrayList<>();
            for (SourceSearch search : open) {
                for (Runnable task : search.tasks(host.computeWidth())) {
                    pending.add(host.compute(() -> {
                        task.run();
                        return true;
                    }));
                }
            }
            pending.forEach(host::await);
            open.forEach(SourceSearch::endRound);
        }
    }

    private static List<SourceSearch> open(List<SourceSearch> searches) {
        return searches.stream().filter(search -> !search.isDone()).toList();
    }

    private static void addCandidates(List<Candidate> candidates, Source source, Hits hits) {
        for (int i = 0; i < hits.rows().length; i++) {
            int element = hits.elements() == null ? Candidate.WHOLE : hits.elements()[i];
            candidates.add(
                    new Candidate(new RowRef(source, hits.rows()[i]), hits.scores()[i], hits.keys(), i, element));
        }
    }

    /** Reads the output fields of hits. */
    SearchResult result(SearchHits found, int roundDecimal, OutputReader outputReader) {
        CollectionSchema schema = view.manifest().schema();
        List<Candidate> hits = found.all();
        ColumnBuilder keys = ColumnBuilder.of(schema.primaryKey(), hits.size());
        float[] scores = new float[hits.size()];
        for (int i = 0; i < scores.length; i++) {
            keys.add(hits.get(i).keys(), hits.get(i).keyAt());
            scores[i] = round(hits.get(i).score(), roundDecimal);
        }
        List<RowRef> rows = hits.stream().map(Candidate::row).toList();
        Candidate last = found.last();
        return new SearchResult(
                schema,
                found.counts(),
                keys.build(),
                scores,
                elements(hits),
                outputReader.read(waves, rows, plan.output(), answerBytes),
                groups(hits, outputReader),
                highlights(found, outputReader),
                last == null ? Float.NaN : last.score(),
                view.timestamp(),
                cost(found.scanned()),
                paths.told());
    }

    private List<Highlights> highlights(SearchHits found, OutputReader outputReader) {
        Highlighting highlighting = request.highlighting();
        if (highlighting == null) {
            return List.of();
        }
        return new Highlighter(view.manifest().schema(), plan, request, highlighting)
                .mark(request.targets(), found, waves, outputReader);
    }

    private static int @Nullable [] elements(List<Candidate> hits) {
        return hits.isEmpty() || hits.getFirst().isWhole()
                ? null
                : hits.stream().mapToInt(Candidate::element).toArray();
    }

    private static float round(float score, int decimals) {
        if (decimals < 0) {
            return score;
        }
        double unit = Math.pow(10, decimals);
        return (float) (Math.floor(score * unit + 0.5) / unit);
    }

    private RequestCost cost(long scanned) {
        return RequestCost.of(waves.meter(), scanned, sources.sealed().size(), sources.pruned());
    }
}
