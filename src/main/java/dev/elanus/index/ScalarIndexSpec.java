package dev.elanus.index;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.filter.LookupTarget;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.FieldPath;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An index over scalar values that was asked for.
 *
 * @param path the keys of the JSON path whose values are indexed; none for a field that is no JSON
 * @param cast what the values at a JSON path must be to be indexed; as the field's type tells where it is no JSON
 * @param params every parameter as the client gave it, {@code index_type} included
 */
public record ScalarIndexSpec(ScalarKind kind, List<String> path, Cast cast, Map<String, String> params)
        implements IndexSpec {
    /** What is indexed: single values, or the elements of arrays. */
    public enum Cast {
        BOOL,
        DOUBLE,
        VARCHAR,
        ARRAY_BOOL,
        ARRAY_DOUBLE,
        ARRAY_VARCHAR,
        /** All that lies in objects. */
        JSON,
        /** Of no JSON. */
        GEOMETRY
    }

    private static final String CAST = "json_cast_type";
    /** The parameter that says which values of a JSON field are indexed. */
    public static final String PATH = "json_path";

    private static final String CAST_FUNCTION = "json_cast_function";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|\\$meta");
    private static final String METRIC = "metric_type";
    private static final Set<String> OF_VECTORS = Set.of("FLAT", "HNSW", "DISKANN", "SCANN", "MINHASH_LSH");

    public ScalarIndexSpec {
        path = List.copyOf(path);
        params = Map.copyOf(params);
    }

    static ScalarIndexSpec parse(Field field, Map<String, String> given) {
        Map<String, String> params = new TreeMap<>(given);
        Params.mergeJson(params, (_, nested) -> nested);
        params.remove(METRIC);
        ScalarKind kind = kindOf(field, params.getOrDefault(VectorIndexSpec.INDEX_TYPE, ""));
        params.put(VectorIndexSpec.INDEX_TYPE, kind.text());
        checkType(kind, field);
        if (field.type() != DataType.JSON) {
            if (kind == ScalarKind.NGRAM) {
                checkGrams(params);
            }
            return new ScalarIndexSpec(kind, List.of(), castOf(field), params);
        }
        Cast cast = kind == ScalarKind.NGRAM ? castOfGrams(params) : cast(params);
        return new ScalarIndexSpec(kind, path(field, params.getOrDefault(PATH, field.name())), cast, params);
    }

    private static Cast castOfGrams(Map<String, String> params) {
        if (!params.containsKey(CAST)) {
            throw new Invalid("JSON field with ngram index must specify json_cast_type");
        }
        String type = params.getOrDefault(CAST, "").strip().toUpperCase(Locale.ROOT);
        if (!type.equals(Cast.VARCHAR.name())) {
            throw new Invalid("JSON field with ngram index only supports VARCHAR cast type, got: " + type);
        }
        checkGrams(params);
        return Cast.VARCHAR;
    }

    private static Cast cast(Map<String, String> params) {
        if (!params.containsKey(CAST)) {
            throw new Invalid("json index must specify cast type: missing parameter[missing_param=" + CAST + "]");
        }
        String type = params.getOrDefault(CAST, "").strip().toUpperCase(Locale.ROOT);
        Cast cast = Arrays.stream(Cast.values())
                .filter(known -> known != Cast.GEOMETRY && known.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new Invalid("json_cast_type " + type + " is not supported"));
        if (params.containsKey(CAST_FUNCTION)) {
            String function = params.getOrDefault(CAST_FUNCTION, "").strip().toUpperCase(Locale.ROOT);
            if (!function.equals("STRING_TO_DOUBLE")) {
                throw new Invalid("json_cast_function " + function + " is not supported");
            }
            if (cast != Cast.DOUBLE) {
                throw new Invalid("json_cast_function " + function + " is not supported for json_cast_type " + type);
            }
        }
        return cast;
    }

    /** @throws Invalid in the words of Milvus, which gives what is wrong with a path no number */
    private static List<String> path(Field field, String text) {
        String name = text.substring(0, text.indexOf('[') < 0 ? text.length() : text.indexOf('['));
        if (!NAME.matcher(name).matches()) {
            throw new Invalid(Invalid.Reason.UNNUMBERED, "cannot parse identifier: " + text);
        }
        if (!field.dynamic() && !name.equals(field.name())) {
            throw new Invalid(
                    Invalid.Reason.UNNUMBERED,
                    "fieldID not match with field name: json_path " + text + ": expected a path in " + field.name());
        }
        try {
            return FieldPath.within(field, text);
        } catch (Invalid wrong) {
            throw new Invalid(
                    Invalid.Reason.UNNUMBERED, "cannot parse identifier: " + text + ", error: " + wrong.getMessage());
        }
    }

    @Override
    public ScalarIndexSpec withParams(Map<String, String> newParams) {
        return new ScalarIndexSpec(kind, path, cast, newParams);
    }

    @Override
    public boolean hasObject() {
        return true;
    }

    @Override
    public String description() {
        return kind.text() + " " + cast;
    }

    private LookupTarget.Shape shape() {
        return switch (cast) {
            case BOOL, DOUBLE, VARCHAR ->
                kind == ScalarKind.NGRAM ? LookupTarget.Shape.GRAMS : LookupTarget.Shape.WHOLE;
            case ARRAY_BOOL, ARRAY_DOUBLE, ARRAY_VARCHAR -> LookupTarget.Shape.ELEMENTS;
            case JSON -> LookupTarget.Shape.LEAVES;
            case GEOMETRY -> LookupTarget.Shape.BOXES;
        };
    }

    /**
     * What an index of this kind over a field is over.
     */
    public LookupTarget target(Field field) {
        DataType type = field.type() == DataType.ARRAY ? field.elementType() : field.type();
        LookupTarget.Kind kindOfValues = switch (cast) {
            case BOOL, ARRAY_BOOL -> LookupTarget.Kind.BOOLEAN;
            case DOUBLE, ARRAY_DOUBLE ->
                type.isInteger() || type == DataType.TIMESTAMPTZ ? LookupTarget.Kind.INTEGER : LookupTarget.Kind.NUMBER;
            case VARCHAR, ARRAY_VARCHAR -> LookupTarget.Kind.TEXT;
            case JSON -> LookupTarget.Kind.JSON;
            case GEOMETRY -> LookupTarget.Kind.SHAPE;
        };
        return new LookupTarget(field.id(), path, kindOfValues, shape(), params.containsKey(CAST_FUNCTION));
    }

    /** The shortest and the longest gram of an NGRAM index, in characters. */
    int minGram() {
        return Integer.parseInt(params.getOrDefault("min_gram", "0"));
    }

    int maxGram() {
        return Integer.parseInt(params.getOrDefault("max_gram", "0"));
    }

    private static ScalarKind kindOf(Field field, String type) {
        String upper = type.toUpperCase(Locale.ROOT);
        if (upper.isEmpty()) {
            return ScalarKind.AUTOINDEX;
        }
        if (upper.equals("MARISA-TRIE")) {
            return ScalarKind.TRIE;
        }
        if (type.equals("Asceneding")) {
            return ScalarKind.STL_SORT;
        }
        for (ScalarKind kind : ScalarKind.values()) {
            if (kind.name().equals(upper)) {
                return kind;
            }
        }
        if (upper.equals("HYBRID")) {
            throw new Unsupported("index type " + type + " is not supported");
        }
        boolean ofVectors = OF_VECTORS.contains(upper)
                || List.of("IVF_", "HNSW_", "BIN_", "GPU_", "SPARSE_").stream().anyMatch(upper::startsWith);
        if (ofVectors) {
            throw new Invalid("data type " + field.type().text() + " can't build with this index " + type);
        }
        throw Invalid.of("invalid parameter", "valid index", "invalid index type: " + type);
    }

    private static void checkType(ScalarKind kind, Field field) {
        DataType type = field.type();
        switch (kind) {
            case AUTOINDEX -> {}
            case INVERTED -> {
                boolean fits = type == DataType.BOOL
                        || type.isNumeric()
                        || type == DataType.VARCHAR
                        || type == DataType.JSON
                        || type == DataType.ARRAY;
                if (!fits) {
                    throw new Invalid("INVERTED are not supported on " + type.text() + " field");
                }
            }
            case BITMAP -> {
                DataType value = type == DataType.ARRAY ? field.elementType() : type;
                if (value != DataType.BOOL && !value.isInteger() && value != DataType.VARCHAR) {
                    throw new Invalid("bitmap index are only supported on bool, int, string and array field");
                }
                if (field.primaryKey()) {
                    throw new Invalid("create bitmap index on primary key not supported");
                }
            }
            case STL_SORT -> {
                if (!type.isNumeric() && type != DataType.VARCHAR && type != DataType.TIMESTAMPTZ) {
                    throw new Invalid(
                            "STL_SORT are only supported on numeric, varchar or timestamptz field, got " + type.text());
                }
            }
            case TRIE -> {
                if (type != DataType.VARCHAR) {
                    throw new Invalid("TRIE are only supported on varchar field");
                }
            }
            case RTREE -> {
                if (type != DataType.GEOMETRY) {
                    throw new Invalid("RTREE index can only be built on geometry field, got " + type.text());
                }
            }
            case NGRAM -> {
                if (type != DataType.VARCHAR && type != DataType.JSON) {
                    throw new Invalid("Ngram index can only be created on VARCHAR or JSON field, got " + type.text());
                }
            }
        }
    }

    private static void checkGrams(Map<String, String> params) {
        if (!params.containsKey("min_gram") || !params.containsKey("max_gram")) {
            throw new Invalid("Ngram index must specify both min_gram and max_gram");
        }
        int min = gram("min_gram", params.getOrDefault("min_gram", ""));
        int max = gram("max_gram", params.getOrDefault("max_gram", ""));
        if (min < 1 || max < min) {
            throw new Invalid(
                    "invalid min_gram or max_gram value for Ngram index, min_gram: " + min + ", max_gram: " + max);
        }
    }

    private static int gram(String name, String text) {
        if (!text.matches("[+-]?\\d{1,9}")) {
            throw new Invalid(name + " for Ngram index must be an integer, got: " + text);
        }
        return Integer.parseInt(text);
    }

    private static Cast castOf(Field field) {
        return switch (field.type()) {
            case BOOL -> Cast.BOOL;
            case VARCHAR -> Cast.VARCHAR;
            case INT8, INT16, INT32, INT64, FLOAT, DOUBLE -> Cast.DOUBLE;
            case TIMESTAMPTZ -> Cast.DOUBLE;
            case ARRAY ->
                switch (field.elementType()) {
                    case BOOL -> Cast.ARRAY_BOOL;
                    case VARCHAR -> Cast.ARRAY_VARCHAR;
                    default -> Cast.ARRAY_DOUBLE;
                };
            case GEOMETRY -> Cast.GEOMETRY;
            case ARRAY_OF_VECTOR,
                    JSON,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("no scalar: " + field.type());
        };
    }
}
