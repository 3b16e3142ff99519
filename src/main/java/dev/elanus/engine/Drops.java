package dev.elanus.engine;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.RenameChange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.LogKeys;
import dev.elanus.manifest.Changes;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.ObjectStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** How collections go: first the manifest says so, then nobody can write any more, then the name is free. Safe for use from many threads. */
final class Drops {
    private final Collections collections;
    private final ObjectStore store;
    private final Host host;
    private final Logger logger = System.getLogger("dev.elanus.engine");

    Drops(Collections collections, ObjectStore store, Host host) {
        this.collections = collections;
        this.store = store;
        this.host = host;
    }

    /** The dropped collection that still has a name, fenced, or 0. */
    long droppedOf(Catalog newest, CollectionName name) {
        Optional<Catalog.Entry> there = newest.find(name);
        if (there.isEmpty()) {
            return 0;
        }
        long id = there.get().collectionId();
        if (isAlive(id)) {
            throw Collections.taken(name);
        }
        fence(name, id);
        return id;
    }

    /**
     * Takes a name away from what is dropped and still has it.
     *
     * @throws Invalid if a living collection has the name
     */
    void free(Catalog newest, CollectionName name) {
        Optional<Catalog.Entry> there = newest.find(name);
        if (there.isPresent()) {
            long id = there.get().collectionId();
            if (isAlive(id)) {
                throw RenameChange.taken(name);
            }
            fence(name, id);
            unname(name, id);
        }
    }

    private boolean isAlive(long id) {
        return collections
                .versions(store, id)
                .newest()
                .filter(found -> !found.dropped())
                .isPresent();
    }

    /** Makes sure that nobody can write to a collection that is gone. */
    void fence(CollectionName name, long id) {
        if (isThere(name, id)) {
            collections.findById(name, id).fence();
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

    boolean hasManifest(long id) {
        return collections.versions(store, id).newestNumber().isPresent();
    }

    /** Drops a collection; a missing one is no error. */
    void drop(CollectionName name) {
        Catalog names = collections.newestCatalog();
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
        CollectionLog log = collections.findById(name, id);
        // The manifest first: from then on every process that looks sees that the collection is gone, even if we die
        // here.
        if (!log.view().manifest().dropped()) {
            log.commit(Changes.drop());
        }
        free(name, log);
        collections.forgetOpen(name, log);
    }

    private static void checkNoAliases(Catalog names, CollectionName name, long id) {
        List<String> aliases = names.aliasesOf(id);
        if (!aliases.isEmpty()) {
            throw new Invalid("unable to drop the collection [" + name.name() + "] because it has associated aliases "
                    + aliases + ", please remove all aliases before dropping the collection");
        }
    }

    /** Takes its name away from a dropped collection, after nobody can write to it any more. */
    private void free(CollectionName name, CollectionLog log) {
        log.fence();
        unname(name, log.collectionId());
    }

    private void unname(CollectionName name, long id) {
        collections.commit(Catalog.remove(name, id, host.clock().millis()));
    }

    /**
     * Takes the names away of collections that are dropped: whoever dropped them died before it could. Asks the store about every collection
     * that there is.
     */
    void completeDrops() {
        for (Catalog.Entry entry : collections.newestCatalog().collections()) {
            long id = entry.collectionId();
            try {
                if (collections
                        .versions(store, id)
                        .newest()
                        .map(Manifest::dropped)
                        .orElse(false)) {
                    free(entry.name(), collections.findById(entry.name(), id));
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
                collections.open().stream().filter(CollectionLog::isGone).toList();
        if (gone.isEmpty()) {
            return;
        }
        Catalog newest = collections.newestCatalog();
        for (CollectionLog log : gone) {
            CollectionName name = log.name();
            if (log.view().manifest().dropped()
                    && newest.find(name)
                            .filter(entry -> entry.collectionId() == log.collectionId())
                            .isPresent()) {
                free(name, log);
            }
            collections.forgetOpen(name, log);
        }
    }
}
