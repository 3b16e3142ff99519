package dev.elanus.error;

/** The caller, or this process towards the store, lacks a permission. */
public final class Denied extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Denied(String message) {
        super(message, null);
    }

    public Denied(String message, Throwable cause) {
        super(message, cause);
    }
}
