package dev.elanus.schema;

/** How fresh a read must be. The order is Milvus's numbering from 0. */
public enum ConsistencyLevel {
    /** Everything that was acknowledged before the read arrived, by any process. */
    STRONG,
    /** Everything up to the timestamp that the client names. */
    SESSION,
    /** Everything older than the graceful time. */
    BOUNDED,
    /** Whatever this process knows. */
    EVENTUALLY,
    /** Everything up to the timestamp that the client names. */
    CUSTOMIZED
}
