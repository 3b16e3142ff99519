package dev.elanus.error;

/** Another writer was first too often, or the state changed underneath: try the same request again. */
public final class Conflict extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
        super(message, null);
    }

    public Conflict(String message, Throwable cause) {
        super(message, cause);
    }
}
