package dev.elanus.manifest;

/** A state that is published as numbered immutable versions. */
public interface Versioned<S extends Versioned<S>> {
    /** 1 for the first. */
    long version();

    /** Says whose version this is: unique to the attempt to commit it. */
    String commitId();

    /** The same state as the successor of {@code base}. */
    S after(long baseVersion, String commitId);
}
