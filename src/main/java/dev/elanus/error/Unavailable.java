package dev.elanus.error;

/** Not now: the store is out of reach or full, a limit of unsealed data is reached, or the time is up. Try again later; nothing was applied. */
public sealed class Unavailable extends DatabaseException permits TimeOver {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(message, null);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
