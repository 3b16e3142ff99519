package dev.elanus.error;

/** Too much at once: a limit of memory, of waiting requests or of unsealed rows is reached. Nothing was applied; the same request fits later. */
public final class Busy extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Busy(String message) {
        super(message, null);
    }
}
