package dev.elanus.engine;

import dev.elanus.catalog.Catalog;
import dev.elanus.error.Conflict;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.NotFound;
import dev.elanus.host.Host;
import dev.elanus.index.Progress;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.View;
import dev.elanus.maintenance.Job;
import dev.elanus.maintenance.Planner;
import dev.elanus.maintenance.Policy;
import dev.elanus.maintenance.Verifier;
import dev.elanus.maintenance.VerifyListener;
import dev.elanus.maintenance.VerifyReport;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.Meter;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The front door for jobs: plans and runs maintenance on a bucket that servers may be using at the same time. */
public final class Maintenance implements AutoCloseable {
    private static final int MAX_CONFLICTS = 100;

    private final EngineParts parts;
    private final Policy policy;

    private Maintenance(EngineParts parts, Policy policy) {
        this.parts = parts;
        this.policy = policy;
    }

    /** Opens the store of a database; the store is closed with it. */
    public static Maintenance open(ObjectStore store, Host host, EngineSettings settings) {
        return new Maintenance(EngineParts.open(store, host, settings), settings.policy());
    }

    /** Every collection's name, in order. */
    public List<CollectionName> collections() {
        return parts.collections().newestCatalog().collections().stream()
                .map(Catalog.Entry::name)
                .toList();
    }

    /** What a collection needs now. */
    public List<Job> plan(CollectionName name) {
        return plan(look(parts.collections().findInCatalog(name, new Meter())));
    }

    /**
     * Runs jobs until the collection needs nothing more.
     *
     * @param sealsAll whether everything acknowledged so far is sealed first, however little it is
     * @return the jobs that were run; a collection that is dropped, also meanwhile, needs no more
     */
    public List<Job> run(CollectionName name, boolean sealsAll) {
        return run(name, sealsAll, (job, fraction) -> Progress.NONE);
    }

    /**
     * As {@link #run(CollectionName, boolean)}, telling how it goes.
     *
     * @param listener called when a job starts, with the job and the number of jobs run before; gives what is told of its progress
     */
    public List<Job> run(CollectionName name, boolean sealsAll, BiFunction<Job, Integer, Progress> listener) {
        List<Job> done = new ArrayList<>();
        try {
            run(parts.collections().findInCatalog(name, new Meter()), sealsAll, listener, done);
        } catch (NotFound gone) {
            if (gone.kind() != NotFound.Kind.COLLECTION) {
                throw gone;
            }
        }
        return done;
    }

    private void run(CollectionLog log, boolean sealsAll, BiFunction<Job, Integer, Progress> listener, List<Job> done) {
        boolean mustSeal = sealsAll;
        int conflicts = 0;
        while (true) {
            View view = look(log);
            List<Job> due = new ArrayList<>();
            if (mustSeal && !view.manifest().dropped() && !view.tail().isEmpty()) {
                due.add(new Job.Seal());
            }
            due.addAll(plan(view));
            if (due.isEmpty()) {
                return;
            }
            Job job = due.getFirst();
            try {
                parts.maintainer().run(log, job, listener.apply(job, done.size()));
                done.add(job);
                mustSeal &= !(job instanceof Job.Seal);
            } catch (Conflict beaten) {
                // A server does the same work, and was quicker.
                if (++conflicts == MAX_CONFLICTS) {
                    throw beaten;
                }
                parts.host().pause(Duration.ofMillis(parts.host().random().nextInt(100)));
            }
        }
    }

    /**
     * Removes what nothing names for the grace period.
     *
     * @return the number of objects removed, those of dropped collections not counted
     * @throws DatabaseException if a collection could not be read; all of it was spared then, and all others were cleaned
     */
    public int collectGarbage() {
        int removed = 0;
        DatabaseException failed = null;
        parts.collections().drops().completeDrops();
        for (CollectionName name : collections()) {
            try {
                removed += collectGarbage(name);
            } catch (DatabaseException unreadable) {
                failed = failed == null ? unreadable : failed;
            }
        }
        for (Catalog.Dropped dropped : parts.collections().dropped()) {
            if (parts.garbage().collectDropped(dropped)) {
                parts.collections().forget(dropped);
            }
        }
        removed += parts.garbage().collectCatalogs(parts.collections().catalogVersions());
        removed += parts.garbage().collectStrays(parts.collections()::newestCatalog);
        parts.garbage().abortLeftOvers();
        if (failed != null) {
            throw failed;
        }
        return removed;
    }

    private int collectGarbage(CollectionName name) {
        CollectionLog log;
        try {
            log = parts.collections().findInCatalog(name, new Meter());
        } catch (NotFound dropped) {
            if (dropped.kind() != NotFound.Kind.COLLECTION) {
                throw dropped;
            }
            return 0;
        }
        return parts.garbage().collect(log);
    }

    /**
     * Reads the whole bucket and checks every reference, checksum and invariant. Changes nothing; servers may be at work meanwhile.
     *
     * @param listener is told every finding, and how it goes
     */
    public VerifyReport verify(VerifyListener listener) {
        return new Verifier(parts.store(), parts.mirror(), parts.host(), policy).verify(listener);
    }

    @Override
    public void close() {
        parts.close();
    }

    private View look(CollectionLog log) {
        return parts.host().await(log.look()).view();
    }

    private List<Job> plan(View view) {
        return Planner.plan(
                view.manifest(), view.tail(), policy, parts.host().clock().millis());
    }
}
