package dev.elanus.index;

import dev.elanus.schema.DataType;
import java.util.Set;

/** The vector index kinds by their names on the wire: which family serves them, and for which types of vectors. */
public enum IndexKind {
    FLAT(Family.SCAN, Types.FRACTIONS),
    IVF_FLAT(Family.CLUSTERS, Types.FRACTIONS),
    IVF_SQ8(Family.CLUSTERS, Types.FRACTIONS),
    IVF_PQ(Family.CLUSTERS, Types.FRACTIONS),
    IVF_RABITQ(Family.CLUSTERS, Types.FRACTIONS),
    SCANN(Family.CLUSTERS, Types.FRACTIONS),
    HNSW(Family.GRAPH, Types.DENSE),
    HNSW_SQ(Family.GRAPH, Types.NUMBERS),
    HNSW_PQ(Family.GRAPH, Types.NUMBERS),
    HNSW_PRQ(Family.GRAPH, Types.NUMBERS),
    DISKANN(Family.GRAPH, Types.FRACTIONS),
    /** What suits the rows at hand: clusters for dense vectors, postings for sparse ones. */
    AUTOINDEX(Family.CLUSTERS, Types.ALL),
    GPU_BRUTE_FORCE(Family.SCAN, Types.FRACTIONS),
    GPU_IVF_FLAT(Family.CLUSTERS, Types.NUMBERS),
    GPU_IVF_PQ(Family.CLUSTERS, Types.NUMBERS),
    GPU_CAGRA(Family.GRAPH, Types.DENSE),
    BIN_FLAT(Family.SCAN, Types.BITS),
    BIN_IVF_FLAT(Family.CLUSTERS, Types.BITS),
    MINHASH_LSH(Family.BANDS, Types.BITS),
    SPARSE_INVERTED_INDEX(Family.POSTINGS, Types.PAIRS),
    SPARSE_WAND(Family.POSTINGS, Types.PAIRS);

    /** How an index is built and searched. */
    enum Family {
        /** The column itself is scanned; there is no object. */
        SCAN,
        /** Rows lie in clusters, of which a search reads a few. */
        CLUSTERS,
        /** Rows know their neighbours, and a search walks from one to the next. */
        GRAPH,
        /** Rows lie under the hashes of parts of their signatures, and a search reads those that share one with the query. */
        BANDS,
        /** Each index of a sparse vector knows the rows that have it. */
        POSTINGS
    }

    private static final class Types {
        static final Set<DataType> FRACTIONS =
                Set.of(DataType.FLOAT_VECTOR, DataType.FLOAT16_VECTOR, DataType.BFLOAT16_VECTOR);
        static final Set<DataType> NUMBERS =
                Set.of(DataType.FLOAT_VECTOR, DataType.FLOAT16_VECTOR, DataType.BFLOAT16_VECTOR, DataType.INT8_VECTOR);
        static final Set<DataType> DENSE = Set.of(
                DataType.FLOAT_VECTOR,
                DataType.FLOAT16_VECTOR,
                DataType.BFLOAT16_VECTOR,
                DataType.INT8_VECTOR,
                DataType.BINARY_VECTOR);
        static final Set<DataType> BITS = Set.of(DataType.BINARY_VECTOR);
        static final Set<DataType> PAIRS = Set.of(DataType.SPARSE_FLOAT_VECTOR);
        static final Set<DataType> ALL = Set.of(
                DataType.FLOAT_VECTOR,
                DataType.FLOAT16_VECTOR,
                DataType.BFLOAT16_VECTOR,
                DataType.INT8_VECTOR,
                DataType.BINARY_VECTOR,
                DataType.SPARSE_FLOAT_VECTOR);

        private Types() {}
    }

    private final Family family;
    private final Set<DataType> types;

    IndexKind(Family family, Set<DataType> types) {
        this.family = family;
        this.types = types;
    }

    /** The family over vectors of a type. */
    Family family(DataType type) {
        return switch (type) {
            case SPARSE_FLOAT_VECTOR -> Family.POSTINGS;
            // Lists are compared one by one.
            case ARRAY_OF_VECTOR -> Family.SCAN;
            default -> family;
        };
    }

    /** Whether vectors of a type, or the vectors in lists by themselves, can have such an index. */
    boolean fits(DataType type) {
        return types.contains(type);
    }

    /** Whether lists as a whole can have such an index. */
    boolean fitsLists() {
        return switch (this) {
            case IVF_FLAT, HNSW, HNSW_SQ, HNSW_PQ, HNSW_PRQ, DISKANN, AUTOINDEX -> true;
            default -> false;
        };
    }
}
