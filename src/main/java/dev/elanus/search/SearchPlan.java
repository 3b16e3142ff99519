package dev.elanus.search;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.vector.DistanceRange;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search, checked against one manifest. Pure.
 *
 * @param queries the vectors to compare with
 * @param k hits wanted of each source: offset and limit together
 * @param selection which of the nearest rows are wanted
 * @param exact whether indexes are left aside
 * @param params search parameters that fit the index
 * @param ordering of the hits, null for best first
 */
record SearchPlan(
        Field vectorField,
        IndexDefinition index,
        List<QueryVector> queries,
        int k,
        Selection selection,
        boolean exact,
        Map<String, String> params,
        ReadFilter filter,
        OutputFields output,
        @Nullable Ordering ordering) {
    /** A filter that leaves no more rows than this is cheaper to scan exactly than any index is to search. */
    private static final int FEW_ROWS = IndexDefinition.MIN_ROWS;
    /** So is one that leaves this share of the rows, unless they are many. */
    private static final double SMALL_SHARE = 0.02;

    private static final int MANY_ROWS = 50_000;

    /** From this many hits on a scan is as good as an index. */
    private static final int MANY_HITS = 16_384;
    /** Groups are looked for among this many nearest rows at most. */
    private static final int MOST_ROWS_GROUPED = 1 << 18;

    private static final int WIDER = 4;

    static SearchPlan of(Manifest manifest, SearchRequest request) {
        SearchLimits.check(request);
        CollectionSchema schema = manifest.schema();
        Field field = vectorField(schema, request);
        checkHint(request.params());
        ReadFilter filter = ReadFilter.parse(request.filter(), manifest);
        List<QueryVector> queries = TargetVectors.of(schema, field, request.targets(), request.params());
        checkCollection(manifest, SearchNumbers.integer(request.params(), "collection_id", 0));
        IndexDefinition index = manifest.indexOfField(field.id())
                .orElseThrow(() -> new NotFound(
                        NotFound.Kind.INDEX,
                        "index not found[collection=" + manifest.name().name() + "][field=" + field.name() + "]: field "
                                + field.name() + " is not loaded, please reload the collection"));
        checkMetric(request, index.ofVectors());
        TargetVectors.checkMetric(field, index.ofVectors().metric(), queries);
        Selection selection = Selection.of(schema, index.ofVectors().metric(), request);
        Ordering ordering = Ordering.of(schema, request.params().getOrDefault(Ordering.PARAMETER, ""));
        if (ordering != null && SearchNumbers.flag(request.params(), "iterator")) {
            throw new Invalid("order_by is not supported when using search iterator");
        }
        Grouping grouping = selection.grouping();
        int k = (request.topK() + request.offset()) * (grouping == null ? 1 : grouping.size());
        return new SearchPlan(
                field,
                index,
                queries,
                k,
                selection,
                selection.iterates(),
                index.ofVectors().checkSearch(request.params(), request.topK() + request.offset()),
                filter,
                OutputFields.resolve(schema, request.outputFields(), List.of()),
                ordering);
    }

    Metric metric() {
        return index.ofVectors().metric();
    }

    /** The same search, looking farther; null where it has looked as far as it may. */
    @Nullable
    SearchPlan wider() {
        if (exact) {
            return null;
        }
        if (k > MANY_HITS / WIDER) {
            int all = selection.grouping() == null ? k : Math.max(k, MOST_ROWS_GROUPED);
            return new SearchPlan(vectorField, index, queries, all, selection, true, params, filter, output, ordering);
        }
        // What an index should look at at least was said of fewer hits.
        return new SearchPlan(
                vectorField, index, queries, k * WIDER, selection, false, Map.of(), filter, output, ordering);
    }

    /** Whether the search goes by an index that may miss some of the nearest rows, and there is one of some segment. */
    boolean isByIndex(Manifest manifest) {
        return !exact
                && !index.ofVectors().isExact()
                && selection.grouping() == null
                && manifest.segments().stream()
                        .anyMatch(segment -> segment.index(index.id()).isPresent());
    }

    /** The same search for the first query alone, without indexes and without output fields. */
    SearchPlan exactly() {
        return new SearchPlan(
                vectorField,
                index,
                List.of(queries.getFirst()),
                k,
                selection,
                true,
                params,
                filter,
                new OutputFields(List.of(), List.of(), Set.of()),
                null);
    }

    /** Fields of rows that are read before the output, and the output's. */
    List<Field> fields() {
        Set<Field> fields = new LinkedHashSet<>(Selector.fields(selection));
        if (vectorField.nullable() && vectorField.type().isDenseVector()) {
            // Which rows are null.
            fields.add(vectorField);
        }
        if (ordering != null) {
            fields.addAll(ordering.fields());
        }
        fields.addAll(output.fields());
        return List.copyOf(fields);
    }

    /** Whether every query has as many hits as it asks for, if there are as many rows. */
    boolean findsAll() {
        return vectorField.type().isDenseVector()
                && !vectorField.nullable()
                && (exact || !index.ofVectors().readsSome())
                && selection.grouping() == null
                && selection.range().equals(DistanceRange.ALL);
    }

    /** Whether a source is scanned exactly although it has an index. */
    boolean isScannedExactly(Source source) {
        if (index.ofVectors().isExact()) {
            return false;
        }
        int allowed = source.allowedCount();
        return exact
                || allowed <= Math.max(FEW_ROWS, k)
                || allowed <= MANY_ROWS && allowed < SMALL_SHARE * source.rowCount();
    }

    /** Why {@link #isScannedExactly} says so of a source. */
    String whyExactly() {
        return exact ? "this many hits, or a batch of an iteration" : "so few are left that an index would take longer";
    }

    static Field vectorField(CollectionSchema schema, SearchRequest request) {
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
        if (!field.type().hasVectors()) {
            throw new Invalid("failed to create query plan: field " + name + " of type "
                    + field.type().text() + " is not a vector field");
        }
        return field;
    }

    /** @throws Invalid if the collection is another than the one of that id, unless that is 0 */
    static void checkCollection(Manifest manifest, long id) {
        if (id != 0 && id != manifest.collectionId()) {
            throw new Invalid("collection id:" + id + " in the request is not consistent to that in the search context,"
                    + " alias or database may have been changed: " + manifest.collectionId());
        }
    }

    /** Both hints are about how Milvus filters, and change no answer. */
    private static void checkHint(Map<String, String> params) {
        String hint = params.getOrDefault("hints", "");
        if (!Set.of("", "disable", "iterative_filter").contains(hint)) {
            throw new Invalid("Create Plan by expr failed:  => hints: " + hint + " not supported");
        }
    }

    private static void checkMetric(SearchRequest request, VectorIndexSpec spec) {
        String given = request.metric();
        if (given != null
                && !given.isEmpty()
                && !given.equalsIgnoreCase(spec.metric().name())) {
            throw Invalid.of("metric type not match", spec.metric(), given);
        }
    }
}
