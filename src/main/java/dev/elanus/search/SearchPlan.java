package dev.elanus.search;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unsupported;
import dev.elanus.index.IndexSpec;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.vector.Metric;
import java.util.List;
import java.util.Map;

/**
 * A search, checked against one manifest. Pure.
 *
 * @param k hits wanted of each source: offset and limit together
 * @param params search parameters that fit the index
 */
record SearchPlan(
        Field vectorField,
        IndexDefinition index,
        int k,
        Map<String, String> params,
        ReadFilter filter,
        OutputFields output) {
    /** A filter that leaves no more rows than this is cheaper to scan exactly than any index is to search. */
    private static final int FEW_ROWS = IndexDefinition.MIN_ROWS;
    /** So is one that leaves this share of the rows, unless they are many. */
    private static final double SMALL_SHARE = 0.02;

    private static final int MANY_ROWS = 50_000;

    /** Search parameters that ask for a kind of search that is not offered. */
    private static final List<String> UNSUPPORTED = List.of(
            "radius",
            "range_filter",
            "group_by_field",
            "group_size",
            "strict_group_size",
            "iterator",
            "order_by_fields");

    static SearchPlan of(Manifest manifest, SearchRequest request) {
        SearchLimits.check(request);
        CollectionSchema schema = manifest.schema();
        Field field = vectorField(schema, request);
        for (float[] vector : request.vectors()) {
            if (vector.length != field.dimension()) {
                throw new Invalid("failed to search: vector dimension mismatch, expected vector size(byte) "
                        + field.rowWidth() + ", actual " + (long) vector.length * Float.BYTES + ".");
            }
        }
        for (String name : UNSUPPORTED) {
            if (request.params().containsKey(name)) {
                throw new Unsupported("search parameter " + name + " is not supported");
            }
        }
        IndexDefinition index = manifest.indexOfField(field.id())
                .orElseThrow(() -> new NotFound(
                        NotFound.Kind.INDEX,
                        "index not found[collection=" + manifest.name().name() + "][field=" + field.name() + "]"));
        checkMetric(request, index.ofVectors());
        int k = request.topK() + request.offset();
        return new SearchPlan(
                field,
                index,
                k,
                index.ofVectors().checkSearch(request.params(), k),
                ReadFilter.parse(request.filter(), manifest),
                OutputFields.resolve(schema, request.outputFields(), List.of()));
    }

    Metric metric() {
        return index.ofVectors().metric();
    }

    /** Whether a source is scanned exactly although it has an index. */
    boolean isScannedExactly(Source source) {
        int allowed = source.allowedCount();
        return allowed <= Math.max(FEW_ROWS, k) || allowed <= MANY_ROWS && allowed < SMALL_SHARE * source.rowCount();
    }

    private static Field vectorField(CollectionSchema schema, SearchRequest request) {
        List<Field> vectors = schema.vectorFields();
        String name = request.vectorField();
        if (name == null) {
            if (vectors.size() > 1) {
                throw new Invalid("multiple anns_fields exist, please specify a anns_field in search_params");
            }
            return vectors.getFirst();
        }
        Field field = schema.find(name)
                .orElseThrow(
                        () -> new Invalid("failed to create query plan: failed to get field schema by name: fieldName("
                                + name + ") not found"));
        if (!field.type().isVector()) {
            throw new Invalid("failed to create query plan: field " + name + " of type "
                    + field.type().text() + " is not a vector field");
        }
        return field;
    }

    private static void checkMetric(SearchRequest request, IndexSpec spec) {
        String given = request.metric();
        if (given != null
                && !given.isEmpty()
                && !given.equalsIgnoreCase(spec.metric().name())) {
            throw Invalid.of("metric type not match", spec.metric(), given);
        }
    }
}
