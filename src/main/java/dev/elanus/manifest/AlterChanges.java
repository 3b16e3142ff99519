package dev.elanus.manifest;

import dev.elanus.schema.CollectionName;
import java.util.List;

/** The changes of what a collection is called and of all that it holds at once. */
public final class AlterChanges {
    private AlterChanges() {}

    /** Follows the catalog, which gave the collection another name; the one that it has changes nothing. */
    public static Change<Manifest> rename(CollectionName name) {
        return Changes.alive(
                manifest -> manifest.withCollection(manifest.collection().withName(name)));
    }

    /**
     * Removes all rows; schema, partitions and indexes stay.
     *
     * @param upTo the end of the log as it was seen by who removes: what comes behind it and is not sealed yet stays
     */
    public static Change<Manifest> truncate(LogPosition upTo) {
        return Changes.alive(manifest -> {
            LogPosition sealed = manifest.sealed();
            return manifest.withSegments(List.of(), sealed.sequence() > upTo.sequence() ? sealed : upTo);
        });
    }
}
