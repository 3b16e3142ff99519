package dev.elanus.simulation;

import dev.elanus.log.LogKeys;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.simulation.Truth.Incarnation;
import dev.elanus.storage.ObjectStore.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks a bucket after its garbage was collected: everything that a manifest names is there, and nothing else that is old. */
final class Leftovers {
    private final Bucket bucket;
    private final Truth truth;

    Leftovers(Bucket bucket, Truth truth) {
        this.bucket = bucket;
        this.truth = truth;
    }

    List<String> check() {
        List<String> wrong = new ArrayList<>();
        for (Incarnation collection : truth.collections()) {
            if (collection.removedNanos() != Long.MAX_VALUE) {
                checkDropped(collection, wrong);
            } else if (collection.createdNanos() != Long.MAX_VALUE) {
                checkLiving(collection, wrong);
            }
        }
        return wrong;
    }

    /** What a process that was frozen for hours wrote after the collection was gone is nobody's, and stays; so does the tombstone for now. */
    private void checkDropped(Incarnation collection, List<String> wrong) {
        long goneMillis =
                SimulatedHost.EPOCH_MILLIS + collection.removedNanos() / 1_000_000 + SimulatedProcess.GRACE.toMillis();
        List<Listed> manifests = all(LogKeys.manifestPrefix(collection.id()));
        for (Listed listed : all(LogKeys.collectionPrefix(collection.id()))) {
            boolean isTombstone = listed.key()
                    .equals(manifests.isEmpty() ? "" : manifests.getFirst().key());
            if (!isTombstone && listed.modifiedMillis() < goneMillis) {
                wrong.add("of a collection that was dropped long ago: " + listed.key());
            }
        }
    }

    private void checkLiving(Incarnation collection, List<String> wrong) {
        Manifest newest = collection.newest();
        Set<String> named = objectsOf(newest);
        for (String key : named) {
            if (bucket.get(key).isEmpty()) {
                wrong.add("named by the newest manifest and gone: " + key);
            }
        }
        for (Listed listed : all(LogKeys.segmentPrefix(collection.id()))) {
            if (!named.contains(listed.key())) {
                wrong.add("nobody names it and it is there: " + listed.key());
            }
        }
        for (Listed listed : all(LogKeys.logPrefix(collection.id()))) {
            if (LogKeys.sequenceOf(collection.id(), listed) <= newest.sealed().sequence()) {
                wrong.add("sealed long ago and still there: " + listed.key());
            }
        }
    }

    private List<Listed> all(String prefix) {
        return bucket.list(prefix, "", Integer.MAX_VALUE);
    }

    private static Set<String> objectsOf(Manifest manifest) {
        Set<String> keys = new TreeSet<>();
        for (SegmentEntry segment : manifest.segments()) {
            keys.add(segment.rows().key());
            if (segment.deletes() != null) {
                keys.add(segment.deletes().key());
            }
            for (IndexEntry index : segment.indexes()) {
                keys.add(index.object().key());
            }
        }
        return keys;
    }
}
