package dev.elanus.maintenance;

import dev.elanus.error.NotFound;
import dev.elanus.host.Host;
import dev.elanus.log.LogInspection;
import dev.elanus.log.LogKeys;
import dev.elanus.manifest.CloneEntry;
import dev.elanus.manifest.DeletesEntry;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.manifest.SnapshotEntry;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks one collection: its manifests, the objects that they name, the log behind the sealed position, and what nobody names. */
final class CollectionCheck {
    private static final String FROM_BACKUP = "restore the object from a backup";

    private final ObjectStore store;
    private final Host host;
    private final Policy policy;
    private final Audit audit;
    private final ObjectCheck objects;

    CollectionCheck(ObjectStore store, Mirror mirror, Host host, Policy policy, Audit audit) {
        this.store = store;
        this.host = host;
        this.policy = policy;
        this.audit = audit;
        this.objects = new ObjectCheck(store, mirror, audit);
    }

    void check(CollectionName name, long collectionId) {
        audit.collections++;
        Versions<Manifest> versions =
                new Versions<>(store, LogKeys.manifestPrefix(collectionId), new ManifestCodec(), host);
        List<Listed> listed = versions.list(Integer.MAX_VALUE);
        if (listed.isEmpty()) {
            audit.found(
                    LogKeys.manifestPrefix(collectionId),
                    "expected the manifest of collection " + name.name() + ", found none",
                    FROM_BACKUP);
            return;
        }
        long graceStart = host.clock().millis() - policy.grace().toMillis();
        List<Manifest> kept = read(versions, listed.subList(0, GarbageCollector.keptVersions(listed, graceStart)));
        if (kept.isEmpty()) {
            return;
        }
        Manifest newest = kept.getFirst();
        String newestKey = versions.key(newest.version());
        audit.expect(
                newest.name().equals(name),
                newestKey,
                "expected the name " + name.name() + ", found " + newest.name().name(),
                "tell the authors: the catalog and the manifest differ");
        for (Manifest manifest : kept) {
            checkInvariants(versions.key(manifest.version()), manifest);
        }
        checkSequence(versions, kept);
        List<Manifest> named = new ArrayList<>(kept);
        named.addAll(readCopies(
                newest.holds().snapshots().stream().map(SnapshotEntry::key).toList()));
        checkOrigins(newestKey, named);
        checkObjects(
                name,
                versions,
                named,
                readCopies(newest.holds().clones().stream().map(CloneEntry::key).toList()));
        if (!newest.dropped()) {
            LogInspection.Inspected log = LogInspection.inspect(
                    store, host, newest, (key, problem) -> audit.found(key, problem, FROM_BACKUP));
            audit.batches += log.batches();
            audit.bytes += log.bytes();
        }
        countOrphans(collectionId, kept, versions, listed);
    }

    /** The manifests that snapshots or clones keep. */
    private List<Manifest> readCopies(List<String> keys) {
        HeldObjects held = new HeldObjects(store);
        List<Manifest> copies = new ArrayList<>();
        keys.forEach(key -> audit.reads(key, FROM_BACKUP, () -> copies.add(held.copy(key))));
        audit.manifests += copies.size();
        return copies;
    }

    /** Whoever names an object of another collection must be noted there, or its collector would not spare it. */
    private void checkOrigins(String newestKey, List<Manifest> named) {
        long collectionId = named.getFirst().collectionId();
        Set<Long> owners = new TreeSet<>();
        named.forEach(manifest -> manifest.objects().forEach(key -> owners.add(LogKeys.ownerOf(key))));
        owners.remove(collectionId);
        for (long owner : owners) {
            Versions<Manifest> versions =
                    new Versions<>(store, LogKeys.manifestPrefix(owner), new ManifestCodec(), host);
            audit.expect(
                    versions.newest()
                            .flatMap(origin -> origin.holds().clone(collectionId))
                            .isPresent(),
                    newestKey,
                    "expected collection " + Long.toHexString(owner)
                            + ", of which this one names objects, to note that," + " found no note",
                    "collect no garbage, and restore that collection's manifest from a backup");
        }
    }

    /** The versions that can be read, newest first. */
    private List<Manifest> read(Versions<Manifest> versions, List<Listed> listed) {
        List<Manifest> kept = new ArrayList<>();
        for (Listed one : listed) {
            audit.reads(
                    one.key(),
                    FROM_BACKUP,
                    () -> versions.find(versions.versionOf(one.key())).ifPresent(kept::add));
        }
        for (int i = 1; i < listed.size(); i++) {
            long newer = versions.versionOf(listed.get(i - 1).key());
            audit.expect(
                    versions.versionOf(listed.get(i).key()) == newer - 1,
                    versions.key(newer - 1),
                    "expected a version between its neighbours, found none",
                    FROM_BACKUP);
        }
        audit.manifests += kept.size();
        return kept;
    }

    private void checkSequence(Versions<Manifest> versions, List<Manifest> newestFirst) {
        for (int i = 1; i < newestFirst.size(); i++) {
            Manifest newer = newestFirst.get(i - 1);
            Manifest older = newestFirst.get(i);
            boolean ascends = older.sealed().sequence() <= newer.sealed().sequence()
                    && older.sealed().timestamp() <= newer.sealed().timestamp();
            audit.expect(
                    ascends,
                    versions.key(newer.version()),
                    "expected a sealed position not before " + older.sealed() + ", found " + newer.sealed(),
                    FROM_BACKUP);
        }
    }

    private void checkInvariants(String key, Manifest manifest) {
        Set<Long> ids = new HashSet<>();
        for (SegmentEntry segment : manifest.segments()) {
            String where = "segment " + Long.toHexString(segment.id());
            audit.expect(ids.add(segment.id()), key, "expected " + where + " once, found it again", FROM_BACKUP);
            audit.expect(
                    segment.layout().rowCount() == segment.rowCount(),
                    key,
                    where + ": expected a layout of " + segment.rowCount() + " rows, found "
                            + segment.layout().rowCount(),
                    FROM_BACKUP);
            audit.expect(
                    segment.deletedCount() <= segment.rowCount(),
                    key,
                    where + ": expected at most " + segment.rowCount() + " deleted rows, found "
                            + segment.deletedCount(),
                    FROM_BACKUP);
            Set<Long> indexes = new HashSet<>();
            for (IndexEntry index : segment.indexes()) {
                audit.expect(
                        definition(manifest, index).isPresent() && indexes.add(index.indexId()),
                        key,
                        where + ": expected one index for a definition, found index " + index.indexId()
                                + " without or again",
                        FROM_BACKUP);
            }
        }
    }

    /** Every object that a kept manifest or a snapshot names, once, and of what clones need this collection's own. */
    private void checkObjects(
            CollectionName name, Versions<Manifest> versions, List<Manifest> newestFirst, List<Manifest> forClones) {
        Map<String, Runnable> checks = new LinkedHashMap<>();
        newestFirst.forEach(manifest -> addChecks(checks, manifest, LogKeys.allCollections()));
        String own = LogKeys.collectionPrefix(newestFirst.getFirst().collectionId());
        forClones.forEach(manifest -> addChecks(checks, manifest, own));
        long done = 0;
        for (Map.Entry<String, Runnable> check : checks.entrySet()) {
            audit.at("collection " + name.name(), done++, checks.size());
            checkObject(versions, newestFirst.getFirst(), check.getKey(), check.getValue());
        }
        audit.at("collection " + name.name(), done, checks.size());
    }

    private void addChecks(Map<String, Runnable> checks, Manifest manifest, String prefix) {
        Map<String, Runnable> all = new LinkedHashMap<>();
        for (SegmentEntry segment : manifest.segments()) {
            all.put(segment.rows().key(), () -> objects.checkRows(manifest, segment));
            DeletesEntry deletes = segment.deletes();
            if (deletes != null) {
                all.put(deletes.key(), () -> objects.checkDeletes(segment, deletes));
            }
            for (IndexEntry index : segment.indexes()) {
                definition(manifest, index)
                        .ifPresent(definition ->
                                all.put(index.object().key(), () -> objects.checkIndex(definition, index)));
            }
        }
        all.keySet().removeIf(key -> !key.startsWith(prefix));
        all.forEach(checks::putIfAbsent);
    }

    private void checkObject(Versions<Manifest> versions, Manifest newest, String key, Runnable check) {
        try {
            audit.reads(key, FROM_BACKUP + ", or delete its rows and insert them again", check);
        } catch (NotFound gone) {
            // The collection goes on while it is verified: what was replaced meanwhile may be collected.
            Optional<Manifest> now = versions.newest();
            boolean replaced = now.isEmpty()
                    || now.get().version() > newest.version()
                            && !now.get().objects().contains(key);
            audit.expect(replaced, key, "expected an object, found none", FROM_BACKUP);
        }
    }

    private void countOrphans(
            long collectionId, List<Manifest> kept, Versions<Manifest> versions, List<Listed> listed) {
        Set<String> named = new HashSet<>();
        HeldObjects held = new HeldObjects(store);
        for (Manifest manifest : kept) {
            named.addAll(manifest.objects());
            audit.reads(versions.key(manifest.version()), FROM_BACKUP, () -> named.addAll(held.of(manifest.holds())));
        }
        Set<String> replaced = new HashSet<>();
        for (Listed expired : listed.subList(kept.size(), listed.size())) {
            audit.reads(
                    expired.key(),
                    "collect garbage",
                    () -> versions.find(versions.versionOf(expired.key()))
                            .ifPresent(manifest -> replaced.addAll(manifest.objects())));
        }
        long now = host.clock().millis();
        Pages.forEach(store, LogKeys.segmentPrefix(collectionId), object -> {
            if (named.contains(object.key())) {
                return;
            }
            long ageMillis = now - object.modifiedMillis();
            audit.orphan(object.length(), ageMillis);
            audit.expect(
                    replaced.contains(object.key())
                            || ageMillis
                                    <= policy.longGrace().plus(policy.grace()).toMillis(),
                    object.key(),
                    "expected a manifest that names it, found none for longer than any job may take",
                    "run './elanus build gc'");
        });
    }

    private static Optional<IndexDefinition> definition(Manifest manifest, IndexEntry index) {
        return manifest.indexes().stream()
                .filter(definition -> definition.id() == index.indexId())
                .findFirst();
    }
}
