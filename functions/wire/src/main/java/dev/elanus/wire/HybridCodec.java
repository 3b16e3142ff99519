package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.Boost;
import dev.elanus.search.Decay;
import dev.elanus.search.Fusion;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionScore;
import io.milvus.grpc.HybridSearchRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.SearchResults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hybrid searches from messages and to messages. */
public final class HybridCodec {
    private static final float DEFAULT_K = 60;

    private HybridCodec() {}

    /**
     * The searches that a message asks for, and how they become one.
     *
     * @throws Invalid if a parameter breaks a rule
     * @throws Unsupported if it asks for what is not offered
     */
    public static HybridRequest decode(HybridSearchRequest message, CollectionName collection, Duration limit) {
        Newer.refuse(message);
        Parameters params = Parameters.of(message.getRankParamsList());
        if (!params.has("limit")) {
            throw new Invalid("limit not found in rank_params");
        }
        if (message.hasNamespace() && !message.getNamespace().isEmpty()) {
            throw new Unsupported("namespaces are not supported");
        }
        List<SearchRequest> parts = message.getRequestsList().stream()
                .map(part -> SearchCodec.decode(part, collection, limit).withOutput(message.getOutputFieldsList()))
                .toList();
        Fusion fusion = message.hasFunctionScore() && message.getFunctionScore().getFunctionsCount() > 0
                ? ofFunctions(message.getFunctionScore())
                : ofStrategy(params);
        ReadPoint point = SearchCodec.readPoint(
                message.getUseDefaultConsistency(),
                message.getConsistencyLevel(),
                message.getGuaranteeTimestamp(),
                message.getTravelTimestamp());
        return of(collection, message.getPartitionNamesList(), parts, fusion, params, point, limit);
    }

    static HybridRequest of(
            CollectionName collection,
            List<String> partitions,
            List<SearchRequest> parts,
            Fusion fusion,
            Parameters params,
            ReadPoint point,
            Duration timeLimit) {
        long limit = params.integer("limit", 0);
        long offset = params.integer("offset", 0);
        if (limit < 1) {
            throw new Invalid(
                    "invalid max query result window, limit [" + limit + "] is invalid, should be greater than 0");
        }
        if (limit > Limits.TOP_K || Math.abs(offset) > Limits.TOP_K) {
            // More than a request holds; the engine looks at the rest.
            throw new Invalid("invalid max query result window, (offset+limit) should be in range [1, " + Limits.TOP_K
                    + "], but got " + (limit + offset));
        }
        return new HybridRequest(
                collection,
                List.copyOf(partitions),
                parts,
                fusion,
                (int) limit,
                (int) offset,
                SearchCodec.roundDecimal(params),
                point,
                groups(params),
                timeLimit,
                orderBy(params));
    }

    static String orderBy(Parameters params) {
        String fields = params.text(SearchCodec.ORDER_BY);
        return fields == null ? "" : fields;
    }

    private static Map<String, String> groups(Parameters params) {
        return groups(params.asMap());
    }

    private static Map<String, String> groups(Map<String, String> params) {
        Map<String, String> groups = new LinkedHashMap<>();
        for (String name : List.of(
                "group_by_field",
                "group_size",
                "strict_group_size",
                "rank_group_scorer",
                "json_path",
                "json_type",
                "strict_cast")) {
            String value = params.get(name);
            if (params.containsKey("group_by_field") && value != null && !value.isEmpty()) {
                groups.put(name, value);
            }
        }
        return groups;
    }

    static Fusion ofStrategy(Parameters params) {
        String strategy = params.has("strategy") ? params.text("strategy") : "rrf";
        return fusion(String.valueOf(strategy), params.spread(), "unsupported rank type ");
    }

    static Fusion ofFunctions(FunctionScore score) {
        Newer.refuse(score);
        List<FunctionSchema> functions = score.getFunctionsList();
        Parameters params = Parameters.of(functions.getFirst().getParamsList()).spread();
        String reranker = String.valueOf(params.text("reranker"));
        if (reranker.equals("boost")) {
            return BoostCodec.decode(functions, Parameters.of(score.getParamsList()));
        }
        if (functions.size() > 1) {
            throw new Unsupported("function_score of several functions is not supported, unless all are boost");
        }
        if (reranker.equals("model")) {
            throw new Unsupported("reranker model is not supported: it would call a service outside of the database");
        }
        return reranker.equals("decay")
                ? decay(functions.getFirst().getInputFieldNamesList(), params)
                : fusion(reranker, params, "unsupported rerank function: ");
    }

    private static Decay decay(List<String> inputs, Parameters params) {
        if (inputs.size() != 1) {
            throw new Invalid(
                    "decay function only supports single input, but gets [[" + String.join(" ", inputs) + "]] input");
        }
        return new Decay(
                inputs.getFirst(),
                shape(required(params, "function")),
                number(params, "origin"),
                number(params, "scale"),
                params.has("offset") ? number(params, "offset") : 0,
                params.has("decay") ? number(params, "decay") : 0.5,
                params.flag("norm_score", false),
                params.has("score_mode") ? mode(required(params, "score_mode")) : Decay.Mode.MAX);
    }

    private static String required(Parameters params, String name) {
        String text = params.text(name);
        if (text == null) {
            throw new Invalid("decay function lost param: " + name);
        }
        return text;
    }

    private static Decay.Shape shape(String text) {
        return oneOf(Decay.Shape.values(), text)
                .orElseThrow(() ->
                        new Invalid("invalid decay function: decay, only support [gauss,linear,exp], found " + text));
    }

    private static Decay.Mode mode(String text) {
        return oneOf(Decay.Mode.values(), text)
                .orElseThrow(
                        () -> new Invalid("unsupported score mode: [" + text + "], only supports: [max, avg, sum]"));
    }

    private static <T extends Enum<T>> Optional<T> oneOf(T[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst();
    }

    private static double number(Parameters params, String name) {
        String text = required(params, name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new Invalid("param " + name + ":" + text + " is not a number");
        }
    }

    /** A plain search whose hits functions score anew. */
    public static HybridRequest ofSearch(
            io.milvus.grpc.SearchRequest message, CollectionName collection, Duration limit) {
        SearchRequest part =
                SearchCodec.decode(message.toBuilder().clearFunctionScore().build(), collection, limit);
        return ofSearch(part, message.getFunctionScore());
    }

    static HybridRequest ofSearch(SearchRequest part, FunctionScore score) {
        if (part.params().containsKey(SearchCodec.ORDER_BY)) {
            throw new Invalid("order_by and function_score cannot be used together");
        }
        Fusion fusion = ofFunctions(score);
        if (!(fusion instanceof Decay || fusion instanceof Boost)) {
            throw new Unsupported(
                    "reranker " + fusion.getClass().getSimpleName() + " of a single search is not supported");
        }
        return new HybridRequest(
                part.collection(),
                part.partitions(),
                List.of(part.withoutOffset()),
                fusion,
                part.topK(),
                part.offset(),
                part.roundDecimal(),
                part.readPoint(),
                groups(part.params()),
                part.limit(),
                "");
    }

    private static Fusion fusion(String name, Parameters params, String unknown) {
        return switch (name) {
            case "rrf" -> new Fusion.Reciprocal(params.has("k") ? ratio(String.valueOf(params.text("k"))) : DEFAULT_K);
            case "weighted" -> new Fusion.Weighted(weights(params), params.flag("norm_score", false));
            default -> throw new Invalid(unknown + "[" + name + "]");
        };
    }

    private static List<Float> weights(Parameters params) {
        String text = params.text("weights");
        if (text == null) {
            throw new Invalid("weights not found in rank_params");
        }
        JsonNode list = Json.parse(text, "weights");
        if (!list.isArray()) {
            throw Invalid.of("weights", "a JSON list of numbers", text);
        }
        List<Float> weights = new ArrayList<>();
        list.forEach(weight -> weights.add(ratio(Json.text(weight))));
        return weights;
    }

    private static float ratio(String text) {
        return (float) number(text);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw Invalid.of("rank params", "a number", text);
        }
    }

    /** @param params of the whole request: among them how times are shown, which pymilvus says in the parts instead */
    public static SearchResults encode(HybridRequest request, List<KeyValuePair> params, SearchResult result) {
        Map<String, String> all = new LinkedHashMap<>(request.parts().getFirst().params());
        all.putAll(Parameters.of(params).spread().asMap());
        ShownTimes times = ShownTimes.of(all, result.schema());
        return SearchCodec.encode(request.collection(), request.queryCount(), request.limit(), result, times);
    }
}
