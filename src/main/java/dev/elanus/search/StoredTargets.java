package dev.elanus.search;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Invalid;
import dev.elanus.filter.TemplateValue;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.QueryVector;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Targets that are rows of the collection: a query for them, and what it found as vectors or texts. */
final class StoredTargets {
    private static final String LISTED = "keys";

    private final CollectionSchema schema;
    private final SearchRequest request;
    private final Field stored;

    StoredTargets(CollectionSchema schema, SearchRequest request) {
        this.schema = schema;
        this.request = request;
        Field vectors = SearchPlan.vectorField(schema, request);
        if (vectors.type() == DataType.ARRAY_OF_VECTOR) {
            throw new Invalid("array of vector is not supported for search by IDs");
        }
        stored = TargetVectors.input(schema, vectors).orElse(vectors);
    }

    /** Whether some targets are keys. */
    static boolean areAsked(SearchRequest request) {
        return request.targets().stream().anyMatch(SearchTarget.Key.class::isInstance);
    }

    QueryRequest query() {
        Field key = schema.primaryKey();
        Set<TemplateValue> keys = new LinkedHashSet<>();
        for (SearchTarget target : request.targets()) {
            if (target instanceof SearchTarget.Key(Object value)) {
                keys.add(literal(key, value));
            }
        }
        FilterText filter = new FilterText(
                key.name() + " in {" + LISTED + "}", Map.of(LISTED, new TemplateValue.Array(List.copyOf(keys))));
        return new QueryRequest(
                request.collection(),
                request.partitions(),
                filter,
                List.of(stored.name()),
                -1,
                0,
                request.readPoint(),
                request.limit());
    }

    private static TemplateValue literal(Field key, Object value) {
        if (key.type() == DataType.INT64 && value instanceof Long number) {
            return new TemplateValue.Int(number);
        }
        if (key.type() == DataType.VARCHAR && value instanceof String text) {
            return new TemplateValue.Text(text);
        }
        throw Invalid.of("ids", key.type().text() + ", as the primary key " + key.name(), value);
    }

    /** @throws Invalid if rows are missing */
    List<SearchTarget> from(QueryResult found) {
        Column keys = found.output().columns().getFirst().column();
        Column values = found.output().columns().stream()
                .filter(column -> column.field().id() == stored.id())
                .findFirst()
                .orElseThrow()
                .column();
        Map<Object, Integer> rows = new HashMap<>();
        for (int row = 0; row < keys.rowCount(); row++) {
            rows.put(Keys.valueAt(keys, row), row);
        }
        List<SearchTarget> targets = new ArrayList<>();
        List<Object> missing = new ArrayList<>();
        for (SearchTarget target : request.targets()) {
            if (!(target instanceof SearchTarget.Key(Object key))) {
                targets.add(target);
            } else if (rows.get(key) instanceof Integer row) {
                targets.add(target(values, row));
            } else {
                missing.add(key);
            }
        }
        if (!missing.isEmpty()) {
            throw new Invalid("some of the provided primary key IDs do not exist: missing IDs = " + missing);
        }
        return targets;
    }

    private SearchTarget target(Column values, int row) {
        if (values.isNull(row)) {
            return new SearchTarget.Nothing();
        }
        return switch (values) {
            case VectorColumn vectors
            when vectors.type() == DataType.BINARY_VECTOR ->
                new SearchTarget.Vector(
                        new QueryVector.Bits(vectors.vectorAt(row).toArray(ValueLayout.JAVA_BYTE)));
            case VectorColumn vectors ->
                new SearchTarget.Vector(new QueryVector.Floats(vectors.type(), vectors.floatsAt(row)));
            case BytesColumn texts when texts.type() == DataType.VARCHAR -> new SearchTarget.Text(texts.textAt(row));
            case BytesColumn lists
            when lists.type() == DataType.ARRAY_OF_VECTOR ->
                new SearchTarget.Several(stored.elementType(), lists.bytesAt(row));
            case BytesColumn pairs -> new SearchTarget.Vector(QueryVector.sparse(pairs.bytesAt(row)));
            case FixedColumn _ -> throw new IllegalStateException("no vectors: " + stored.name());
        };
    }
}
