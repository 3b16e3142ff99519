package dev.elanus.index;

import dev.elanus.error.Invalid;
import dev.elanus.schema.Field;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Milvus's rules for the parameters of vector indexes, of their builds and of their searches. */
final class VectorIndexRules {
    /** Bits of an element of a MinHash signature. */
    static final String ELEMENT_BITS = "mh_element_bit_width";

    static final int DEFAULT_ELEMENT_BITS = 32;
    /** Parts of a MinHash signature, each of which is looked up by itself. */
    static final String BANDS = "mh_lsh_band";
    /** Whether MinHash signatures are compared, and not only looked up. */
    static final String LIKENESS = "mh_search_with_jaccard";
    /** Rows at most that are compared with a MinHash signature. */
    static final String COMPARED = "compared";

    private static final int MAX_CLUSTERS = 65_536;
    private static final int MAX_DEGREE = 2048;
    private static final int MAX_PIECES = 65_536;
    private static final int MAX_BITS = 24;
    private static final Set<String> OF_AUTOINDEX = Set.of(
            VectorIndexSpec.INDEX_TYPE,
            VectorIndexSpec.METRIC_TYPE,
            "mmap.enabled",
            "bm25_k1",
            "bm25_b",
            Params.NESTED);
    private static final Set<String> REFINEMENTS = Set.of("SQ6", "SQ8", "FP16", "BF16", "FP32", "FLAT", "SQ4U");
    private static final Set<String> SCALAR_CODES = Set.of("SQ4U", "SQ6", "SQ8", "BF16", "FP16");
    private static final Set<String> SPARSE_WALKS = Set.of("DAAT_MAXSCORE", "DAAT_WAND", "TAAT_NAIVE");
    private static final Set<String> CAGRA_BUILDS = Set.of("IVF_PQ", "NN_DESCENT", "ITERATIVE", "AUTO");

    private VectorIndexRules() {}

    /** @throws Invalid for the first parameter that breaks a rule */
    static void checkBuild(IndexKind kind, Field field, Map<String, String> params) {
        Checked checked = new Checked(params);
        switch (kind) {
            case FLAT, GPU_BRUTE_FORCE, BIN_FLAT -> {}
            case AUTOINDEX -> {
                if (!OF_AUTOINDEX.containsAll(params.keySet())) {
                    throw new Invalid("only metric type can be passed when use AutoIndex");
                }
            }
            case IVF_FLAT, GPU_IVF_FLAT, BIN_IVF_FLAT -> checked.integer("nlist", 1, MAX_CLUSTERS);
            case IVF_SQ8 -> {
                checked.integer("nlist", 1, MAX_CLUSTERS);
                checked.oneOf("sq_type", Set.of("SQ8"));
            }
            case IVF_PQ -> {
                checked.integer("nlist", 1, MAX_CLUSTERS);
                checked.required("m");
                checkPieces(checked, field, 1);
                checked.integer("nbits", 1, MAX_BITS);
                checkRefinement(checked);
            }
            case GPU_IVF_PQ -> {
                checked.integer("nlist", 1, MAX_CLUSTERS);
                checkPieces(checked, field, 0);
                checked.integer("nbits", 4, 8);
            }
            case IVF_RABITQ -> {
                checked.integer("nlist", 1, MAX_CLUSTERS);
                checked.integer("rbq_bits", 1, 9);
                checkRefinement(checked);
            }
            case SCANN -> {
                checked.integer("nlist", 1, MAX_CLUSTERS);
                checked.flag("with_raw_data");
                int piece = checked.integer("sub_dim", 1, MAX_PIECES, 2);
                if (field.dimension() % piece != 0) {
                    throw new Invalid("The dimension of a vector (dim) should be a multiple of sub_dim. Dimension: "
                            + field.dimension() + ", sub_dim: " + piece);
                }
            }
            case HNSW -> checkGraph(checked);
            case HNSW_SQ -> {
                checkGraph(checked);
                checked.oneOf("sq_type", SCALAR_CODES);
                checkRefinement(checked);
            }
            case HNSW_PQ, HNSW_PRQ -> {
                checkGraph(checked);
                checkPieces(checked, field, 1);
                checked.integer("nbits", 1, MAX_BITS);
                checked.integer("nrq", 1, 16);
                checkRefinement(checked);
            }
            case DISKANN -> {
                checked.integer("max_degree", 1, MAX_DEGREE);
                checked.integer("search_list_size", 1, Integer.MAX_VALUE);
                if (params.containsKey("mmap.enabled")) {
                    throw new Invalid("invalid mmap type params");
                }
            }
            case GPU_CAGRA -> {
                checked.integer("intermediate_graph_degree", 1, Integer.MAX_VALUE);
                checked.integer("graph_degree", 1, Integer.MAX_VALUE);
                checked.oneOf("build_algo", CAGRA_BUILDS);
            }
            case MINHASH_LSH -> {
                checked.integer(BANDS, 1, Integer.MAX_VALUE);
                checked.integer("mh_lsh_aligned_block_size", 4096, Integer.MAX_VALUE);
                checked.number("mh_lsh_bloom_false_positive_prob", 0, 1, true);
                checked.flag("mh_lsh_code_in_mem");
                checked.flag("mh_lsh_shared_bloom_filter");
                checked.flag("with_raw_data");
                int bits = checked.integer(ELEMENT_BITS, 8, 256, DEFAULT_ELEMENT_BITS);
                if (bits % Byte.SIZE != 0 || field.dimension() % bits != 0) {
                    throw new Invalid(ELEMENT_BITS + ": expected a multiple of 8 that divides the dimension "
                            + field.dimension() + ", found " + bits);
                }
            }
            case SPARSE_INVERTED_INDEX, SPARSE_WAND -> {
                checked.number("drop_ratio_build", 0, 1, false);
                checked.oneOf("inverted_index_algo", SPARSE_WALKS);
                checked.number("bm25_k1", 0, 3, true);
                checked.number("bm25_b", 0, 1, true);
            }
        }
    }

    private static void checkGraph(Checked checked) {
        checked.integer("M", 2, MAX_DEGREE);
        checked.integer("efConstruction", 1, Integer.MAX_VALUE);
    }

    private static void checkRefinement(Checked checked) {
        checked.flag("refine");
        checked.oneOf("refine_type", REFINEMENTS);
    }

    private static void checkPieces(Checked checked, Field field, int least) {
        int pieces = checked.integer("m", least, MAX_PIECES, 1);
        if (pieces != 0 && field.dimension() % pieces != 0) {
            throw new Invalid("The dimension of a vector (dim) should be a multiple of the number of subquantizers (m)."
                    + " Dimension: " + field.dimension() + ", m: " + pieces);
        }
    }

    /** The parameters that a search of the index knows. @throws Invalid for the first that breaks a rule */
    static Map<String, String> checkSearch(VectorIndexSpec spec, Map<String, String> params, int k) {
        Checked checked = new Checked(params);
        if (spec.kind() == IndexKind.AUTOINDEX) {
            return Map.of();
        }
        switch (spec.kind()) {
            case FLAT, GPU_BRUTE_FORCE, BIN_FLAT, AUTOINDEX -> {}
            case MINHASH_LSH -> {
                checked.flag(LIKENESS);
                checked.known(
                        LIKENESS,
                        Boolean.toString(Boolean.parseBoolean(
                                params.getOrDefault(LIKENESS, "").strip())));
                checked.flag("mh_lsh_batch_search");
                int compared = checked.integer("refine_k", 1, Integer.MAX_VALUE, 0);
                if (compared > 0) {
                    checked.known(COMPARED, Integer.toString(Math.max(compared, k)));
                }
                checked.known(ELEMENT_BITS, Integer.toString(spec.param(ELEMENT_BITS, DEFAULT_ELEMENT_BITS)));
                checked.known(BANDS, Integer.toString(spec.param(BANDS, 1)));
            }
            case IVF_FLAT, IVF_SQ8, GPU_IVF_FLAT, BIN_IVF_FLAT -> checked.integer("nprobe", 1, MAX_CLUSTERS);
            case IVF_PQ, GPU_IVF_PQ, IVF_RABITQ -> {
                checked.integer("nprobe", 1, MAX_CLUSTERS);
                checked.integer("rbq_bits_query", 0, 8);
                checkRefined(checked, k);
            }
            case SCANN -> {
                checked.integer("nprobe", 1, MAX_CLUSTERS);
                checked.integer("reorder_k", 1, Integer.MAX_VALUE);
                checked.notBelow(k, "reorder_k", "reorder_k");
                checked.rename("reorder_k", REFINED);
            }
            case HNSW, HNSW_SQ, HNSW_PQ, HNSW_PRQ -> {
                checked.integer("ef", 1, Integer.MAX_VALUE);
                checked.notBelow(k, "ef", "ef");
                checkRefined(checked, k);
            }
            case GPU_CAGRA -> {
                checked.integer("ef", 1, Integer.MAX_VALUE);
                checked.integer("itopk_size", 1, Integer.MAX_VALUE);
                checked.rename("itopk_size", "ef");
            }
            case DISKANN -> {
                checked.integer("search_list", 1, Integer.MAX_VALUE);
                checked.notBelow(k, "search_list", "search_list_size");
            }
            case SPARSE_INVERTED_INDEX, SPARSE_WAND -> {
                checked.number(DROPPED, 0, 1, false);
                checked.number("dim_max_score_ratio", 0.5, 1.3, true);
            }
        }
        return checked.known();
    }

    /** Rows found by codes that are compared by their vectors. */
    static final String REFINED = "refined";
    /** The share of a sparse query's values that is left out, the smallest. */
    static final String DROPPED = "drop_ratio_search";

    private static void checkRefined(Checked checked, int k) {
        double times = checked.number("refine_k", 1, Float.MAX_VALUE, true);
        if (!Double.isNaN(times)) {
            checked.known(REFINED, Long.toString((long) Math.min(Integer.MAX_VALUE, Math.ceil(times * k))));
        }
    }

    /** Parameters that are read, and those read that were given. */
    private static final class Checked {
        private final Map<String, String> params;
        private final Map<String, String> known = new TreeMap<>();

        Checked(Map<String, String> params) {
            this.params = params;
        }

        Map<String, String> known() {
            return known;
        }

        void known(String name, String value) {
            known.put(name, value);
        }

        void required(String name) {
            if (!params.containsKey(name)) {
                throw new Invalid("param '" + name + "' not exist in json");
            }
        }

        int integer(String name, int low, int high, int otherwise) {
            String text = params.get(name);
            if (text == null) {
                return otherwise;
            }
            int value = Params.integer(name, text, low, high);
            known.put(name, Integer.toString(value));
            return value;
        }

        void integer(String name, int low, int high) {
            integer(name, low, high, low);
        }

        /** NaN where it is not given. */
        double number(String name, double low, double high, boolean withHigh) {
            String text = params.get(name);
            if (text == null) {
                return Double.NaN;
            }
            double value = Params.number(name, text, low, high, withHigh);
            known.put(name, Double.toString(value));
            return value;
        }

        void flag(String name) {
            String text = params.get(name);
            if (text != null && !text.strip().matches("(?i)true|false")) {
                throw new Invalid("Type conflict in json: param '" + name + "' (" + text + ") should be a boolean");
            }
        }

        void oneOf(String name, Set<String> legal) {
            String text = params.get(name);
            if (text != null && !legal.contains(text.strip().toUpperCase(Locale.ROOT))) {
                throw new Invalid("param '" + name + "' (" + text + ") should be one of "
                        + legal.stream().sorted().toList());
            }
        }

        void notBelow(int k, String name, String shown) {
            if (known.containsKey(name) && Integer.parseInt(known.get(name)) < k) {
                throw new Invalid(shown + "(" + known.get(name) + ") should be larger than k(" + k + ")");
            }
        }

        void rename(String name, String to) {
            String value = known.remove(name);
            if (value != null) {
                known.put(to, value);
            }
        }
    }
}
