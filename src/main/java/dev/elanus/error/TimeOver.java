package dev.elanus.error;

/** The request took longer than it may. Nothing was applied. */
public final class TimeOver extends Unavailable {
    private static final long serialVersionUID = 1L;

    public TimeOver(String message) {
        super(message);
    }
}
