package dev.elanus.engine;

/** What is done with rows that come. */
public enum WriteKind {
    /** They are added. */
    INSERT,
    /** They replace those of the same keys. */
    UPSERT,
    /** They replace some fields of those of the same keys. */
    UPDATE
}
