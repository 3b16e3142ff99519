package dev.elanus.schema;

/** What a field may be beside a column of values. */
public enum Trait {
    PRIMARY_KEY,
    /** The primary key is generated on insert. */
    AUTO_ID,
    /** A primary key that is generated may also be given on insert; the collection's property {@code allow_insert_auto_id}. */
    GIVEN_KEYS,
    /** An upsert keeps the given primary key, though keys are generated; the collection's property {@code allow_update_auto_id}. */
    KEPT_KEYS,
    NULLABLE,
    /** The hidden JSON field that holds a row's dynamic keys. */
    DYNAMIC,
    /** Rows are spread over partitions by the field's values. */
    PARTITION_KEY,
    CLUSTERING_KEY,
    /** The server computes the field from others; clients neither write nor read it. */
    FUNCTION_OUTPUT
}
