package dev.elanus.schema;

/** A collection's name within its database. */
public record CollectionName(String database, String name) {
    /** The database that is there from the start. */
    public static final String DEFAULT_DATABASE = "default";

    /** A collection of the default database. */
    public static CollectionName of(String name) {
        return new CollectionName(DEFAULT_DATABASE, name);
    }
}
