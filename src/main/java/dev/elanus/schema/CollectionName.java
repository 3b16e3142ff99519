package dev.elanus.schema;

/** A collection's name within its database. */
public record CollectionName(String database, String name) {
    /** The database that is there from the start. */
    public static final String DEFAULT_DATABASE = "default";

    /** Whether there can be such a collection at all: whoever asks for another asks for nothing. */
    public boolean isPossible() {
        return isPossible(database) && isPossible(name);
    }

    private static boolean isPossible(String part) {
        return !part.isEmpty()
                && part.length() <= SchemaRules.MAX_NAME_BYTES
                && part.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'));
    }

    /** A collection of the default database. */
    public static CollectionName of(String name) {
        return new CollectionName(DEFAULT_DATABASE, name);
    }
}
