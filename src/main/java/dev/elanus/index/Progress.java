package dev.elanus.index;

/** Told how far a build is. Called from any thread. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = fraction -> {};

    /** @param fraction 0 to 1, never less than before */
    void at(double fraction);
}
