package dev.elanus.log;

import dev.elanus.host.Host;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.storage.ObjectStore;

/** By which fields the batches of a log are read: there may be more from one to the next, and never fewer. */
interface Schemas {
    CollectionSchema known();

    /** As of now, looked up: it has every field of every batch that was read before. */
    CollectionSchema newest();

    /** Those of a collection of which a manifest is known. */
    static Schemas of(ObjectStore store, Manifest known, Host host) {
        return new Schemas() {
            @Override
            public CollectionSchema known() {
                return known.schema();
            }

            @Override
            public CollectionSchema newest() {
                return new Versions<>(store, LogKeys.manifestPrefix(known.collectionId()), new ManifestCodec(), host)
                        .newest()
                        .orElse(known)
                        .schema();
            }
        };
    }
}
