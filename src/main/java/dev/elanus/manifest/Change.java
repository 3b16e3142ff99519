package dev.elanus.manifest;

/** One change of a state, as a value. */
@FunctionalInterface
public interface Change<S> {
    /**
     * The state after the change; pure. Every rule is checked here, before the first byte leaves.
     *
     * @throws dev.elanus.error.DatabaseException if the change does not fit the state
     */
    S applyTo(S base);
}
