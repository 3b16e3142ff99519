package dev.elanus.manifest;

import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import java.util.Optional;

/**
 * Guesses at the newest manifest of a name, whole, so that a cold reader needs one read to know what to read next. A hint may be stale or lost
 * and is never believed unchecked.
 */
public final class Hints {
    private final ManifestCodec codec = new ManifestCodec();

    private static String key(CollectionName name) {
        return "hint/" + name.database() + "/" + name.name();
    }

    /** The hint of a name. One that cannot be read counts as lost. */
    public Optional<Manifest> read(ObjectStore store, CollectionName name) {
        if (!name.isPossible()) {
            return Optional.empty();
        }
        try {
            return store.get(key(name)).map(bytes -> codec.decode(key(name), bytes));
        } catch (Corrupt | Unsupported _) {
            return Optional.empty();
        }
    }

    /** Takes the hint of a name away that stands for nothing any more; that it could not be is no failure either. */
    public void forget(ObjectStore store, CollectionName name) {
        try {
            store.delete(key(name));
        } catch (DatabaseException _) {
            // Who believes the hint looks for a newer manifest, and that has another name.
        }
    }

    /** Leaves a hint. That it could not be left is no failure of the commit that it follows. */
    public void leave(ObjectStore store, Manifest manifest) {
        try {
            if (manifest.dropped()) {
                store.delete(key(manifest.name()));
            } else {
                store.replace(key(manifest.name()), Content.of(codec.encode(manifest)));
            }
        } catch (DatabaseException _) {
            // The old hint is stale now, which costs the next cold reader one wave.
        }
    }
}
