package dev.elanus.engine;

import dev.elanus.manifest.AlterChanges;
import dev.elanus.schema.CollectionName;

/**
 * Changes of whole collections. Every method may be called from many threads; one that names a missing collection throws
 * {@code NotFound(COLLECTION)}.
 */
public final class Alterations {
    private final ElanusDatabase database;
    private final EngineParts parts;

    Alterations(ElanusDatabase database, EngineParts parts) {
        this.database = database;
        this.parts = parts;
    }

    /**
     * Gives a collection another name, in its own database or in another one. Its rows, indexes and aliases stay.
     *
     * @throws dev.elanus.error.Invalid if the new name is taken or breaks a rule, or the old one is an alias
     */
    public void rename(CollectionName from, CollectionName to) {
        parts.collections().rename(from, to);
    }

    /** Removes all rows that were acknowledged before; schema, partitions, indexes and aliases stay. */
    public void truncate(CollectionName name) {
        database.with(
                name,
                (log, meter) -> log.commit(
                        AlterChanges.truncate(database.freshView(log).tail().end())));
    }
}
