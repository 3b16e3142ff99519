package dev.elanus.manifest;

import dev.elanus.error.Conflict;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import java.util.Collection;

/**
 * The changes of a manifest that keep objects and let them go. One that keeps objects is refused unless the version that it is applied to keeps
 * them already: so there is no moment at which the collector could take them.
 */
public final class HoldChanges {
    private HoldChanges() {}

    /**
     * Keeps a version under a name.
     *
     * @param objects that the version names
     * @throws Conflict if the collection has moved on, so that the caller looks again
     */
    public static Change<Manifest> takeSnapshot(SnapshotEntry snapshot, Collection<String> objects) {
        return manifest -> {
            checkAlive(manifest);
            if (manifest.holds().snapshot(snapshot.name()).isPresent()) {
                throw new Invalid("snapshot " + snapshot.name() + " of collection "
                        + manifest.name().name() + " already exists");
            }
            checkNamed(manifest, objects);
            return manifest.withHolds(manifest.holds().with(snapshot));
        };
    }

    /** Lets a snapshot go. */
    public static Change<Manifest> dropSnapshot(String name) {
        return manifest -> {
            checkAlive(manifest);
            snapshot(manifest, name);
            return manifest.withHolds(manifest.holds().withoutSnapshot(name));
        };
    }

    /**
     * Keeps objects for a clone of the newest version.
     *
     * @throws Conflict if the collection has moved on, so that the caller looks again
     */
    public static Change<Manifest> pin(CloneEntry clone, Collection<String> objects) {
        return manifest -> {
            checkAlive(manifest);
            checkNamed(manifest, objects);
            return pinned(manifest, clone);
        };
    }

    /** Keeps objects for a clone of a snapshot. */
    public static Change<Manifest> pinSnapshot(CloneEntry clone, SnapshotEntry snapshot) {
        return manifest -> {
            checkAlive(manifest);
            if (!snapshot(manifest, snapshot.name()).equals(snapshot)) {
                throw new Conflict("snapshot " + snapshot.name() + " was dropped and taken again meanwhile");
            }
            return pinned(manifest, clone);
        };
    }

    /** Keeps objects for a clone of a clone: the collection that owns them may be dropped, but not let go of them. */
    public static Change<Manifest> pinThrough(CloneEntry clone, long clonedId) {
        return manifest -> {
            if (manifest.holds().clone(clonedId).isEmpty()) {
                throw new Conflict("collection " + clonedId + " does not need its origin any more");
            }
            return pinned(manifest, clone);
        };
    }

    /** Lets the objects of a clone go. */
    public static Change<Manifest> unpin(long cloneId) {
        return manifest -> manifest.withHolds(manifest.holds().withoutClone(cloneId));
    }

    /** @throws NotFound if there is none of that name */
    public static SnapshotEntry snapshot(Manifest manifest, String name) {
        return manifest.holds()
                .snapshot(name)
                .orElseThrow(() -> new NotFound(
                        NotFound.Kind.SNAPSHOT,
                        "snapshot not found[collection=" + manifest.name().name() + "][snapshot=" + name + "]"));
    }

    private static Manifest pinned(Manifest manifest, CloneEntry clone) {
        if (manifest.holds().clone(clone.cloneId()).isPresent()) {
            throw new Conflict("collection id " + clone.cloneId() + " is taken");
        }
        return manifest.withHolds(manifest.holds().with(clone));
    }

    private static void checkAlive(Manifest manifest) {
        if (manifest.dropped()) {
            throw NotFound.collection(
                    manifest.name().database(), manifest.name().name());
        }
    }

    private static void checkNamed(Manifest manifest, Collection<String> objects) {
        if (!manifest.objects().containsAll(objects)) {
            throw new Conflict("collection " + manifest.name().name() + " was compacted meanwhile");
        }
    }
}
