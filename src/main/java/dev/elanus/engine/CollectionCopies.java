package dev.elanus.engine;

import dev.elanus.error.Conflict;
import dev.elanus.error.Invalid;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.View;
import dev.elanus.maintenance.Snapshots;
import dev.elanus.manifest.HoldChanges;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SnapshotEntry;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.SchemaRules;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Snapshots and clones of collections. Where a collection moves on while something is kept of it, a newer version is kept. */
final class CollectionCopies {
    private static final int MAX_ATTEMPTS = 20;
    private static final Pattern SNAPSHOT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,254}");

    private final Collections collections;
    private final Snapshots snapshots;
    private final Function<CollectionLog, View> seal;

    /** @param seal seals everything that was acknowledged before, and gives a view of that or later */
    CollectionCopies(Collections collections, Snapshots snapshots, Function<CollectionLog, View> seal) {
        this.collections = collections;
        this.snapshots = snapshots;
        this.seal = seal;
    }

    SnapshotDescription create(CollectionLog log, String name, String description) {
        if (!SNAPSHOT_NAME.matcher(name).matches()) {
            throw new Invalid(
                    "Invalid snapshot name: " + name + ". The first character must be a letter or an underscore,"
                            + " all of at most 255 characters letters, digits or _ . -: invalid parameter");
        }
        SnapshotEntry taken =
                whileItMovesOn(() -> snapshots.take(log, seal.apply(log).manifest(), name, description));
        return describe(log.view().manifest(), taken);
    }

    static List<SnapshotDescription> list(Manifest manifest) {
        return manifest.holds().snapshots().stream()
                .map(snapshot -> describe(manifest, snapshot))
                .toList();
    }

    static SnapshotDescription find(Manifest manifest, String name) {
        return describe(manifest, HoldChanges.snapshot(manifest, name));
    }

    CollectionLog restore(Manifest manifest, String name, CollectionName target) {
        SnapshotEntry snapshot = HoldChanges.snapshot(manifest, name);
        Manifest version = snapshots.read(snapshot);
        return publish(() -> version, snapshot, target);
    }

    CollectionLog clone(CollectionLog log, CollectionName target) {
        return publish(() -> seal.apply(log).manifest(), null, target);
    }

    private static SnapshotDescription describe(Manifest manifest, SnapshotEntry snapshot) {
        return new SnapshotDescription(
                manifest.name(),
                snapshot.name(),
                snapshot.description(),
                snapshot.createdTimestamp(),
                snapshot.rowCount());
    }

    private CollectionLog publish(Supplier<Manifest> version, @Nullable SnapshotEntry snapshot, CollectionName target) {
        SchemaRules.checkCollectionName(target.name());
        collections.checkFree(target);
        Manifest published = whileItMovesOn(() -> snapshots.publishClone(version.get(), snapshot, target));
        return collections.give(target, published);
    }

    private static <T> T whileItMovesOn(Supplier<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.get();
            } catch (Conflict moved) {
                if (number == MAX_ATTEMPTS) {
                    throw moved;
                }
            }
        }
    }
}
