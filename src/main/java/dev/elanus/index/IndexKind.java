package dev.elanus.index;

/** The vector index kinds that are offered, by their names on the wire. */
public enum IndexKind {
    FLAT,
    IVF_FLAT,
    IVF_SQ8,
    HNSW,
    DISKANN,
    AUTOINDEX;

    /** Whether an index of this kind is an object of its own. FLAT is none: the column of vectors is scanned. */
    public boolean hasObject() {
        return this != FLAT;
    }

    /** Whether rows lie in clusters, of which a search reads a few. */
    boolean isClustered() {
        return this == IVF_FLAT || this == IVF_SQ8 || this == AUTOINDEX;
    }
}
