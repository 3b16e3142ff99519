package dev.elanus.catalog;

import dev.elanus.schema.CollectionName;
import java.util.Map;

/**
 * A database: a space of names.
 *
 * @param createdTimestamp hybrid; 0 of the one that is there from the start
 * @param properties as the client gave them
 */
public record DatabaseEntry(String name, long id, long createdTimestamp, Map<String, String> properties) {
    /** The database that is there from the start and stays. */
    public static final DatabaseEntry DEFAULT = new DatabaseEntry(CollectionName.DEFAULT_DATABASE, 1, 0, Map.of());

    public DatabaseEntry {
        properties = Map.copyOf(properties);
    }
}
