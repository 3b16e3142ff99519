package dev.elanus.engine;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.DatabaseProperties;
import dev.elanus.catalog.RenameChange;
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
import dev.elanus.manifest.AlterChanges;
import dev.elanus.manifest.Change;
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
import java.util.Objects;
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
    private final Names names;
    private final Hints hints = new Hints();
    private final Map<CollectionName, CollectionLog> open = new ConcurrentHashMap<>();
    private final Drops drops;
    private final Logger logger = System.getLogger("dev.elanus.engine");

    Collections(ObjectStore store, Host host, HybridClock clock, LogLimits limits) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.limits = limits;
        this.drops = new Drops(this, store, host);
        this.names = new Names(store, host, limits.lookAge());
    }

    /** The collections that are open, in no order. */
    List<CollectionLog> open() {
        return List.copyOf(open.values());
    }

    /** What this process knows without asking the store. */
    EngineStatus.Held held() {
        return EngineStatus.Held.of(names.known().collections().size(), open());
    }

    /** How collections go. */
    Drops drops() {
        return drops;
    }

    void forgetOpen(CollectionName name, CollectionLog log) {
        open.remove(name, log);
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
        if (known != null && !known.isGone()) {
            return known;
        }
        if (known == null) {
            meter.countWave();
            Optional<Manifest> hint = hints.read(new MeteredStore(store, meter), name);
            if (hint.isPresent() && !hint.get().dropped() && hint.get().name().equals(name)) {
                return keep(hint.get(), longAgo());
            }
        }
        return findInCatalog(name, meter);
    }

    /** The collection of a name by the catalog, for when what was open turned out to be dropped. */
    CollectionLog findInCatalog(CollectionName name, Meter meter) {
        open.computeIfPresent(name, (_, known) -> known.isGone() ? null : known);
        MeteredStore metered = new MeteredStore(store, meter);
        // A listing and a read that depends on it, for the catalog and then for the manifest.
        meter.countWave();
        meter.countWave();
        Catalog names = this.names.newest(metered);
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
        if (!manifest.name().equals(entry.name())) {
            // Who renamed it died before its manifest said so.
            manifest = opened(manifest).commit(AlterChanges.rename(entry.name()));
        }
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
        NewCollection wanted = asked.inZone(Objects.requireNonNullElse(
                DatabaseProperties.timezone(newest.database(name.database())), CollectionProperties.DEFAULT_ZONE));
        CollectionSchema schema = SchemaRules.complete(name.name(), wanted.schema());
        TextRules.check(name.name(), schema);
        ShapeRules.check(schema);
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
            drops.fence(name, insteadOf);
        }
        // Before the manifest is put: a process that is frozen while it waits for the reply does not know how long ago
        // that was.
        long startedAt = host.nanoTime();
        Manifest first = createManifest(wanted, schema, insteadOf);
        try {
            names.commit(Catalog.add(entry(name, first), insteadOf, host.clock().millis()));
        } catch (Conflict another) {
            return sameOrRefuse(asked, findInCatalog(name, new Meter()).view().manifest());
        }
        if (host.nanoTime() - startedAt > MAX_CREATION.toNanos() && !drops.hasManifest(first.collectionId())) {
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
        drops.droppedOf(newest, name);
    }

    /** Gives a published collection a name that no other living one has. */
    CollectionLog give(CollectionName name, Manifest first) {
        Catalog newest = newestCatalog();
        long insteadOf = drops.droppedOf(newest, name);
        try {
            names.commit(Catalog.add(entry(name, first), insteadOf, host.clock().millis()));
        } catch (Conflict another) {
            throw taken(name);
        }
        hints.leave(store, first);
        // Others may have opened it by now, and written to it.
        return keep(first, longAgo());
    }

    static Invalid taken(CollectionName name) {
        return new Invalid("collection " + name.name() + " already exists: invalid parameter");
    }

    /** Gives a collection another name: from the catalog's next version on it has no other. */
    void rename(CollectionName from, CollectionName to) {
        SchemaRules.checkCollectionName(to.name());
        Catalog names = newestCatalog();
        RenameChange.check(names, from, to);
        drops.free(names, to);
        CollectionLog log = findInCatalog(from, new Meter());
        commit(RenameChange.of(from, to));
        log.commit(AlterChanges.rename(to));
        hints.forget(store, from);
        open.remove(from, log);
    }

    /** Changes names of databases and aliases. */
    void commit(Change<Catalog> change) {
        names.commit(change);
    }

    /** Collections whose objects are still to be removed. */
    List<Catalog.Dropped> dropped() {
        return newestCatalog().dropped();
    }

    void forget(Catalog.Dropped dropped) {
        names.commit(Catalog.forget(dropped.collectionId()));
    }

    /** What the catalog says of a collection. */
    private static Catalog.Entry entry(CollectionName name, Manifest manifest) {
        return new Catalog.Entry(
                name, manifest.collectionId(), manifest.collection().shards());
    }

    /** The versions of the catalog, for jobs that collect garbage. */
    Versions<Catalog> catalogVersions() {
        return names.versions();
    }

    Catalog newestCatalog() {
        return names.newest();
    }

    CollectionLog findById(CollectionName name, long id) {
        CollectionLog log = open.get(name);
        if (log != null && log.collectionId() == id) {
            return log;
        }
        Manifest manifest =
                versions(store, id).newest().orElseThrow(() -> NotFound.collection(name.database(), name.name()));
        return opened(manifest);
    }

    /** A collection that is not kept open. */
    private CollectionLog opened(Manifest manifest) {
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
        return found.name().equals(wanted.name()) ? keep(found, longAgo()) : findInCatalog(wanted.name(), new Meter());
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

    Versions<Manifest> versions(ObjectStore through, long collectionId) {
        return new Versions<>(through, LogKeys.manifestPrefix(collectionId), new ManifestCodec(), host);
    }

    /** A time of looking that no freshness accepts. */
    private long longAgo() {
        return host.nanoTime() - Duration.ofDays(1).toNanos();
    }
}
