package dev.elanus.schema;

/** What a function of a schema computes. */
public enum FunctionKind {
    /** Sparse vectors of term frequencies, from text. */
    BM25,
    TEXT_EMBEDDING,
    MIN_HASH
}
