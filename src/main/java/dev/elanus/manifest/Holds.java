package dev.elanus.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps objects of a collection from being garbage beside its own segments.
 *
 * @param snapshots oldest first
 * @param clones oldest first
 */
public record Holds(List<SnapshotEntry> snapshots, List<CloneEntry> clones) {
    public static final Holds NONE = new Holds(List.of(), List.of());

    public Holds {
        snapshots = List.copyOf(snapshots);
        clones = List.copyOf(clones);
    }

    public Optional<SnapshotEntry> snapshot(String name) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.name().equals(name))
                .findFirst();
    }

    public Optional<CloneEntry> clone(long cloneId) {
        return clones.stream().filter(clone -> clone.cloneId() == cloneId).findFirst();
    }

    /** The keys of the copies of manifests. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        snapshots.forEach(snapshot -> keys.add(snapshot.key()));
        clones.forEach(clone -> keys.add(clone.key()));
        return keys;
    }

    Holds with(SnapshotEntry added) {
        List<SnapshotEntry> all = new ArrayList<>(snapshots);
        all.add(added);
        return new Holds(all, clones);
    }

    Holds with(CloneEntry added) {
        List<CloneEntry> all = new ArrayList<>(clones);
        all.add(added);
        return new Holds(snapshots, all);
    }

    Holds withoutSnapshot(String name) {
        return new Holds(
                snapshots.stream()
                        .filter(snapshot -> !snapshot.name().equals(name))
                        .toList(),
                clones);
    }

    Holds withoutClone(long cloneId) {
        return new Holds(
                snapshots,
                clones.stream().filter(clone -> clone.cloneId() != cloneId).toList());
    }

    Holds withoutSnapshots() {
        return new Holds(List.of(), clones);
    }
}
