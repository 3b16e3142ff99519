package dev.elanus.error;

/** The request is legal for Milvus and not offered here; the message names what is not supported. */
public final class Unsupported extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message) {
        super(message, null);
    }

    public Unsupported(String message, Throwable cause) {
        super(message, cause);
    }
}
