package dev.elanus.maintenance;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.CatalogCodec;
import dev.elanus.error.Corrupt;
import dev.elanus.host.Host;
import dev.elanus.log.LogKeys;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a bucket and checks every reference, checksum and invariant, in memory that does not grow with the bucket. Changes nothing. Servers may
 * be at work on the bucket: what they replace meanwhile is no finding.
 */
public final class Verifier {
    private static final String CATALOG = "catalog/";
    private static final String HINTS = "hint/";

    private final ObjectStore store;
    private final Mirror mirror;
    private final Host host;
    private final Policy policy;

    public Verifier(ObjectStore store, Mirror mirror, Host host, Policy policy) {
        this.store = store;
        this.mirror = mirror;
        this.host = host;
        this.policy = policy;
    }

    /**
     * Checks everything.
     *
     * @throws dev.elanus.error.Unavailable if the store is out of reach, so that nothing can be said
     */
    public VerifyReport verify(VerifyListener listener) {
        Audit audit = new Audit(listener);
        // Before the catalog is read: who is named meanwhile is no stray.
        Set<Long> strays = Pages.collections(store);
        Optional<Catalog> catalog = checkCatalog(audit);
        if (catalog.isPresent()) {
            CollectionCheck check = new CollectionCheck(store, mirror, host, policy, audit);
            catalog.get().collections().forEach(entry -> check.check(entry.name(), entry.collectionId()));
            catalog.get().dropped().forEach(dropped -> checkDropped(audit, dropped));
        }
        if (catalog.isPresent()) {
            catalog.get().collections().forEach(entry -> strays.remove(entry.collectionId()));
            catalog.get().dropped().forEach(dropped -> strays.remove(dropped.collectionId()));
            strays.forEach(id -> checkStray(audit, id));
        }
        checkHints(audit);
        return audit.report();
    }

    /** @return the newest version, if it can be read or there is none yet */
    private Optional<Catalog> checkCatalog(Audit audit) {
        Versions<Catalog> versions = new Versions<>(store, CATALOG, new CatalogCodec(), host);
        List<Listed> listed = versions.list(Integer.MAX_VALUE);
        Catalog[] newest = {listed.isEmpty() ? Catalog.empty() : null};
        for (int i = 0; i < listed.size(); i++) {
            String key = listed.get(i).key();
            boolean isNewest = i == 0;
            audit.reads(
                    key,
                    "restore the object from a backup",
                    () -> versions.find(versions.versionOf(key))
                            .ifPresent(catalog -> newest[0] = isNewest ? catalog : newest[0]));
            audit.at("catalog", i + 1, listed.size());
        }
        return Optional.ofNullable(newest[0]);
    }

    private void checkDropped(Audit audit, Catalog.Dropped dropped) {
        long ageMillis = host.clock().millis() - dropped.droppedMillis();
        String prefix = LogKeys.collectionPrefix(dropped.collectionId());
        boolean left = !store.list(prefix, "", 1).isEmpty();
        audit.expect(
                !left || ageMillis <= policy.longGrace().toMillis(),
                prefix,
                "expected nothing of a collection that was dropped " + ageMillis / 3_600_000
                        + " hours ago, found objects",
                "run './elanus build gc'");
    }

    /** What was published and never named: by somebody who is at it, or who died. */
    private void checkStray(Audit audit, long collectionId) {
        long now = host.clock().millis();
        long[] youngestMillis = {Long.MAX_VALUE};
        Pages.forEach(store, LogKeys.collectionPrefix(collectionId), listed -> {
            long ageMillis = now - listed.modifiedMillis();
            audit.orphan(listed.length(), ageMillis);
            youngestMillis[0] = Math.min(youngestMillis[0], ageMillis);
        });
        Duration allowed = isTombstone(collectionId) ? policy.tombstone() : policy.longGrace();
        audit.expect(
                youngestMillis[0] <= allowed.plus(policy.grace()).toMillis() || youngestMillis[0] == Long.MAX_VALUE,
                LogKeys.collectionPrefix(collectionId),
                "expected a collection that the catalog names, found one that it does not",
                "run './elanus build gc'");
    }

    /** Whether nothing is left of a collection but the manifest that says that it is dropped. */
    private boolean isTombstone(long collectionId) {
        List<Listed> objects = store.list(LogKeys.collectionPrefix(collectionId), "", 2);
        Versions<Manifest> versions =
                new Versions<>(store, LogKeys.manifestPrefix(collectionId), new ManifestCodec(), host);
        try {
            return objects.size() == 1
                    && versions.newest().map(Manifest::dropped).orElse(false);
        } catch (Corrupt _) {
            return false;
        }
    }

    private void checkHints(Audit audit) {
        ManifestCodec codec = new ManifestCodec();
        Pages.forEach(
                store,
                HINTS,
                listed -> audit.reads(
                        listed.key(),
                        "delete it: a hint may be lost",
                        () -> store.get(listed.key()).ifPresent(bytes -> codec.decode(listed.key(), bytes))));
    }
}
