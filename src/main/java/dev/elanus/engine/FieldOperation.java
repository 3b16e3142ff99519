package dev.elanus.engine;

/** How an update changes a field. */
public enum FieldOperation {
    /** The given value takes the place of the stored one. */
    REPLACE,
    /** The given elements follow those that are stored. */
    ARRAY_APPEND,
    /** Stored elements that equal a given one go. */
    ARRAY_REMOVE
}
