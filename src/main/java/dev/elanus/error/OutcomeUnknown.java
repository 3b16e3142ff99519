package dev.elanus.error;

/** Whether the write was stored could not be found out. The caller must read before trying again. */
public final class OutcomeUnknown extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message) {
        super(message, null);
    }

    public OutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
