package dev.elanus.index;

/** The vector index kinds that are offered, by their names on the wire. */
public enum IndexKind {
    FLAT,
    IVF_FLAT,
    IVF_SQ8,
    HNSW,
    DISKANN,
    AUTOINDEX
}
