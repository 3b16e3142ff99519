package dev.elanus.search;

import dev.elanus.error.DatabaseException;
import dev.elanus.host.Host;
import dev.elanus.log.CollectionLog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again at the collections that are being read, so that a read at {@code Bounded} finds a view that is young enough and does not
 * wait for the store. Nobody looks at a collection that was not read for a while.
 */
final class Refresher {
    /** An idle collection costs requests for this long after its last read. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Host host;
    private final Duration interval;
    /** When each was last read, by {@link Host#nanoTime}. */
    private final Map<CollectionLog, Long> lastReads = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /** @param bound the age that no view should reach; half of it is left for the store to answer */
    Refresher(Host host, Duration bound) {
        this.host = host;
        this.interval = bound.dividedBy(2);
    }

    /** Says that a collection is read now. */
    void read(CollectionLog log) {
        if (lastReads.put(log, host.nanoTime()) == null && !closed) {
            host.start(() -> refresh(log));
        }
    }

    void close() {
        closed = true;
    }

    private @Nullable Void refresh(CollectionLog log) {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            if (isIdle(log)) {
                return null;
            }
            long age = host.nanoTime() - log.view().lookedAtNanos();
            Duration wait = interval.minusNanos(age);
            if (wait.isPositive()) {
                host.pause(wait);
                continue;
            }
            try {
                host.await(log.look());
            } catch (DatabaseException _) {
                // Who needs a younger view looks itself, and reports what is wrong.
                host.pause(interval);
            }
        }
        return null;
    }

    /** Whether the collection was not read for a while, or is gone; then it is forgotten, unless it is read in this very moment. */
    private boolean isIdle(CollectionLog log) {
        Long last = lastReads.get(log);
        boolean idle = last == null || host.nanoTime() - last > IDLE.toNanos() || log.isGone();
        return idle && (last == null || lastReads.remove(log, last));
    }
}
