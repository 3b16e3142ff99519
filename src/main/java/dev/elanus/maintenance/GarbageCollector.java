package dev.elanus.maintenance;

import dev.elanus.catalog.Catalog;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.LogKeys;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Versions;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes what no manifest has named for the grace period, and what none ever named after a longer one. Safe to run in several processes at once. */
public final class GarbageCollector {
    private final ObjectStore store;
    private final Host host;
    private final Policy policy;

    public GarbageCollector(ObjectStore store, Host host, Policy policy) {
        this.store = store;
        this.host = host;
        this.policy = policy;
    }

    /** @return the number of objects that were removed */
    public int collect(CollectionLog log) {
        long now = storeMillis();
        long graceStart = now - policy.grace().toMillis();
        Versions<Manifest> versions = log.versions();
        List<Listed> newestFirst = versions.list(Integer.MAX_VALUE);
        int kept = keptVersions(newestFirst, graceStart);
        Set<String> named = new HashSet<>();
        long sealedInAll = Long.MAX_VALUE;
        for (Listed listed : newestFirst.subList(0, kept)) {
            Optional<Manifest> manifest = versions.find(versions.versionOf(listed.key()));
            if (manifest.isEmpty()) {
                // Another process collects as well, and decided later than we did: leave the rest to it.
                return 0;
            }
            named.addAll(NamedObjects.of(manifest.get()));
            sealedInAll = Math.min(sealedInAll, manifest.get().sealed().sequence());
        }
        List<Listed> expired = newestFirst.subList(kept, newestFirst.size());
        Set<String> replaced = new HashSet<>();
        expired.forEach(listed -> versions.find(versions.versionOf(listed.key()))
                .ifPresent(manifest -> replaced.addAll(NamedObjects.of(manifest))));
        List<String> garbage = new ArrayList<>();
        long longGraceStart = now - policy.longGrace().toMillis();
        Pages.forEach(store, LogKeys.segmentPrefix(log.collectionId()), listed -> {
            // What no version names may belong to a job that is still at work: building an index can take hours.
            long spared = replaced.contains(listed.key()) ? graceStart : longGraceStart;
            if (!named.contains(listed.key()) && listed.modifiedMillis() < spared) {
                garbage.add(listed.key());
            }
        });
        // After the objects that they name: whoever dies in between leaves the next one the way to them.
        expired.forEach(listed -> garbage.add(listed.key()));
        long sealedBefore = sealedInAll;
        Pages.forEach(store, LogKeys.logPrefix(log.collectionId()), listed -> {
            if (LogKeys.sequenceOf(log.collectionId(), listed) <= sealedBefore
                    && listed.modifiedMillis() < longGraceStart) {
                garbage.add(listed.key());
            }
        });
        garbage.forEach(store::delete);
        return garbage.size();
    }

    /** Frees what large writes left behind that were cut off long ago. @return how many of them */
    public int abortLeftOvers() {
        return store.abortLeftOvers(host.clock().instant().minus(policy.longGrace()));
    }

    /** Removes every object of a dropped collection once the grace period is over. @return whether nothing is left of it */
    public boolean collectDropped(Catalog.Dropped dropped) {
        // The last manifest says that the collection is dropped, and the store says since when.
        List<Listed> last = store.list(LogKeys.manifestPrefix(dropped.collectionId()), "", 1);
        if (!last.isEmpty()
                && last.getFirst().modifiedMillis()
                        >= storeMillis() - policy.grace().toMillis()) {
            return false;
        }
        List<String> keys = new ArrayList<>();
        Pages.forEach(store, LogKeys.collectionPrefix(dropped.collectionId()), listed -> keys.add(listed.key()));
        // The newest manifest, which says that the collection is dropped, goes last: listings give it first.
        keys.reversed().forEach(store::delete);
        return true;
    }

    /**
     * The time by the store's clock, by which objects are dated: this machine's may be wrong by any amount, and would make garbage of what readers
     * hold.
     */
    private long storeMillis() {
        String key = "probe/%016x".formatted(host.random().nextLong());
        store.putIfAbsent(key, Content.of(new byte[1]));
        List<Listed> probe = store.list(key, "", 1);
        store.delete(key);
        if (probe.isEmpty()) {
            throw new Unavailable(key + ": the store did not say what time it is, garbage stays for now");
        }
        return probe.getFirst().modifiedMillis();
    }

    /**
     * How many of the versions were current within the grace period: a version is current until its successor is written.
     */
    static int keptVersions(List<Listed> newestFirst, long graceStart) {
        int kept = Math.min(1, newestFirst.size());
        while (kept < newestFirst.size() && newestFirst.get(kept - 1).modifiedMillis() >= graceStart) {
            kept++;
        }
        return kept;
    }
}
