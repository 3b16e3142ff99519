package dev.elanus.engine;

import dev.elanus.catalog.Catalog;
import dev.elanus.error.Conflict;
import dev.elanus.error.DatabaseException;
import dev.elanus.host.Host;
import dev.elanus.index.Progress;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.View;
import dev.elanus.maintenance.Job;
import dev.elanus.maintenance.Planner;
import dev.elanus.maintenance.Policy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Maintains the collections that this process has opened, in the background: one task seals, so that sealing never waits for slow work, one
 * indexes and compacts, one collects garbage. Other processes may do the same on the same bucket.
 */
final class Caretaker {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GARBAGE_PAUSE = Duration.ofMinutes(10);
    private static final Duration VIEW_AGE = Duration.ofSeconds(30);
    /** A collection that nobody uses here and that needed nothing is looked at so rarely: there may be ten thousand of them. */
    private static final Duration IDLE_AGE = Duration.ofMinutes(10);

    private final EngineParts parts;
    private final Policy policy;
    private final Logger logger = System.getLogger("dev.elanus.maintenance");
    private volatile CompletableFuture<Boolean> wake = new CompletableFuture<>();
    private volatile boolean closed;

    Caretaker(EngineParts parts, Policy policy) {
        this.parts = parts;
        this.policy = policy;
    }

    /** Starts the tasks. They end after {@link #close}. */
    void start() {
        Host host = parts.host();
        host.start(() -> repeat(PAUSE, () -> round(job -> job instanceof Job.Seal)));
        host.start(() -> repeat(PAUSE, () -> round(job -> !(job instanceof Job.Seal))));
        host.start(() -> repeat(GARBAGE_PAUSE, this::collectGarbage));
    }

    /** Says that there may be something to do. */
    void wake() {
        CompletableFuture<Boolean> before = wake;
        wake = new CompletableFuture<>();
        before.complete(true);
    }

    void close() {
        closed = true;
        wake();
    }

    private boolean repeat(Duration pause, Runnable work) {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            CompletableFuture<Boolean> next = wake;
            try {
                work.run();
            } catch (RuntimeException | Error bug) {
                // What nobody expected must not end maintenance for good: unsealed rows would pile up until writes are
                // refused.
                logger.log(Level.ERROR, "maintenance goes on after a failure that it does not know", bug);
            }
            if (!closed) {
                parts.host().await(next, pause);
            }
        }
        return true;
    }

    private void round(Predicate<Job> due) {
        for (CollectionLog log : parts.collections().open()) {
            long before = log.view().manifest().version();
            try {
                if (isIdle(log)) {
                    continue;
                }
                View view = log.viewWithin(VIEW_AGE);
                before = view.manifest().version();
                List<Job> jobs = plan(view).stream().filter(due).toList();
                // One job of each collection, then the next: a large collection does not keep the others waiting.
                if (!jobs.isEmpty() && !closed) {
                    parts.maintainer().run(log, jobs.getFirst(), Progress.NONE);
                    wake();
                }
            } catch (Conflict beaten) {
                logger.log(Level.DEBUG, "maintenance: another process was quicker: {0}", beaten.getMessage());
                look(log);
            } catch (DatabaseException failure) {
                reportUnlessBeaten(log, before, failure);
            }
        }
    }

    private boolean isIdle(CollectionLog log) {
        return !log.isFresh(VIEW_AGE)
                && log.isFresh(IDLE_AGE)
                && plan(log.view()).isEmpty();
    }

    /** Whose collection has moved on meanwhile, perhaps long ago, looked for what is not there any more: that is no failure. */
    private void reportUnlessBeaten(CollectionLog log, long versionBefore, DatabaseException failure) {
        look(log);
        boolean isBeaten = log.view().manifest().version() != versionBefore;
        logger.log(
                isBeaten ? Level.DEBUG : Level.WARNING,
                "maintenance of collection " + log.collectionId() + " will be tried again",
                failure);
    }

    private List<Job> plan(View view) {
        return Planner.plan(
                view.manifest(), view.tail(), policy, parts.host().clock().millis());
    }

    private void look(CollectionLog log) {
        try {
            parts.host().await(log.look());
        } catch (DatabaseException failure) {
            logger.log(Level.WARNING, "collection " + log.collectionId() + " cannot be looked up", failure);
        }
    }

    private void collectGarbage() {
        for (CollectionLog log : parts.collections().open()) {
            try {
                parts.garbage().collect(log);
            } catch (DatabaseException failure) {
                logger.log(Level.WARNING, "garbage of collection " + log.collectionId() + " stays for now", failure);
            }
        }
        try {
            parts.garbage().collectCatalogs(parts.collections().catalogVersions());
            parts.collections().drops().completeDropsOfOpen();
            for (Catalog.Dropped dropped : parts.collections().dropped()) {
                collectDropped(dropped);
            }
        } catch (DatabaseException failure) {
            logger.log(Level.WARNING, "dropped collections stay for now", failure);
        }
        try {
            parts.garbage().abortLeftOvers();
        } catch (DatabaseException failure) {
            logger.log(Level.WARNING, "parts of unfinished uploads stay for now", failure);
        }
    }

    private void collectDropped(Catalog.Dropped dropped) {
        try {
            if (parts.garbage().collectDropped(dropped)) {
                parts.collections().forget(dropped);
            }
        } catch (DatabaseException failure) {
            logger.log(Level.WARNING, "dropped collection " + dropped.collectionId() + " stays for now", failure);
        }
    }
}
