package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.Fusion;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchTarget;
import io.milvus.grpc.FunctionScore;
import io.milvus.grpc.FunctionType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Searches, queries and look-ups from REST. */
public final class RestReads {
    private static final long DEFAULT_LIMIT = 100;

    private RestReads() {}

    public static SearchRequest search(
            RestBody body, CollectionName collection, CollectionSchema schema, Duration limit) {
        return SearchCodec.of(
                        collection,
                        searchParameters(body),
                        targets(body, schema),
                        filter(body),
                        body.texts("outputFields"),
                        readPoint(body),
                        limit)
                .in(body.texts("partitionNames"));
    }

    /** How a read wants its times shown: by {@code timezone} and {@code timeFields}, or by the search parameters of those names. */
    public static ShownTimes times(RestBody body, CollectionSchema schema) {
        return ShownTimes.of(searchParameters(body).asMap(), schema);
    }

    /** Whether functions score the hits of a search anew. */
    public static boolean isScored(RestBody body) {
        return !body.object("functionScore").objects("functions").isEmpty();
    }

    /** A search whose hits functions score anew. */
    public static HybridRequest scored(
            RestBody body, CollectionName collection, CollectionSchema schema, Duration limit) {
        return HybridCodec.ofSearch(search(body, collection, schema, limit), functions(body));
    }

    private static FunctionScore functions(RestBody body) {
        RestBody given = body.object("functionScore");
        FunctionScore.Builder score = FunctionScore.newBuilder()
                .addAllParams(Parameters.pairs(given.object("params").asParameters()));
        for (RestBody function : given.objects("functions")) {
            score.addFunctions(io.milvus.grpc.FunctionSchema.newBuilder()
                    .setName(function.text("name", ""))
                    .setType(FunctionType.Rerank)
                    .addAllInputFieldNames(function.texts("inputFieldNames"))
                    .addAllParams(Parameters.pairs(function.object("params").asParameters())));
        }
        return score.build();
    }

    /** A hybrid search: several searches under {@code search}, one rule under {@code rerank}. */
    public static HybridRequest hybrid(
            RestBody body, CollectionName collection, CollectionSchema schema, Duration limit) {
        ReadPoint point = readPoint(body);
        List<SearchRequest> parts = new ArrayList<>();
        for (RestBody part : body.objects("search")) {
            part.refuse("groupingField", "functionScore", "orderByFields");
            Map<String, String> values =
                    new LinkedHashMap<>(part.object("params").asParameters());
            if (part.has("metricType")) {
                values.put("metric_type", part.text("metricType", ""));
            }
            values.putAll(window(part));
            String zone = body.text(CollectionDefinition.TIMEZONE, "");
            if (!zone.isEmpty()) {
                values.putIfAbsent(CollectionDefinition.TIMEZONE, zone);
            }
            parts.add(SearchCodec.of(
                    collection,
                    Parameters.of(values).spread(),
                    targets(part, schema),
                    filter(part),
                    body.texts("outputFields"),
                    point,
                    limit));
        }
        if (parts.isEmpty()) {
            throw body.missing("search");
        }
        return HybridCodec.of(
                collection,
                body.texts("partitionNames"),
                parts,
                fusion(body),
                Parameters.of(window(body, grouping(body), shape(body))),
                point,
                limit);
    }

    private static Fusion fusion(RestBody body) {
        if (isScored(body)) {
            return HybridCodec.ofFunctions(functions(body));
        }
        RestBody rerank = body.object("rerank");
        Map<String, String> rule = new LinkedHashMap<>(rerank.object("params").asParameters());
        rule.put("strategy", rerank.text("strategy", "rrf"));
        return HybridCodec.ofStrategy(Parameters.of(rule));
    }

    private static Map<String, String> grouping(RestBody body) {
        if (body.text("groupingField", "").isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "group_by_field", body.text("groupingField", ""),
                "group_size", Long.toString(body.integer("groupSize", 1)),
                "strict_group_size", Boolean.toString(body.flag("strictGroupSize", false)));
    }

    /** How the rows of an answer are ordered, and how their times are shown. */
    private static Map<String, String> shape(RestBody body) {
        Map<String, String> values = new LinkedHashMap<>();
        String zone = body.text(CollectionDefinition.TIMEZONE, "");
        if (!zone.isEmpty()) {
            values.put(CollectionDefinition.TIMEZONE, zone);
        }
        List<String> parts = body.texts("timeFields");
        if (!parts.isEmpty()) {
            values.put(ShownTimes.PARTS, String.join(",", parts));
        }
        List<String> terms = new ArrayList<>();
        for (RestBody term : body.objects("orderByFields")) {
            terms.add(term.required("field") + ":" + term.text("order", "asc"));
        }
        if (!terms.isEmpty()) {
            values.put(SearchCodec.ORDER_BY, String.join(",", terms));
        }
        return values;
    }

    private static Map<String, String> window(RestBody body, Map<String, String> groups, Map<String, String> shape) {
        Map<String, String> values = new LinkedHashMap<>(groups);
        values.putAll(shape);
        values.put("limit", Long.toString(body.integer("limit", DEFAULT_LIMIT)));
        values.put("offset", Long.toString(body.integer("offset", 0)));
        return values;
    }

    private static Map<String, String> window(RestBody body) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("topk", Long.toString(body.integer("limit", DEFAULT_LIMIT)));
        values.put("offset", Long.toString(body.integer("offset", 0)));
        String field = body.text("annsField", "");
        if (!field.isEmpty()) {
            values.put("anns_field", field);
        }
        return values;
    }

    public static QueryRequest query(RestBody body, CollectionName collection, Duration limit) {
        List<String> fields = outputFields(body);
        boolean counts = fields.contains(QueryCodec.COUNT);
        Map<String, String> shape = shape(body);
        return QueryCodec.of(
                        collection,
                        filter(body).in(ShownTimes.zone(shape.get(CollectionDefinition.TIMEZONE))),
                        fields,
                        counts ? -1 : body.integer("limit", DEFAULT_LIMIT),
                        counts ? 0 : body.integer("offset", 0),
                        readPoint(body),
                        limit)
                .orderedBy(shape.getOrDefault(SearchCodec.ORDER_BY, ""))
                .ignoringGrowing(body.flag("ignoreGrowing", false))
                .in(body.texts("partitionNames"));
    }

    /** A look-up by the keys under {@code id}: one or a list. */
    public static QueryRequest get(RestBody body, CollectionName collection, CollectionSchema schema, Duration limit) {
        JsonNode ids = body.member("id");
        if (ids.isMissingNode()) {
            throw body.missing("id");
        }
        List<String> keys = new ArrayList<>();
        for (JsonNode id : ids.isArray() ? ids : List.of(ids)) {
            try {
                keys.add(literal(schema.primaryKey(), id));
            } catch (Invalid wrong) {
                throw RestFailure.key(Statuses.message(wrong));
            }
        }
        String filter = schema.primaryKey().name() + " in [" + String.join(",", keys) + "]";
        return QueryCodec.of(collection, FilterText.of(filter), outputFields(body), -1, 0, readPoint(body), limit)
                .in(body.texts("partitionNames"));
    }

    /** The filter of a delete. @throws RestFailure if it is absent or empty */
    public static FilterText deletion(RestBody body) {
        return Templates.filter(body.required("filter"), body.member("exprParams"));
    }

    private static FilterText filter(RestBody body) {
        return Templates.filter(body.text("filter", ""), body.member("exprParams"));
    }

    private static List<String> outputFields(RestBody body) {
        List<String> fields = body.texts("outputFields");
        return fields.isEmpty() ? List.of("*") : fields;
    }

    private static ReadPoint readPoint(RestBody body) {
        String level = body.text("consistencyLevel", "");
        return new ReadPoint(level.isEmpty() ? null : level(level), 0).asOf(body.integer("asOf", 0));
    }

    /** Reads refuse a level in other words than the creation of a collection does. */
    private static ConsistencyLevel level(String name) {
        return WireTypes.find(name)
                .orElseThrow(
                        () -> new Invalid("parameter:'" + name + "' is incorrect, please check it: invalid parameter"));
    }

    private static Parameters searchParameters(RestBody body) {
        RestBody given = body.object("searchParams");
        Map<String, String> values = new LinkedHashMap<>(given.asParameters());
        given.object("params").asParameters().forEach((name, value) -> {
            String beside = values.get(name);
            if (beside != null && !beside.equals(value)) {
                throw new Invalid("ambiguous parameter: " + name + ", in search_param: " + beside
                        + ", in search_param.params: " + value);
            }
        });
        rename(values, "metricType", "metric_type");
        rename(values, "ignoreGrowing", "ignore_growing");
        rename(values, "roundDecimal", "round_decimal");
        values.putAll(window(body));
        values.putAll(grouping(body));
        values.putAll(shape(body));
        return Parameters.of(values).spread();
    }

    private static void rename(Map<String, String> values, String from, String to) {
        String value = values.remove(from);
        if (value != null) {
            values.put(to, value);
        }
    }

    /** What is looked for: the vectors or texts under {@code data}, or the keys under {@code ids}. */
    private static List<SearchTarget> targets(RestBody body, CollectionSchema schema) {
        List<SearchTarget> targets = new ArrayList<>();
        JsonNode ids = body.array("ids");
        if (!ids.isMissingNode() && !ids.isEmpty()) {
            for (JsonNode id : ids) {
                targets.add(new SearchTarget.Key(key(schema.primaryKey(), id)));
            }
            return targets;
        }
        JsonNode data = body.array("data");
        if (data.isMissingNode() || data.isEmpty()) {
            throw body.missing("data");
        }
        Optional<Field> field = vectorField(body, schema);
        for (JsonNode value : data) {
            targets.add(target(field, value));
        }
        return targets;
    }

    /** The field that is searched, if there is one; if not, the search will say so. */
    private static Optional<Field> vectorField(RestBody body, CollectionSchema schema) {
        String name = body.text("annsField", "");
        return name.isEmpty()
                ? Optional.of(schema.vectorFields().getFirst())
                : schema.find(name).filter(field -> field.type().hasVectors());
    }

    private static SearchTarget target(Optional<Field> field, JsonNode value) {
        boolean ofTexts = field.filter(Field::functionOutput).isPresent();
        if (value.isTextual()
                && (ofTexts || field.filter(RestReads::takesBase64).isEmpty())) {
            return new SearchTarget.Text(value.textValue());
        }
        if (field.isPresent() && field.get().type() == DataType.ARRAY_OF_VECTOR) {
            return list(field.get().elementType(), value);
        }
        DataType type = ofTexts ? DataType.FLOAT_VECTOR : field.map(Field::type).orElse(DataType.FLOAT_VECTOR);
        byte[] bytes = RestVectors.decode(type, value);
        if (bytes == null) {
            throw RestFailure.notJson("data: expected a list of vectors of type " + type.text() + ", found " + value);
        }
        return TargetsDecoder.vector(type, bytes);
    }

    private static SearchTarget list(DataType type, JsonNode value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode vector : value) {
            byte[] one = RestVectors.decode(type, vector);
            if (one == null) {
                throw RestFailure.notJson(
                        "data: expected lists of vectors of type " + type.text() + ", found " + vector);
            }
            bytes.writeBytes(one);
        }
        return TargetsDecoder.list(type, bytes.toByteArray());
    }

    private static boolean takesBase64(Field field) {
        return field.type().isDenseVector() && field.type() != DataType.FLOAT_VECTOR;
    }

    private static Object key(Field key, JsonNode id) {
        if (key.type() == DataType.VARCHAR) {
            literal(key, id);
            return id.textValue();
        }
        return Long.parseLong(literal(key, id));
    }

    private static String literal(Field key, JsonNode id) {
        if (key.type() == DataType.VARCHAR) {
            if (!id.isTextual()) {
                throw Invalid.of("id", "a string, as " + key.name() + " is VarChar", id);
            }
            // A JSON string is a filter string: the escapes that JSON writes are read there too.
            return id.toString();
        }
        try {
            return Long.toString(Long.parseLong(Json.text(id)));
        } catch (NumberFormatException _) {
            throw Invalid.of("id", "an integer, as " + key.name() + " is Int64", id);
        }
    }
}
