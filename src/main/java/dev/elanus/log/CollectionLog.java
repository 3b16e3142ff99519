package dev.elanus.log;

import dev.elanus.error.Busy;
import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.NotFound;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.host.Batcher;
import dev.elanus.host.Host;
import dev.elanus.manifest.BatchId;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.Hints;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.storage.Meter;
import dev.elanus.storage.MeteredStore;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One collection as this process knows it: its newest manifest and the tail of its log, looked up again on demand, and the way to add to both.
 * Safe for use from many threads. Nothing here waits for the store while it holds a lock.
 */
public final class CollectionLog {
    /** An age that no freshness accepts. */
    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final long collectionId;
    private final CollectionName name;
    private final ObjectStore store;
    private final Host host;
    private final LogLimits limits;
    private final Versions<Manifest> versions;
    private final Hints hints = new Hints();
    private final LogReader reader;
    private final Batcher<Integer, Looked> looks;
    private final BatchWriter writer;
    private final WritePipeline writes;
    private final RecentWriters recentWriters = new RecentWriters();

    /** When the last fence was met: a look that began before says nothing about it. Guarded by this. */
    private long fencedAtNanos;

    private volatile View view;

    /**
     * What a look brought.
     *
     * @param meter what it cost
     */
    public record Looked(View view, Meter meter) {}

    /**
     * A collection of which a manifest is known, perhaps an old one.
     *
     * @param lookedAtNanos when that manifest was known to be the newest, or a time long ago
     */
    public CollectionLog(
            ObjectStore store, Host host, HybridClock clock, LogLimits limits, Manifest manifest, long lookedAtNanos) {
        this.collectionId = manifest.collectionId();
        this.name = manifest.name();
        this.store = store;
        this.host = host;
        this.limits = limits;
        this.versions = new Versions<>(store, LogKeys.manifestPrefix(collectionId), new ManifestCodec(), host);
        this.reader = new LogReader(collectionId, new OwnSchemas(), host);
        this.looks = new Batcher<>(host, Integer.MAX_VALUE, waiting -> 1, waiting -> {
            Looked looked = lookNow();
            return Collections.nCopies(waiting.size(), looked);
        });
        this.writer = new BatchWriter(collectionId, store, reader);
        this.writes = new WritePipeline(this, writer, host, clock, limits);
        this.fencedAtNanos = lookedAtNanos;
        this.view = new View(manifest, Tail.empty(manifest.schema(), manifest.sealed()), lookedAtNanos);
    }

    public long collectionId() {
        return collectionId;
    }

    /** The name that it was opened by. */
    public CollectionName name() {
        return name;
    }

    /** Whether, as far as is known now, the name that it was opened by does not stand for it any more. */
    public boolean isGone() {
        return isGone(view.manifest());
    }

    private boolean isGone(Manifest manifest) {
        return manifest.dropped() || !manifest.name().equals(name);
    }

    /** @throws NotFound if by this manifest the collection is dropped, or has another name than it was opened by */
    public void checkThere(Manifest manifest) {
        if (isGone(manifest)) {
            throw NotFound.collection(name.database(), name.name());
        }
    }

    /** What is known now, without asking the store. */
    public View view() {
        return view;
    }

    /** Whether what is known was looked up within {@code age}. */
    public boolean isFresh(Duration age) {
        return host.nanoTime() - view.lookedAtNanos() < age.toNanos();
    }

    /**
     * Asks the store for a newer manifest and more log. The look starts after this call, so it sees everything that was acknowledged before;
     * calls that come while another look is in flight share the next.
     */
    public CompletableFuture<Looked> look() {
        return looks.submit(0);
    }

    /** The view, looked up if it is older than {@code age}. */
    public View viewWithin(Duration age) {
        return isFresh(age) ? view : host.await(look()).view();
    }

    /**
     * Makes a write durable.
     *
     * @return when it is durable, together with all before it
     */
    public CompletableFuture<Appended> append(PendingWrite write) {
        return writes.submit(write);
    }

    /**
     * Takes a write back that has not left yet.
     *
     * @param appended what {@link #append} gave for it
     * @return false if it is on its way, or done
     */
    public boolean withdraw(CompletableFuture<Appended> appended) {
        return writes.withdraw(appended);
    }

    /** Publishes a change on the newest manifest and takes the result over. */
    public Manifest commit(Change<Manifest> change) {
        // What was the newest long ago is no base: the version behind it may be collected by now, and its name free
        // again.
        Manifest base = viewWithin(limits.lookAge()).manifest();
        Manifest committed = versions.commitOnNewest(base, change);
        install(committed, view.lookedAtNanos());
        host.start(() -> {
            hints.leave(store, committed);
            return committed;
        });
        return committed;
    }

    /**
     * Takes the next place in the log of a dropped collection with an empty batch. A process that has not seen the drop would write there, be
     * told that its write is durable, and nobody would ever read it; now it loses the place, looks, and sees.
     */
    public void fence() {
        long known = view.tail().end().sequence();
        long free = reader.firstFree(store, known);
        BatchId id = new BatchId(host.random().nextLong(), host.random().nextLong());
        // Naming itself as its predecessor, a fence never counts.
        while (!writer.put(new LogBatch(free, 0, id, id, known, List.of())).isEmpty()) {
            free++;
        }
    }

    /** The manifest's versions, for jobs that collect garbage. */
    public Versions<Manifest> versions() {
        return versions;
    }

    /** The schema by which batches are read. A field that it lacks was added since, and the newest manifest tells of it. */
    private final class OwnSchemas implements Schemas {
        @Override
        public CollectionSchema known() {
            return view.manifest().schema();
        }

        @Override
        public CollectionSchema newest() {
            // Taken over before the batch is: else the tail would not know the field when it joins its rows.
            versions.newest().ifPresent(newest -> install(newest, view.lookedAtNanos()));
            return known();
        }
    }

    private Looked lookNow() {
        Meter meter = new Meter();
        ObjectStore metered = new MeteredStore(store, meter);
        long startedAt = host.nanoTime();
        View before = view;
        boolean recently = isFresh(limits.lookAge());
        // Side by side: is there a newer manifest, and what came behind the log's known end?
        CompletableFuture<Found<Manifest>> manifest =
                host.start(() -> newestManifest(versions.through(metered), before.manifest(), recently));
        Found<List<LogBatch>> batches = newBatches(metered, before.tail().end().sequence(), recently);
        Found<Manifest> newest = host.await(manifest);
        for (int wave = 0; wave < Math.max(newest.waves(), batches.waves()); wave++) {
            meter.countWave();
        }
        install(newest.value(), startedAt);
        if (newest.value().dropped()) {
            // Its log may be collected in parts, and what came late may lie behind what is gone: nobody needs it.
            return new Looked(view, meter);
        }
        try {
            View installed = install(batches.value());
            // A fence follows a drop, which a manifest that was read beside the log may not show yet.
            return batches.value().stream().anyMatch(LogBatch::isFence) ? lookNow() : new Looked(installed, meter);
        } catch (Corrupt missing) {
            if (isFresh(limits.lookAge())) {
                throw missing;
            }
            // Between looking for a manifest and reading the log so much time went by that batches may have been
            // collected.
            return lookNow();
        }
    }

    /** What a part of a look brought, and in how many dependent waves. */
    private record Found<T>(T value, int waves) {}

    /**
     * That version n + 1 is absent proves n to be the newest only to who looked recently: it may have been collected since. Others list.
     */
    private static Found<Manifest> newestManifest(Versions<Manifest> versions, Manifest known, boolean recently) {
        if (recently && versions.find(known.version() + 1).isEmpty()) {
            return new Found<>(known, 1);
        }
        int waves = recently ? 2 : 1;
        long number = versions.newestNumber().orElse(-1);
        if (number == known.version()) {
            return new Found<>(known, waves);
        }
        Manifest newest = versions.find(number)
                .or(versions::newest)
                .orElseThrow(() -> NotFound.collection(
                        known.name().database(), known.name().name()));
        return new Found<>(newest, waves + 1);
    }

    /** As with manifests, but the log has no version that is read instead of another: all that is new is read. */
    private Found<List<LogBatch>> newBatches(ObjectStore metered, long end, boolean recently) {
        List<LogBatch> batches = new ArrayList<>();
        if (recently) {
            Optional<LogBatch> next = reader.find(metered, end + 1);
            if (next.isEmpty()) {
                return new Found<>(List.of(), 1);
            }
            batches.add(next.get());
        }
        List<Long> sequences = reader.sequencesAfter(metered, end + batches.size());
        int waves = (recently ? 2 : 1) + (sequences.isEmpty() ? 0 : 1);
        batches.addAll(reader.read(metered, sequences));
        return new Found<>(batches, waves);
    }

    /** Takes a manifest over if it is newer, and notes when the store was asked. */
    private synchronized void install(Manifest newer, long lookedAtNanos) {
        View now = view;
        boolean advances = newer.version() > now.manifest().version();
        Manifest manifest = advances ? newer : now.manifest();
        Tail known = now.tail().in(manifest.schema());
        Tail tail = known.sealed().equals(manifest.sealed()) ? known : known.after(manifest.sealed());
        long sinceFence = lookedAtNanos - fencedAtNanos;
        view = new View(
                manifest, tail, sinceFence < 0 ? now.lookedAtNanos() : Math.max(lookedAtNanos, now.lookedAtNanos()));
    }

    /**
     * Takes those batches over that are not known yet, up to the first free place: what lies behind it counts only once that place is taken. With a
     * fence among them, what was seen of the manifest before counts for nothing: nobody may write behind a fence who has not looked since.
     *
     * @throws Corrupt if a batch says that a place is taken where there is none
     */
    synchronized View install(List<LogBatch> batches) {
        View now = view;
        Tail tail = now.tail();
        long lookedAtNanos = now.lookedAtNanos();
        for (LogBatch batch : batches) {
            long next = tail.end().sequence() + 1;
            if (batch.sequence() > next) {
                if (batch.durable() >= next) {
                    throw new Corrupt(LogKeys.batch(collectionId, next) + ": expected a batch of the log, found none;"
                            + " batch " + batch.sequence() + " says that it was there: restore it from a backup");
                }
                break;
            }
            if (batch.sequence() == next) {
                if (batch.follows(tail.end())) {
                    recentWriters.add(batch.id().writer());
                }
                if (batch.isFence()) {
                    fencedAtNanos = host.nanoTime();
                    lookedAtNanos = fencedAtNanos - LONG_AGO.toNanos();
                }
                tail = tail.append(batch);
            }
        }
        view = new View(now.manifest(), tail, lookedAtNanos);
        return view;
    }

    RecentWriters recentWriters() {
        return recentWriters;
    }

    /** Why nothing can be written now, if so. */
    Optional<DatabaseException> refusal() {
        View base = view;
        if (isGone(base.manifest())) {
            return Optional.of(NotFound.collection(name.database(), name.name()));
        }
        if (base.tail().sizeBytes() > limits.unsealedBytes()) {
            return Optional.of(new Busy("collection " + name.name() + " has "
                    + base.tail().sizeBytes() + " bytes that are not sealed yet, the limit is " + limits.unsealedBytes()
                    + ": retry later"));
        }
        return Optional.empty();
    }

    /** After a freeze the place that was written may have been truncated long ago, and then nobody will ever read it. */
    void checkStillLive(LogBatch batch, long startedAt) {
        if (host.nanoTime() - startedAt < limits.lookAge().toNanos()) {
            return;
        }
        try {
            View looked = host.await(look()).view();
            if (looked.manifest().sealed().sequence() < batch.sequence()) {
                return;
            }
        } catch (DatabaseException unreadable) {
            throw new OutcomeUnknown("the write took too long and could not be confirmed", unreadable);
        }
        throw new OutcomeUnknown("the write took longer than " + limits.lookAge() + ": read before writing again");
    }
}
