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
        /** A stored object. Seen by a client only if something removed it behind our back. */
        OBJECT
    }

    private final Kind kind;

    public NotFound(Kind kind, String message) {
        super(message, null);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
