package dev.elanus.engine;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.CatalogCodec;
import dev.elanus.catalog.DatabaseProperties;
import dev.elanus.error.Conflict;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.HybridClock;
import dev.elanus.log.LogKeys;
import dev.elanus.log.LogLimits;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.Changes;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.manifest.CommitOutcome;
import dev.elanus.manifest.Hints;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.SchemaRules;
import dev.elanus.storage.Meter;
import dev.elanus.storage.MeteredStore;
import dev.elanus.storage.ObjectStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The collections that this process has opened, and the names of all. A name is looked up in what is open, then in its hint, then in the
 * catalog. Safe for use from many threads.
 */
final class Collections {
    /** Who takes longer to create a collection than this looks whether it is still there. */
    private static final Duration MAX_CREATION = Duration.ofMinutes(10);

    private final ObjectStore store;
    private final Host host;
    private final HybridClock clock;
    private final LogLimits limits;
    private final Versions<Catalog> catalog;
    private final Hints hints = new Hints();
    private final Map<CollectionName, CollectionLog> open = new ConcurrentHashMap<>();
    private final Logger logger = System.getLogger("dev.elanus.engine");

    Collections(ObjectStore store, Host host, HybridClock clock, LogLimits limits) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.limits = limits;
        this.catalog = new Versions<>(store, "catalog/", new CatalogCodec(), host);
    }

    /** The collections that are open, in no order. */
    List<CollectionLog> open() {
        return List.copyOf(open.values());
    }

    /** Bytes of rows that are not sealed yet, of all collections that are open. */
    long unsealedBytes() {
        long bytes = 0;
        for (CollectionLog log : open.values()) {
            bytes += log.view().tail().sizeBytes();
        }
        return bytes;
    }

    /**
     * The collection of a name, by a manifest that may be old: whoever reads it looks for a newer one.
     *
     * @throws NotFound if there is none
     */
    CollectionLog find(CollectionName name, Meter meter) {
        CollectionLog known = open.get(name);
        if (known != null && !known.view().manifest().dropped()) {
            return known;
        }
        if (known == null) {
            meter.countWave();
            Optional<Manifest> hint = hints.read(new MeteredStore(store, meter), name);
            if (hint.isPresent() && !hint.get().dropped()) {
                return keep(hint.get(), longAgo());
            }
        }
        return findInCatalog(name, meter);
    }

    /** The collection of a name by the catalog, for when what was open turned out to be dropped. */
    CollectionLog findInCatalog(CollectionName name, Meter meter) {
        open.computeIfPresent(name, (_, known) -> known.view().manifest().dropped() ? null : known);
        MeteredStore metered = new MeteredStore(store, meter);
        // A listing and a read that depends on it, for the catalog and then for the manifest.
        meter.countWave();
        meter.countWave();
        Catalog names = catalog.through(metered).newest().orElseGet(Catalog::empty);
        names.database(name.database());
        Catalog.Entry entry = names.resolve(name).orElseThrow(() -> NotFound.collection(name.database(), name.name()));
        CollectionLog known = open.get(entry.name());
        if (known != null && known.collectionId() == entry.collectionId()) {
            return known;
        }
        meter.countWave();
        meter.countWave();
        Manifest manifest = versions(metered, entry.collectionId())
                .newest()
                .filter(newest -> !newest.dropped())
                .orElseThrow(() -> NotFound.collection(name.database(), name.name()));
        // The manifest is the newest, but nobody has looked for what the log holds behind it.
        return keep(manifest, longAgo());
    }

    /** All collections of a database that can be read, by the newest catalog, in the order of their names. */
    List<CollectionLog> list(String database) {
        Catalog names = newestCatalog();
        names.database(database);
        List<CollectionLog> logs = new ArrayList<>();
        for (Catalog.Entry entry : names.of(database)) {
            try {
                CollectionLog log = open.get(entry.name());
                logs.add(
                        log != null && log.collectionId() == entry.collectionId()
                                ? log
                                : findInCatalog(entry.name(), new Meter()));
            } catch (NotFound _) {
                // Dropped since the catalog was read, or in the middle of it.
            } catch (Corrupt | Unsupported unreadable) {
                logger.log(
                        Level.WARNING,
                        "collection {0} is left out of a listing: {1}",
                        entry.name().name(),
                        unreadable.getMessage());
            }
        }
        return logs;
    }

    /** Creates a collection; an equal one that is there already will do. */
    CollectionLog create(NewCollection asked) {
        CollectionName name = asked.name();
        SchemaRules.checkCollectionName(name.name());
        SchemaRules.checkShards(asked.shards());
        CollectionProperties.check(asked.properties());
        Catalog newest = newestCatalog();
        NewCollection wanted = asked.inZone(DatabaseProperties.timezone(newest.database(name.database())));
        CollectionSchema schema = SchemaRules.complete(name.name(), wanted.schema());
        TextRules.check(schema);
        PartitionRules.checkKey(schema, wanted);
        newest.checkNoAlias(name);
        long insteadOf = 0;
        Optional<Catalog.Entry> there = newest.find(name);
        if (there.isPresent()) {
            Optional<Manifest> manifest =
                    versions(store, there.get().collectionId()).newest().filter(found -> !found.dropped());
            if (manifest.isPresent()) {
                return sameOrRefuse(asked, manifest.get());
            }
            insteadOf = there.get().collectionId();
            fence(name, insteadOf);
        }
        // Before the manifest is put: a process that is frozen while it waits for the reply does not know how long ago
        // that was.
        long startedAt = host.nanoTime();
        Manifest first = createManifest(wanted, schema, insteadOf);
        try {
            catalog.commitOnNewest(
                    newest,
                    Catalog.add(
                            name, first.collectionId(), insteadOf, host.clock().millis()));
        } catch (Conflict another) {
            return sameOrRefuse(asked, findInCatalog(name, new Meter()).view().manifest());
        }
        if (host.nanoTime() - startedAt > MAX_CREATION.toNanos() && !hasManifest(first.collectionId())) {
            throw new Conflict("collection " + name.name() + " took longer than " + MAX_CREATION
                    + " to create, and was cleared away meanwhile: try again");
        }
        hints.leave(store, first);
        // Others may have opened it by now, and know more of it than we do.
        return keep(first, startedAt);
    }

    /** @throws Invalid if a living collection has the name */
    void checkFree(CollectionName name) {
        Catalog newest = newestCatalog();
        newest.database(name.database());
        newest.checkNoAlias(name);
        droppedOf(newest, name);
    }

    /** Gives a published collection a name that no other living one has. */
    CollectionLog give(CollectionName name, Manifest first) {
        Catalog newest = newestCatalog();
        long insteadOf = droppedOf(newest, name);
        try {
            catalog.commitOnNewest(
                    newest,
                    Catalog.add(
                            name, first.collectionId(), insteadOf, host.clock().millis()));
        } catch (Conflict another) {
            throw taken(name);
        }
        hints.leave(store, first);
        // Others may have opened it by now, and written to it.
        return keep(first, longAgo());
    }

    /** The dropped collection that still has a name, fenced, or 0. */
    private long droppedOf(Catalog newest, CollectionName name) {
        Optional<Catalog.Entry> there = newest.find(name);
        if (there.isEmpty()) {
            return 0;
        }
        long id = there.get().collectionId();
        if (versions(store, id).newest().filter(found -> !found.dropped()).isPresent()) {
            throw taken(name);
        }
        fence(name, id);
        return id;
    }

    /** Makes sure that nobody can write to a collection that is gone. */
    private void fence(CollectionName name, long id) {
        if (isThere(name, id)) {
            findById(name, id).fence();
        }
    }

    /**
     * Whether a named collection was ever there. Who froze for a day while it created one gives a name to what was cleared away.
     *
     * @throws Corrupt if there are objects of it and no manifest: nothing is removed that might still be wanted
     */
    private boolean isThere(CollectionName name, long id) {
        if (hasManifest(id)) {
            return true;
        }
        List<ObjectStore.Listed> others = store.list(LogKeys.collectionPrefix(id), "", 1);
        if (!others.isEmpty()) {
            throw new Corrupt(LogKeys.manifestPrefix(id) + ": expected manifests of collection " + name.name()
                    + ", found none, but other objects of it ("
                    + others.getFirst().key()
                    + "): restore them from a backup");
        }
        return false;
    }

    private boolean hasManifest(long id) {
        return versions(store, id).newestNumber().isPresent();
    }

    private static Invalid taken(CollectionName name) {
        return new Invalid("collection " + name.name() + " already exists: invalid parameter");
    }

    /** Drops a collection; a missing one is no error. */
    void drop(CollectionName name) {
        Catalog names = newestCatalog();
        names.database(name.database());
        if (names.findAlias(name).isPresent()) {
            throw new Invalid("cannot drop the collection via alias = " + name.name());
        }
        Optional<Catalog.Entry> entry = names.find(name);
        if (entry.isEmpty()) {
            return;
        }
        long id = entry.get().collectionId();
        checkNoAliases(names, name, id);
        if (!isThere(name, id)) {
            unname(name, id);
            return;
        }
        CollectionLog log = findById(name, id);
        // The manifest first: from then on every process that looks sees that the collection is gone, even if we die
        // here.
        if (!log.view().manifest().dropped()) {
            log.commit(Changes.drop());
        }
        free(name, log);
        open.remove(name, log);
    }

    private static void checkNoAliases(Catalog names, CollectionName name, long id) {
        List<String> aliases = names.aliasesOf(id);
        if (!aliases.isEmpty()) {
            throw new Invalid("unable to drop the collection [" + name.name() + "] because it has associated aliases "
                    + aliases + ", please remove all aliases before dropping the collection");
        }
    }

    /** Changes names of databases and aliases. */
    void commit(Change<Catalog> change) {
        catalog.commitOnNewest(newestCatalog(), change);
    }

    /** Takes its name away from a dropped collection, after nobody can write to it any more. */
    private void free(CollectionName name, CollectionLog log) {
        log.fence();
        unname(name, log.collectionId());
    }

    private void unname(CollectionName name, long id) {
        catalog.commitOnNewest(
                newestCatalog(), Catalog.remove(name, id, host.clock().millis()));
    }

    /**
     * Takes the names away of collections that are dropped: whoever dropped them died before it could. Asks the store about every collection
     * that there is.
     */
    void completeDrops() {
        for (Catalog.Entry entry : newestCatalog().collections()) {
            long id = entry.collectionId();
            try {
                if (versions(store, id).newest().map(Manifest::dropped).orElse(false)) {
                    free(entry.name(), findById(entry.name(), id));
                }
            } catch (Corrupt | Unsupported unreadable) {
                logger.log(
                        Level.WARNING,
                        "whether collection {0} is dropped cannot be told: {1}",
                        entry.name().name(),
                        unreadable.getMessage());
            }
        }
    }

    /** As {@link #completeDrops} for the collections that are open here, which costs nothing while none is dropped. */
    void completeDropsOfOpen() {
        List<CollectionLog> gone =
                open().stream().filter(log -> log.view().manifest().dropped()).toList();
        if (gone.isEmpty()) {
            return;
        }
        Catalog newest = newestCatalog();
        for (CollectionLog log : gone) {
            CollectionName name = log.view().manifest().name();
            if (newest.find(name)
                    .filter(entry -> entry.collectionId() == log.collectionId())
                    .isPresent()) {
                free(name, log);
            }
            open.remove(name, log);
        }
    }

    /** Collections whose objects are still to be removed. */
    List<Catalog.Dropped> dropped() {
        return newestCatalog().dropped();
    }

    void forget(Catalog.Dropped dropped) {
        catalog.commitOnNewest(newestCatalog(), Catalog.forget(dropped.collectionId()));
    }

    Catalog newestCatalog() {
        return catalog.newest().orElseGet(Catalog::empty);
    }

    private CollectionLog findById(CollectionName name, long id) {
        CollectionLog log = open.get(name);
        if (log != null && log.collectionId() == id) {
            return log;
        }
        Manifest manifest =
                versions(store, id).newest().orElseThrow(() -> NotFound.collection(name.database(), name.name()));
        return new CollectionLog(store, host, clock, limits, manifest, longAgo());
    }

    private CollectionLog sameOrRefuse(NewCollection asked, Manifest found) {
        // Who names no zone takes that of the collection: the database may have been given another since.
        NewCollection wanted = asked.inZone(found.collection().properties().get(CollectionDefinition.TIMEZONE));
        CollectionSchema schema = SchemaRules.complete(wanted.name().name(), wanted.schema());
        boolean same = found.schema().equals(schema)
                && found.collection().consistencyLevel() == wanted.consistencyLevel()
                && found.collection().properties().equals(wanted.properties())
                && PartitionRules.isSame(found.partitions(), schema, wanted);
        if (!same) {
            throw new Invalid("create duplicate collection with different parameters, collection: "
                    + wanted.name().name());
        }
        return keep(found, longAgo());
    }

    private Manifest createManifest(NewCollection wanted, CollectionSchema schema, long insteadOf) {
        while (true) {
            // Greater than the id that had the name before, whatever the wall clock says.
            long now = clock.reserve(1, insteadOf);
            Manifest first = Manifest.first(new CollectionDefinition(
                            now,
                            wanted.name(),
                            schema,
                            wanted.consistencyLevel(),
                            Math.max(1, wanted.shards()),
                            wanted.properties(),
                            now,
                            now))
                    .withPartitions(PartitionRules.initial(schema, wanted, now));
            switch (versions(store, now).create(first)) {
                case CommitOutcome.Committed<Manifest>(Manifest manifest) -> {
                    return manifest;
                }
                case CommitOutcome.Superseded<Manifest> _ -> {
                    // Another process drew the same id in the same millisecond: draw again.
                }
                case CommitOutcome.Unknown<Manifest>(RuntimeException cause) ->
                    throw new OutcomeUnknown("whether the collection was created is not known", cause);
            }
        }
    }

    private CollectionLog keep(Manifest manifest, long lookedAt) {
        return open.compute(manifest.name(), (_, known) -> {
            boolean isKnown = known != null && known.collectionId() == manifest.collectionId();
            return isKnown ? known : new CollectionLog(store, host, clock, limits, manifest, lookedAt);
        });
    }

    private Versions<Manifest> versions(ObjectStore through, long collectionId) {
        return new Versions<>(through, LogKeys.manifestPrefix(collectionId), new ManifestCodec(), host);
    }

    /** A time of looking that no freshness accepts. */
    private long longAgo() {
        return host.nanoTime() - Duration.ofDays(1).toNanos();
    }
}
