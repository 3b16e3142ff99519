package dev.elanus.search;

import dev.elanus.error.DatabaseException;
import dev.elanus.host.Host;
import dev.elanus.manifest.Manifest;
import dev.elanus.vector.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Repeats a small share of the searches exactly, in the background, to know their recall. One is repeated at a time, and then none for a hundred
 * times as long as it took: so this never takes more than a hundredth of a core, whatever the share. Safe for use from many threads.
 */
final class RecallSampler {
    private static final int REST = 99;
    /** Indexes whose searches are counted; those that were searched longest ago are forgotten. */
    private static final int INDEXES = 1_000;
    /** Scores of the same vectors differ by rounding between a column and an index. */
    private static final float ROUNDING = 1e-5f;

    private final Host host;
    /** Every so many searches of an index one is repeated; 0 for none. */
    private final long every;

    private final Map<Index, Long> searches = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Index, Long> eldest) {
            return size() > INDEXES;
        }
    };

    private boolean busy;
    private long restsUntil;
    private volatile RecallListener listener = RecallListener.NONE;

    private record Index(long collectionId, long indexId) {}

    /** @param share of the searches, 0 to 1 */
    RecallSampler(Host host, double share) {
        this.host = host;
        every = share > 0 ? Math.round(1 / share) : 0;
        restsUntil = host.nanoTime();
    }

    void tell(RecallListener who) {
        listener = who;
    }

    /**
     * Counts a search, and repeats it if its turn has come.
     *
     * @param found its hits
     * @param exactly the same search of the first query alone, without indexes
     */
    void searched(Manifest manifest, SearchPlan plan, SearchHits found, Supplier<SearchHits> exactly) {
        if (every == 0
                || !plan.isByIndex(manifest)
                || !isDue(new Index(manifest.collectionId(), plan.index().id()))) {
            return;
        }
        List<Candidate> hits = found.ofQuery().getFirst();
        host.start(() -> {
            long start = host.nanoTime();
            try {
                List<Candidate> nearest = exactly.get().ofQuery().getFirst();
                if (!nearest.isEmpty()) {
                    int kept = asNear(plan.metric(), hits, nearest);
                    listener.measured(
                            new MeasuredRecall(manifest.name(), plan.index().name(), kept, nearest.size()));
                }
                return true;
            } catch (DatabaseException _) {
                // Too busy, or a store in trouble: who is waiting for an answer is told, and nobody waits for this one.
                return false;
            } finally {
                rest(REST * (host.nanoTime() - start));
            }
        });
    }

    private synchronized boolean isDue(Index index) {
        boolean turn = searches.merge(index, 1L, Long::sum) % every == 0;
        if (!turn || busy || host.nanoTime() - restsUntil < 0) {
            return false;
        }
        busy = true;
        return true;
    }

    private synchronized void rest(long nanos) {
        busy = false;
        restsUntil = host.nanoTime() + nanos;
    }

    /** How many hits are no farther than the last of the nearest, at most all of those. */
    private static int asNear(Metric metric, List<Candidate> hits, List<Candidate> nearest) {
        float bound = metric.toDistance(nearest.getLast().score());
        float reach = bound + Math.abs(bound) * ROUNDING + Float.MIN_NORMAL;
        long near = hits.stream()
                .filter(hit -> metric.toDistance(hit.score()) <= reach)
                .count();
        return (int) Math.min(near, nearest.size());
    }
}
