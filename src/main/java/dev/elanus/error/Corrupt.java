package dev.elanus.error;

/** Stored bytes are not what was written: the message says where, what was expected and what was found. */
public final class Corrupt extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String message) {
        super(message, null);
    }

    public Corrupt(String message, Throwable cause) {
        super(message, cause);
    }
}
