package dev.elanus.maintenance;

import dev.elanus.catalog.Catalog;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.LogKeys;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Removes what no manifest has named for the grace period, and what none ever named after a longer one. Safe to run in several processes at once. */
public final class GarbageCollector {
    private final ObjectStore store;
    private final Host host;
    private final Policy policy;
    private final Releases releases;

    public GarbageCollector(ObjectStore store, Host host, Policy policy) {
        this.store = store;
        this.host = host;
        this.policy = policy;
        this.releases = new Releases(store, host, policy);
    }

    /** @return the number of objects that were removed */
    public int collect(CollectionLog log) {
        long now = storeMillis();
        long graceStart = now - policy.grace().toMillis();
        Versions<Manifest> versions = log.versions();
        versions.newest().ifPresent(newest -> releases.release(versions, newest, now));
        List<Listed> newestFirst = versions.list(Integer.MAX_VALUE);
        int kept = keptVersions(newestFirst, graceStart);
        HeldObjects held = new HeldObjects(store);
        Set<String> named = new HashSet<>();
        long sealedInAll = Long.MAX_VALUE;
        for (Listed listed : newestFirst.subList(0, kept)) {
            Optional<Manifest> manifest = versions.find(versions.versionOf(listed.key()));
            if (manifest.isEmpty()) {
                // Another process collects as well, and decided later than we did: leave the rest to it.
                return 0;
            }
            named.addAll(manifest.get().objects());
            named.addAll(held.of(manifest.get().holds()));
            sealedInAll = Math.min(sealedInAll, manifest.get().sealed().sequence());
        }
        List<Listed> expired = newestFirst.subList(kept, newestFirst.size());
        Set<String> replaced = new HashSet<>();
        expired.forEach(listed -> versions.find(versions.versionOf(listed.key()))
                .ifPresent(manifest -> addReplaced(replaced, held, manifest)));
        List<String> garbage = new ArrayList<>();
        long longGraceStart = now - policy.longGrace().toMillis();
        Consumer<Listed> sort = listed -> {
            // What no version names may belong to a job that is still at work: building an index can take hours.
            long spared = replaced.contains(listed.key()) ? graceStart : longGraceStart;
            if (!named.contains(listed.key()) && listed.modifiedMillis() < spared) {
                garbage.add(listed.key());
            }
        };
        Pages.forEach(store, LogKeys.segmentPrefix(log.collectionId()), sort);
        // After the objects that they name: whoever dies in between leaves the next one the way to them.
        Pages.forEach(store, LogKeys.holdPrefix(log.collectionId()), sort);
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

    /** Removes versions of the catalog that were not the newest within the grace period. @return how many */
    public int collectCatalogs(Versions<Catalog> versions) {
        long graceStart = storeMillis() - policy.grace().toMillis();
        List<Listed> newestFirst = versions.list(Integer.MAX_VALUE);
        List<Listed> expired = newestFirst.subList(keptVersions(newestFirst, graceStart), newestFirst.size());
        // The oldest first: who dies in between leaves no gap.
        expired.reversed().forEach(listed -> store.delete(listed.key()));
        return expired.size();
    }

    /** Frees what large writes left behind that were cut off long ago. @return how many of them */
    public int abortLeftOvers() {
        return store.abortLeftOvers(host.clock().instant().minus(policy.longGrace()));
    }

    private static void addReplaced(Set<String> replaced, HeldObjects held, Manifest manifest) {
        replaced.addAll(manifest.objects());
        try {
            replaced.addAll(held.of(manifest.holds()));
        } catch (Corrupt _) {
            // A copy of an expired version may be gone already, if its collector died: its objects stay a while longer.
        }
    }

    /**
     * Removes the objects of a dropped collection once the grace period is over, but for those that clones still need.
     *
     * @return whether nothing is left of it
     */
    public boolean collectDropped(Catalog.Dropped dropped) {
        // The last manifest says that the collection is dropped, and the store says since when.
        List<Listed> last = store.list(LogKeys.manifestPrefix(dropped.collectionId()), "", 1);
        long now = storeMillis();
        boolean young = !last.isEmpty()
                && last.getFirst().modifiedMillis() >= now - policy.grace().toMillis();
        return !young && isRemoved(dropped.collectionId(), now);
    }

    /**
     * Removes collections that were published and never named, because whoever made them died.
     *
     * @param newestCatalog asked after the collections were listed: who is named meanwhile is seen
     * @return how many
     */
    public int collectStrays(Supplier<Catalog> newestCatalog) {
        Set<Long> strays = Pages.collections(store);
        Catalog catalog = newestCatalog.get();
        catalog.collections().forEach(entry -> strays.remove(entry.collectionId()));
        catalog.dropped().forEach(dropped -> strays.remove(dropped.collectionId()));
        long now = storeMillis();
        long longGraceStart = now - policy.longGrace().toMillis();
        strays.removeIf(id -> {
            boolean[] young = {false};
            Pages.forEach(
                    store,
                    LogKeys.collectionPrefix(id),
                    listed -> young[0] |= listed.modifiedMillis() >= longGraceStart);
            return young[0]
                    || !isRemoved(id, now)
                    || !store.list(LogKeys.collectionPrefix(id), "", 1).isEmpty();
        });
        return strays.size();
    }

    /**
     * Removes what no clone needs of a collection that nobody reads.
     *
     * @return whether that was all, but for a tombstone: the manifest that says that it is dropped
     */
    private boolean isRemoved(long collectionId, long now) {
        Versions<Manifest> versions =
                new Versions<>(store, LogKeys.manifestPrefix(collectionId), new ManifestCodec(), host);
        Optional<Manifest> newest = versions.newest().map(manifest -> releases.release(versions, manifest, now));
        Set<String> spared = new HashSet<>();
        long longGraceStart = now - policy.longGrace().toMillis();
        if (newest.isPresent() && !newest.get().holds().clones().isEmpty()) {
            spared.addAll(new HeldObjects(store).of(newest.get().holds()));
            spared.add(versions.key(newest.get().version()));
            // Somebody may be about to name it: a clone of a clone.
            Pages.forEach(store, LogKeys.holdPrefix(collectionId), listed -> {
                if (listed.modifiedMillis() >= longGraceStart) {
                    spared.add(listed.key());
                }
            });
        }
        String tombstone = youngTombstone(versions, newest, now);
        List<String> keys = new ArrayList<>();
        Pages.forEach(store, LogKeys.collectionPrefix(collectionId), listed -> {
            if (!spared.contains(listed.key()) && !listed.key().equals(tombstone)) {
                keys.add(listed.key());
            }
        });
        // The newest manifest, which says that the collection is dropped, goes last of its kind: listings give it
        // first.
        // What its clones need is known from it as long as anything else is there.
        List<String> manifestsLast = keys.reversed().stream()
                .sorted(Comparator.comparing(key -> key.startsWith(LogKeys.manifestPrefix(collectionId))))
                .toList();
        manifestsLast.forEach(store::delete);
        return spared.isEmpty();
    }

    /** The key of the newest manifest, if it says that the collection is dropped and has not done so for long; else empty. */
    private String youngTombstone(Versions<Manifest> versions, Optional<Manifest> newest, long now) {
        if (newest.isEmpty() || !newest.get().dropped()) {
            return "";
        }
        Listed last = versions.list(1).getFirst();
        return last.modifiedMillis() >= now - policy.tombstone().toMillis() ? last.key() : "";
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
