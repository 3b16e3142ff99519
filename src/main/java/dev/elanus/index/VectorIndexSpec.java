package dev.elanus.index;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.Metric;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A vector index that was asked for, its parameters checked.
 *
 * @param dimension components of the field's vectors
 * @param params every parameter as the client gave it, {@code index_type} and {@code metric_type} included
 */
public record VectorIndexSpec(IndexKind kind, Metric metric, int dimension, Map<String, String> params)
        implements IndexSpec {
    static final String INDEX_TYPE = "index_type";
    static final String METRIC_TYPE = "metric_type";
    static final int MAX_CLUSTERS = 65_536;
    private static final int MAX_DEGREE = 2048;
    private static final Set<String> OF_AUTOINDEX = Set.of(INDEX_TYPE, METRIC_TYPE, "mmap.enabled");

    /** Milvus's kinds for float vectors that are not offered here. */
    private static final Set<String> NOT_OFFERED = Set.of(
            "IVF_PQ",
            "IVF_RABITQ",
            "SCANN",
            "HNSW_SQ",
            "HNSW_PQ",
            "HNSW_PRQ",
            "GPU_IVF_FLAT",
            "GPU_IVF_PQ",
            "GPU_CAGRA",
            "GPU_BRUTE_FORCE");

    /** Milvus's kinds for fields of other types. */
    private static final Set<String> OF_OTHER_TYPES = Set.of(
            "BIN_FLAT",
            "BIN_IVF_FLAT",
            "MINHASH_LSH",
            "SPARSE_INVERTED_INDEX",
            "SPARSE_WAND",
            "INVERTED",
            "BITMAP",
            "STL_SORT",
            "TRIE",
            "NGRAM",
            "RTREE",
            "HYBRID");

    public VectorIndexSpec {
        params = Map.copyOf(params);
    }

    /**
     * The index that a client's parameters ask for.
     *
     * @param given parameters by name; one named {@code params} holds more of them as a JSON object. No {@code
     *     index_type} means AUTOINDEX
     * @throws Invalid if a parameter breaks one of Milvus's rules
     * @throws Unsupported if Milvus has the index kind and Elanus has not
     */
    public static VectorIndexSpec parse(Field field, Map<String, String> given) {
        Map<String, String> params = new TreeMap<>(given);
        Params.mergeJson(params, (name, value) -> {
            throw new Invalid("duplicated index param (key=" + name + ") (value=" + value + ") found");
        });
        String type = params.getOrDefault(INDEX_TYPE, "");
        IndexKind kind = type.isEmpty() ? IndexKind.AUTOINDEX : kindOf(field, type);
        String metric = params.getOrDefault(METRIC_TYPE, "");
        if (metric.isEmpty() && kind != IndexKind.AUTOINDEX) {
            throw Invalid.of("metric type not set for vector index", "valid index params", "invalid index params");
        }
        checkOffered(kind, field);
        checkBuild(kind, params);
        params.put(INDEX_TYPE, type.isEmpty() ? kind.name() : type);
        Metric parsed = metric.isEmpty() ? Metric.COSINE : Metric.parse(metric);
        params.put(METRIC_TYPE, parsed.name());
        return new VectorIndexSpec(kind, parsed, field.dimension(), params);
    }

    /**
     * Checks the parameters of a search and keeps those that the kind knows; parameters of other kinds are ignored,
     * as Milvus does.
     *
     * @param given parameters by name; one named {@code params} holds more of them as a JSON object
     * @param k hits wanted, offset included
     * @return what {@link IndexQuery#params} takes
     * @throws Invalid if a parameter breaks one of Milvus's rules
     */
    public Map<String, String> checkSearch(Map<String, String> given, int k) {
        Map<String, String> params = new TreeMap<>(given);
        Params.mergeJson(params, (_, _) -> {});
        return switch (kind) {
            case FLAT, AUTOINDEX -> Map.of();
            case IVF_FLAT, IVF_SQ8 -> checked(params, "nprobe", 1, MAX_CLUSTERS);
            case HNSW -> notBelow(k, "ef", checked(params, "ef", 1, Integer.MAX_VALUE), "ef");
            case DISKANN ->
                notBelow(k, "search_list", checked(params, "search_list", 1, Integer.MAX_VALUE), "search_list_size");
        };
    }

    /** Indexes with an object hold float32 rows alone, and one for each row; the others are scanned. */
    private static void checkOffered(IndexKind kind, Field field) {
        boolean isHalf = field.type() == DataType.FLOAT16_VECTOR || field.type() == DataType.BFLOAT16_VECTOR;
        if (field.type() != DataType.FLOAT_VECTOR && !isHalf) {
            throw new Unsupported("indexes on " + field.type().text() + " are not supported");
        }
        if (isHalf && kind.hasObject()) {
            throw new Unsupported("index type " + kind + " on " + field.type().text() + " is not supported, only FLAT");
        }
        if (field.nullable() && kind.hasObject()) {
            throw new Unsupported(
                    "index type " + kind + " on the nullable field " + field.name() + " is not supported, only FLAT");
        }
    }

    @Override
    public boolean hasObject() {
        return kind.hasObject();
    }

    @Override
    public String description() {
        return kind + " " + metric;
    }

    /** The value of an integer parameter of the build, or the default. */
    int param(String name, int otherwise) {
        String text = params.get(name);
        return text == null ? otherwise : Integer.parseInt(text.strip());
    }

    private static Map<String, String> checked(Map<String, String> params, String name, int low, int high) {
        String text = params.get(name);
        if (text == null) {
            return Map.of();
        }
        return Map.of(name, Integer.toString(Params.integer(name, text, low, high)));
    }

    private static Map<String, String> notBelow(int k, String name, Map<String, String> params, String shown) {
        if (params.containsKey(name) && Integer.parseInt(params.get(name)) < k) {
            throw new Invalid(shown + "(" + params.get(name) + ") should be larger than k(" + k + ")");
        }
        return params;
    }

    private static IndexKind kindOf(Field field, String type) {
        for (IndexKind kind : IndexKind.values()) {
            if (kind.name().equals(type)) {
                return kind;
            }
        }
        if (type.equals("BRUTE_FORCE")) {
            // The name that Milvus Lite gives it.
            return IndexKind.FLAT;
        }
        if (NOT_OFFERED.contains(type)) {
            throw new Unsupported("index type " + type + " is not supported");
        }
        if (OF_OTHER_TYPES.contains(type.toUpperCase(Locale.ROOT))) {
            throw new Invalid("data type " + field.type().text() + " can't build with this index " + type);
        }
        throw new Invalid("invalid parameter[expected=valid index][actual=invalid index type: " + type + "]");
    }

    private static void checkBuild(IndexKind kind, Map<String, String> params) {
        switch (kind) {
            case FLAT -> {}
            case AUTOINDEX -> {
                if (!OF_AUTOINDEX.containsAll(params.keySet())) {
                    throw new Invalid("only metric type can be passed when use AutoIndex");
                }
            }
            case IVF_FLAT -> checked(params, "nlist", 1, MAX_CLUSTERS);
            case IVF_SQ8 -> {
                checked(params, "nlist", 1, MAX_CLUSTERS);
                if (!params.getOrDefault("sq_type", "SQ8").equalsIgnoreCase("SQ8")) {
                    throw new Unsupported("sq_type " + params.get("sq_type") + " is not supported, only SQ8");
                }
            }
            case HNSW -> {
                checked(params, "M", 2, MAX_DEGREE);
                checked(params, "efConstruction", 1, Integer.MAX_VALUE);
            }
            case DISKANN -> {
                checked(params, "max_degree", 1, MAX_DEGREE);
                checked(params, "search_list_size", 1, Integer.MAX_VALUE);
                if (params.containsKey("mmap.enabled")) {
                    throw new Invalid("invalid mmap type params");
                }
            }
        }
    }
}
