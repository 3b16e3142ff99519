package dev.elanus.search;

/** Told how much of what exact searches find the searches of clients had found. Called from threads in the background. */
@FunctionalInterface
public interface RecallListener {
    /** Tells nobody. */
    RecallListener NONE = _ -> {};

    void measured(MeasuredRecall recall);
}
