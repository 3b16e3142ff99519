package dev.elanus.error;

/** Something that the request names does not exist. */
public final class NotFound extends DatabaseException {
    private static final long serialVersionUID = 1L;

    /** What was looked for. */
    public enum Kind {
        DATABASE,
        COLLECTION,
        PARTITION,
        INDEX,
        FIELD,
        ALIAS,
        SNAPSHOT,
        RESOURCE_GROUP,
        NODE,
        /** A stored object. Seen by a client only if something removed it behind our back. */
        OBJECT
    }

    private final Kind kind;

    public NotFound(Kind kind, String message) {
        super(message, null);
        this.kind = kind;
    }

    /** The collection of a name is missing, in the words that clients look for. */
    public static NotFound collection(String database, String name) {
        return new NotFound(
                Kind.COLLECTION, "collection not found[database=" + database + "][collection=" + name + "]");
    }

    /** As {@link #collection}, in the words of Milvus's oldest call: clients look for these where they describe, and only there. */
    public static NotFound described(String database, String name) {
        return new NotFound(
                Kind.COLLECTION, "can't find collection[database=" + database + "][collection=" + name + "]");
    }

    public Kind kind() {
        return kind;
    }
}
