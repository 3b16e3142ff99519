package dev.elanus.engine;

import dev.elanus.error.Conflict;
import dev.elanus.error.DatabaseException;
import dev.elanus.index.Progress;
import dev.elanus.log.CollectionLog;
import dev.elanus.maintenance.Job;
import dev.elanus.maintenance.Planner;
import dev.elanus.schema.CollectionName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Compactions that clients ask for, and what became of the last ones of this process. Every method may be called from many threads; one that
 * names a missing collection throws {@code NotFound(COLLECTION)}.
 */
public final class Compactions {
    /** Of so many something is remembered. */
    private static final int REMEMBERED = 1_000;
    /** A small collection is compacted when the answer comes; who asks for more looks again. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MAX_ATTEMPTS = 20;

    private final ElanusDatabase database;
    private final EngineParts parts;
    private final long usualBytes;
    private final Logger logger = System.getLogger("dev.elanus.engine");

    private final Map<Long, Compaction> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Compaction> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param usualBytes no segment is made larger than this where nothing else is said */
    Compactions(ElanusDatabase database, EngineParts parts, long usualBytes) {
        this.database = database;
        this.parts = parts;
        this.usualBytes = usualBytes;
    }

    /**
     * Seals a collection, then joins its segments and leaves out what is deleted or expired. It goes on after the answer where it takes long.
     *
     * @param bytes no segment is made larger than this by joining; 0 for as large as usual
     */
    public Compaction start(CollectionName name, long bytes) {
        database.flush(name);
        long largest = bytes > 0 ? bytes : usualBytes;
        return database.with(name, (log, meter) -> {
            List<Job.Compact> jobs = jobs(log, largest);
            long id = database.allocateTimestamp();
            remember(new Compaction(id, waiting(jobs), 0, jobs.isEmpty()));
            CompletableFuture<Compaction> run = parts.host().start(() -> run(id, log, jobs));
            parts.host().await(run, PATIENCE);
            return find(id).orElseThrow();
        });
    }

    /** A compaction that was asked of this process, not too long ago. */
    public Optional<Compaction> find(long id) {
        return Optional.ofNullable(known.get(id));
    }

    private List<Job.Compact> jobs(CollectionLog log, long largest) {
        return Planner.everything(
                database.freshView(log).manifest(),
                largest,
                parts.host().clock().millis());
    }

    private Compaction run(long id, CollectionLog log, List<Job.Compact> jobs) {
        List<Compaction.Plan> done = new ArrayList<>();
        int failed = 0;
        for (int i = 0; i < jobs.size(); i++) {
            List<Long> sources = jobs.get(i).segmentIds();
            try {
                done.add(new Compaction.Plan(sources, compact(log, sources), true));
            } catch (DatabaseException failure) {
                logger.log(Level.WARNING, "a compaction of collection " + log.collectionId() + " failed", failure);
                failed++;
            }
            List<Compaction.Plan> plans = new ArrayList<>(done);
            plans.addAll(waiting(jobs.subList(i + 1, jobs.size())));
            remember(new Compaction(id, plans, failed, i == jobs.size() - 1));
        }
        return find(id).orElseThrow();
    }

    private static List<Compaction.Plan> waiting(List<Job.Compact> jobs) {
        return jobs.stream()
                .map(job -> new Compaction.Plan(job.segmentIds(), OptionalLong.empty(), false))
                .toList();
    }

    /** Others write and build indexes meanwhile. What they compact themselves needs it no more. */
    private OptionalLong compact(CollectionLog log, List<Long> sources) {
        for (int attempt = 1; ; attempt++) {
            try {
                return parts.maintainer().compact(log, sources, Progress.NONE);
            } catch (Conflict beaten) {
                boolean allThere = sources.stream()
                        .allMatch(id ->
                                database.freshView(log).manifest().segment(id).isPresent());
                if (!allThere) {
                    return OptionalLong.empty();
                }
                if (attempt == MAX_ATTEMPTS) {
                    throw beaten;
                }
            }
        }
    }

    private void remember(Compaction compaction) {
        known.put(compaction.id(), compaction);
    }
}
