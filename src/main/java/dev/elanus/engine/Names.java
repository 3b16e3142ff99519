package dev.elanus.engine;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.CatalogCodec;
import dev.elanus.error.DatabaseException;
import dev.elanus.host.Batcher;
import dev.elanus.host.Host;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.Versions;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The catalog as this process knows it. What is known is not read again, and changes that come together are published as one version: however
 * many names there are, a look costs one request for a small object that is not there. Safe for use from many threads.
 */
final class Names {
    /** Who is further behind lists. */
    private static final int MAX_STEPS = 8;

    private static final int MAX_CHANGES = 100;

    private final Versions<Catalog> versions;
    private final Host host;
    private final Duration lookAge;
    private final Batcher<Change<Catalog>, Optional<DatabaseException>> changes;
    private volatile Known known;

    /** @param lookedAtNanos before the store was asked whether there is a newer one */
    private record Known(Catalog catalog, long lookedAtNanos) {}

    /** @param lookAge for so long a version that was the newest is not collected, nor the one behind it */
    Names(ObjectStore store, Host host, Duration lookAge) {
        this.versions = new Versions<>(store, "catalog/", new CatalogCodec(), host);
        this.host = host;
        this.lookAge = lookAge;
        this.changes = new Batcher<>(host, MAX_CHANGES, _ -> 1, this::publish);
        this.known =
                new Known(Catalog.empty(), host.nanoTime() - Duration.ofDays(1).toNanos());
    }

    /** What was known last, without a look. */
    Catalog known() {
        return known.catalog();
    }

    /** What every process has done so far. */
    Catalog newest() {
        return newest(versions);
    }

    /** As {@link #newest()}, read through another store, which counts the requests. */
    Catalog newest(ObjectStore through) {
        return newest(versions.through(through));
    }

    private Catalog newest(Versions<Catalog> through) {
        long startedAt = host.nanoTime();
        Known now = known;
        Catalog newest = now.catalog();
        // That the next version is absent proves this one to be the newest only to who looked recently.
        boolean recently = startedAt - now.lookedAtNanos() < lookAge.toNanos();
        for (int step = 0; recently && step < MAX_STEPS; step++) {
            Optional<Catalog> next = through.find(newest.version() + 1);
            if (next.isEmpty()) {
                remember(newest, startedAt);
                return newest;
            }
            newest = next.get();
        }
        newest = through.newest().orElseGet(Catalog::empty);
        remember(newest, startedAt);
        return newest;
    }

    /**
     * Publishes a change on the newest version.
     *
     * @throws DatabaseException what the change throws
     */
    void commit(Change<Catalog> change) {
        host.await(changes.submit(change)).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** @return what each change threw */
    private List<Optional<DatabaseException>> publish(List<Change<Catalog>> together) {
        List<Optional<DatabaseException>> refusals = new ArrayList<>();
        Catalog base = newest();
        long startedAt = host.nanoTime();
        try {
            remember(versions.commitOnNewest(base, newest -> applied(newest, together, refusals)), startedAt);
        } catch (DatabaseException failure) {
            if (refusals.size() < together.size() || refusals.contains(Optional.<DatabaseException>empty())) {
                throw failure;
            }
        }
        return refusals;
    }

    /** Throws where no change is left. */
    private static Catalog applied(
            Catalog base, List<Change<Catalog>> together, List<Optional<DatabaseException>> refusals) {
        refusals.clear();
        Catalog state = base;
        DatabaseException last = null;
        for (Change<Catalog> change : together) {
            try {
                state = change.applyTo(state);
                refusals.add(Optional.empty());
            } catch (DatabaseException refusal) {
                refusals.add(Optional.of(refusal));
                last = refusal;
            }
        }
        if (last != null && !refusals.contains(Optional.<DatabaseException>empty())) {
            throw last;
        }
        return state;
    }

    private synchronized void remember(Catalog catalog, long lookedAtNanos) {
        Known now = known;
        if (catalog.version() > now.catalog().version()) {
            known = new Known(catalog, lookedAtNanos);
        } else if (catalog.version() == now.catalog().version() && lookedAtNanos > now.lookedAtNanos()) {
            known = new Known(now.catalog(), lookedAtNanos);
        }
    }

    /** The versions, for jobs that collect garbage. */
    Versions<Catalog> versions() {
        return versions;
    }
}
