package dev.elanus.maintenance;

import dev.elanus.host.Host;
import dev.elanus.log.LogKeys;
import dev.elanus.manifest.CloneEntry;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.manifest.CommitOutcome;
import dev.elanus.manifest.HoldChanges;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which clones of a collection need its objects no more, and lets those go. */
final class Releases {
    private final ObjectStore store;
    private final Host host;
    private final Policy policy;

    Releases(ObjectStore store, Host host, Policy policy) {
        this.store = store;
        this.host = host;
        this.policy = policy;
    }

    /**
     * Lets all clones go that are over.
     *
     * @param storeMillis the time by the store's clock
     * @return the newest version
     */
    Manifest release(Versions<Manifest> versions, Manifest newest, long storeMillis) {
        Manifest now = newest;
        HeldObjects held = new HeldObjects(store);
        for (CloneEntry clone : newest.holds().clones()) {
            if (isOver(newest, clone, held, storeMillis)) {
                now = versions.commitOnNewest(now, HoldChanges.unpin(clone.cloneId()));
            }
        }
        return now;
    }

    /** Whether a clone names nothing of its origin any more, in any version that may be read: it never will again. */
    private boolean isOver(Manifest origin, CloneEntry clone, HeldObjects held, long storeMillis) {
        Versions<Manifest> versions =
                new Versions<>(store, LogKeys.manifestPrefix(clone.cloneId()), new ManifestCodec(), host);
        List<Listed> listed = versions.list(Integer.MAX_VALUE);
        if (listed.isEmpty()) {
            List<Listed> copy = store.list(clone.key(), "", 1);
            long longGraceStart = storeMillis - policy.longGrace().toMillis();
            return !copy.isEmpty()
                    && copy.getFirst().modifiedMillis() < longGraceStart
                    && isForestalled(versions, origin, clone);
        }
        long graceStart = storeMillis - policy.grace().toMillis();
        for (Listed one : listed.subList(0, GarbageCollector.keptVersions(listed, graceStart))) {
            Optional<Manifest> manifest = versions.find(versions.versionOf(one.key()));
            if (manifest.isEmpty()
                    || names(manifest.get().objects(), origin)
                    || names(held.of(manifest.get().holds()), origin)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes the place of the clone's first version, so that whoever set out to make the clone and was frozen since cannot.
     *
     * @return false if the clone came to be after all
     */
    private static boolean isForestalled(Versions<Manifest> versions, Manifest origin, CloneEntry clone) {
        CollectionDefinition definition = origin.collection().asClone(clone.cloneId(), origin.name());
        Manifest nothing = Manifest.first(definition).asDropped();
        return versions.create(nothing) instanceof CommitOutcome.Committed;
    }

    private static boolean names(Set<String> keys, Manifest origin) {
        String prefix = LogKeys.segmentPrefix(origin.collectionId());
        return keys.stream().anyMatch(key -> key.startsWith(prefix));
    }
}
