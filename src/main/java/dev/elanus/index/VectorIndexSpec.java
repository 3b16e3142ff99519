package dev.elanus.index;

import dev.elanus.error.Invalid;
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
 * @param type of the field's vectors
 * @param dimension components of a dense vector, 0 for sparse ones
 * @param params every parameter as the client gave it, {@code index_type} and {@code metric_type} included
 */
public record VectorIndexSpec(IndexKind kind, Metric metric, DataType type, int dimension, Map<String, String> params)
        implements IndexSpec {
    static final String INDEX_TYPE = "index_type";
    static final String METRIC_TYPE = "metric_type";

    /** Milvus's kinds for scalar fields. */
    private static final Set<String> OF_SCALARS =
            Set.of("INVERTED", "BITMAP", "STL_SORT", "TRIE", "NGRAM", "RTREE", "HYBRID");

    public VectorIndexSpec {
        params = Map.copyOf(params);
    }

    /**
     * The index that a client's parameters ask for.
     *
     * @param given parameters by name; one named {@code params} holds more of them as a JSON object, which
     *     hold before others of the same name. No {@code index_type} means AUTOINDEX
     * @throws Invalid if a parameter breaks one of Milvus's rules
     */
    public static VectorIndexSpec parse(Field field, Map<String, String> given) {
        Map<String, String> params = new TreeMap<>(given);
        Params.mergeJson(params, (_, nested) -> nested);
        String type = params.getOrDefault(INDEX_TYPE, "");
        IndexKind kind = type.isEmpty() ? IndexKind.AUTOINDEX : kindOf(field, type);
        if (!kind.fits(field.type() == DataType.ARRAY_OF_VECTOR ? field.elementType() : field.type())) {
            throw wrongType(field, type);
        }
        String metricName = params.getOrDefault(METRIC_TYPE, "");
        if (metricName.isEmpty() && kind != IndexKind.AUTOINDEX) {
            throw Invalid.of("metric type not set for vector index", "valid index params", "invalid index params");
        }
        Metric metric = metricName.isEmpty() ? MetricRules.standard(field) : MetricRules.parse(field, metricName);
        if (field.type() == DataType.ARRAY_OF_VECTOR && metric.ofEach().isPresent() && !kind.fitsLists()) {
            throw wrongType(field, type);
        }
        MetricRules.check(kind, metric);
        VectorIndexRules.checkBuild(kind, field, params);
        if (kind == IndexKind.AUTOINDEX) {
            // As Milvus does: whichever way its type and metric were given, they are described beside each other.
            params.remove(Params.NESTED);
        }
        params.put(INDEX_TYPE, type.isEmpty() ? kind.name() : type);
        params.put(METRIC_TYPE, metric.name());
        return new VectorIndexSpec(kind, metric, field.type(), field.dimension(), params);
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
        Params.mergeJson(params, (there, _) -> there);
        params.remove(Params.NESTED);
        return VectorIndexRules.checkSearch(this, params, k);
    }

    IndexKind.Family family() {
        return kind.family(type);
    }

    @Override
    public VectorIndexSpec withParams(Map<String, String> newParams) {
        return new VectorIndexSpec(kind, metric, type, dimension, newParams);
    }

    @Override
    public boolean hasObject() {
        return family() != IndexKind.Family.SCAN;
    }

    /** Whether a search of the index's object finds what a scan of the column finds. */
    public boolean isExact() {
        return family() == IndexKind.Family.POSTINGS;
    }

    /** Whether a search reads but a part of the rows, and so may find fewer than there are. */
    public boolean readsSome() {
        return family() == IndexKind.Family.CLUSTERS || family() == IndexKind.Family.BANDS;
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

    /** The value of a parameter of the build that is a number, or the default. */
    float number(String name, float otherwise) {
        String text = params.get(name);
        return text == null ? otherwise : Float.parseFloat(text.strip());
    }

    /** Whether a parameter of the build is given and true. */
    boolean flag(String name) {
        return Boolean.parseBoolean(params.getOrDefault(name, "false").strip().toLowerCase(Locale.ROOT));
    }

    /** BM25's parameter of frequency, k1. */
    public float bm25Frequency() {
        return number("bm25_k1", 1.2f);
    }

    /** BM25's parameter of length, b. */
    public float bm25Length() {
        return number("bm25_b", 0.75f);
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
        if (OF_SCALARS.contains(type.toUpperCase(Locale.ROOT))) {
            throw wrongType(field, type);
        }
        throw new Invalid("invalid parameter[expected=valid index][actual=invalid index type: " + type + "]");
    }

    private static Invalid wrongType(Field field, String type) {
        return new Invalid("data type " + field.type().text() + " can't build with this index " + type);
    }
}
