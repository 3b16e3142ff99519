package dev.elanus.wire;

/** How much one request may ask for. */
final class Limits {
    /** Hits a query, the offset included; rows a query returns, likewise. */
    static final int TOP_K = 16_384;
    /** Vectors a search. */
    static final int QUERIES = 16_384;

    private Limits() {}
}
