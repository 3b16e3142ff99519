package dev.elanus.schema;

/** What a field may be beside a column of values. */
public enum Trait {
    PRIMARY_KEY,
    /** The primary key is generated on insert. */
    AUTO_ID,
    NULLABLE,
    /** The hidden JSON field that holds a row's dynamic keys. */
    DYNAMIC,
    /** Rows are spread over partitions by the field's values. */
    PARTITION_KEY,
    CLUSTERING_KEY,
    /** The server computes the field from others; clients neither write nor read it. */
    FUNCTION_OUTPUT
}
