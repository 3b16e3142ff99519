package dev.elanus.maintenance;

import dev.elanus.error.Corrupt;
import dev.elanus.manifest.Holds;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.storage.ObjectStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads what snapshots and clones keep. Each copy of a manifest is read once. Used from one thread. */
final class HeldObjects {
    private final ObjectStore store;
    private final ManifestCodec codec = new ManifestCodec();
    private final Map<String, Set<String>> byCopy = new HashMap<>();

    HeldObjects(ObjectStore store) {
        this.store = store;
    }

    /**
     * The keys of the copies, and of all objects that they name.
     *
     * @throws Corrupt if a copy is gone: then nobody knows what it kept
     */
    Set<String> of(Holds holds) {
        Set<String> keys = new HashSet<>();
        for (String key : holds.keys()) {
            keys.add(key);
            Set<String> objects = byCopy.get(key);
            if (objects == null) {
                objects = copy(key).objects();
                byCopy.put(key, objects);
            }
            keys.addAll(objects);
        }
        return keys;
    }

    /** @throws Corrupt if it is gone or damaged */
    Manifest copy(String key) {
        return store.get(key)
                .map(bytes -> codec.decode(key, bytes))
                .orElseThrow(() ->
                        new Corrupt(key + ": expected the manifest of a snapshot or clone, found none: nothing of the"
                                + " collection is removed until it is restored from a backup"));
    }
}
