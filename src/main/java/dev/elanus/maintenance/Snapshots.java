package dev.elanus.maintenance;

import dev.elanus.error.Conflict;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.host.Host;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.HybridClock;
import dev.elanus.log.LogKeys;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.CloneEntry;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.manifest.CommitOutcome;
import dev.elanus.manifest.HoldChanges;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.SnapshotEntry;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots and clones: collections whose manifests name objects of other collections, without a copy of them. Whoever owns an object is told
 * before anybody else names it: its manifest notes the clone, and its collector spares what the clone needs. Safe for use from many threads.
 */
public final class Snapshots {
    private final ObjectStore store;
    private final Host host;
    private final HybridClock clock;
    private final ManifestCodec codec = new ManifestCodec();

    public Snapshots(ObjectStore store, Host host, HybridClock clock) {
        this.store = store;
        this.host = host;
        this.clock = clock;
    }

    /**
     * Keeps a version under a name.
     *
     * @param version what its segments hold is the snapshot
     * @throws Conflict if the collection has moved on, so that the caller takes a newer version
     */
    public SnapshotEntry take(CollectionLog log, Manifest version, String name, String description) {
        SnapshotEntry snapshot = new SnapshotEntry(
                name, description, keepCopy(version.collectionId(), version), clock.next(), version.sealedRows());
        log.commit(HoldChanges.takeSnapshot(snapshot, version.objects()));
        return snapshot;
    }

    /** The version that a snapshot keeps. */
    public Manifest read(SnapshotEntry snapshot) {
        return new HeldObjects(store).copy(snapshot.key());
    }

    /**
     * Publishes a collection that holds what the segments of a version hold. It has no name yet.
     *
     * @param version the newest one of its collection, or a snapshot's
     * @param snapshot null for the newest version
     * @throws Conflict if the collection has moved on or another process drew the same id, so that the caller tries again
     */
    public Manifest publishClone(Manifest version, @Nullable SnapshotEntry snapshot, CollectionName name) {
        CollectionDefinition definition = version.collection().asClone(clock.next(), name);
        Map<Long, Set<String>> byOwner = new TreeMap<>();
        for (String key : version.objects()) {
            byOwner.computeIfAbsent(LogKeys.ownerOf(key), _ -> new TreeSet<>()).add(key);
        }
        Map<Long, CloneEntry> pins = new TreeMap<>();
        byOwner.forEach((owner, objects) -> pins.put(owner, pin(owner, objects, definition.id(), version, snapshot)));
        List<Long> ids = new ArrayList<>();
        version.segments().forEach(_ -> ids.add(host.random().nextLong() & Long.MAX_VALUE));
        Manifest first = version.asClone(definition, ids);
        Manifest published = switch (versions(definition.id()).create(first)) {
            case CommitOutcome.Committed<Manifest>(Manifest manifest) -> manifest;
            case CommitOutcome.Superseded<Manifest> _ ->
                throw new Conflict("collection id " + definition.id() + " is taken");
            case CommitOutcome.Unknown<Manifest>(RuntimeException cause) ->
                throw new OutcomeUnknown("whether the clone was published is not known", cause);
        };
        // Whoever was frozen for so long that its pins were given up published a collection that names garbage.
        pins.forEach(this::checkPinned);
        return published;
    }

    private CloneEntry pin(
            long owner, Set<String> objects, long cloneId, Manifest version, @Nullable SnapshotEntry snapshot) {
        CloneEntry entry = new CloneEntry(cloneId, keepCopy(owner, version));
        Change<Manifest> change;
        if (owner != version.collectionId()) {
            change = HoldChanges.pinThrough(entry, version.collectionId());
        } else if (snapshot != null) {
            change = HoldChanges.pinSnapshot(entry, snapshot);
        } else {
            change = HoldChanges.pin(entry, objects);
        }
        Versions<Manifest> versions = versions(owner);
        versions.commitOnNewest(
                versions.newest().orElseThrow(() -> new Conflict("collection " + owner + " is gone")), change);
        return entry;
    }

    private void checkPinned(long owner, CloneEntry entry) {
        boolean pinned = versions(owner)
                .newest()
                .flatMap(manifest -> manifest.holds().clone(entry.cloneId()))
                .filter(entry::equals)
                .isPresent();
        if (!pinned) {
            throw new Conflict("collection " + owner + " gave up waiting for the clone");
        }
    }

    /** Puts a copy of a version where the collector of its owner looks for it. @return its key */
    private String keepCopy(long owner, Manifest version) {
        String key = LogKeys.holdPrefix(owner)
                + HexFormat.of().toHexDigits(host.random().nextLong());
        Scratch.publish(store, key, Content.of(codec.encode(version)));
        return key;
    }

    private Versions<Manifest> versions(long collectionId) {
        return new Versions<>(store, LogKeys.manifestPrefix(collectionId), codec, host);
    }
}
