package dev.elanus.manifest;

/** What became of a commit. */
public sealed interface CommitOutcome<S> {
    /** The version is there, durable, and ours. */
    record Committed<S>(S state) implements CommitOutcome<S> {}

    /** Another writer took the version number: read again, apply again. */
    record Superseded<S>() implements CommitOutcome<S> {}

    /** Whether the version is there could not be found out. */
    record Unknown<S>(RuntimeException cause) implements CommitOutcome<S> {}
}
