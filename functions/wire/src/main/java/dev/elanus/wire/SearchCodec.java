package dev.elanus.wire;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.SearchIteratorV2Results;
import io.milvus.grpc.SearchResultData;
import io.milvus.grpc.SearchResults;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Searches from messages and to messages. */
public final class SearchCodec {
    /** Names of search parameters that shape the request and say nothing to an index. */
    private static final List<String> REQUEST_PARAMETERS = List.of(
            "topk", "limit", "offset", "anns_field", "metric_type", "round_decimal", "ignore_growing", "params");

    /** Fields with directions, by which hits and rows are ordered. */
    static final String ORDER_BY = "order_by_fields";

    private SearchCodec() {}

    /**
     * The search that a message asks for.
     *
     * @throws Invalid if a parameter breaks a rule
     * @throws Unsupported if the search asks for what is not offered
     */
    public static SearchRequest decode(
            io.milvus.grpc.SearchRequest message, CollectionName collection, Duration limit) {
        Newer.refuse(message);
        refuse(message.hasFunctionScore() && message.getFunctionScore().getFunctionsCount() > 0, "function_score");
        refuse(message.hasNamespace() && !message.getNamespace().isEmpty(), "namespaces");
        Parameters params = Parameters.of(message.getSearchParamsList()).spread();
        return of(
                        collection,
                        params,
                        TargetsDecoder.decode(message),
                        Templates.filter(message.getDsl(), message.getExprTemplateValuesMap()),
                        message.getOutputFieldsList(),
                        readPoint(
                                message.getUseDefaultConsistency(),
                                message.getConsistencyLevel(),
                                message.getGuaranteeTimestamp(),
                                message.getTravelTimestamp()),
                        limit)
                .marking(message.hasHighlighter() ? HighlightCodec.decode(message.getHighlighter()) : null)
                .in(message.getPartitionNamesList());
    }

    /** A search whose parameters are still text. */
    static SearchRequest of(
            CollectionName collection,
            Parameters params,
            List<SearchTarget> targets,
            dev.elanus.search.FilterText filter,
            List<String> outputFields,
            ReadPoint readPoint,
            Duration limit) {
        long topK = params.integer("topk", params.integer("limit", 0));
        long offset = params.integer("offset", 0);
        if (topK < 1 || topK > Limits.TOP_K) {
            throw new Invalid(
                    "topk [" + topK + "] is invalid, it should be in range [1, " + Limits.TOP_K + "], but got " + topK);
        }
        if (offset < 0 || offset + topK > Limits.TOP_K) {
            throw new Invalid("offset+topk [" + (offset + topK) + "] is invalid, it should be in range [1, "
                    + Limits.TOP_K + "], but got " + (offset + topK));
        }
        if (targets.isEmpty() || targets.size() > Limits.QUERIES) {
            throw new Invalid("nq [" + targets.size()
                    + "] is invalid, nq (number of search vector per search request) should be in range [1, "
                    + Limits.QUERIES + "], but got " + targets.size());
        }
        return new SearchRequest(
                collection,
                List.of(),
                params.text("anns_field"),
                targets,
                (int) topK,
                (int) offset,
                filter.in(ShownTimes.zone(params.text(CollectionDefinition.TIMEZONE))),
                outputFields,
                params.text("metric_type"),
                indexParameters(params),
                roundDecimal(params),
                params.flag("ignore_growing", false),
                readPoint,
                limit);
    }

    /** The answer to a search, its hits' output fields in columns. */
    public static SearchResults encode(CollectionName collection, SearchRequest request, SearchResult result) {
        ShownTimes times = ShownTimes.of(request.params(), result.schema());
        SearchResults answer = encode(collection, request.targets().size(), request.topK(), result, times);
        if (!request.params().containsKey("search_iter_v2")) {
            return answer;
        }
        SearchResultData.Builder data =
                answer.getResults().toBuilder().setSearchIteratorV2Results(iteration(request, result));
        return answer.toBuilder().setResults(data).build();
    }

    static SearchResults encode(
            CollectionName collection, int queries, int topK, SearchResult result, ShownTimes times) {
        SearchResultData.Builder data = SearchResultData.newBuilder()
                .setNumQueries(queries)
                .setTopK(topK)
                .setPrimaryFieldName(result.schema().primaryKey().name())
                .addAllOutputFields(result.output().names())
                .addAllHighlightResults(HighlightCodec.encode(result.highlights()))
                .addAllFieldsData(RowsEncoder.encode(result.schema(), result.output(), times));
        for (int count : result.hitCounts()) {
            data.addTopks(count);
        }
        for (float score : result.scores()) {
            data.addScores(score);
        }
        if (result.scores().length > 0) {
            data.setIds(RowsEncoder.keys(result.keys()));
        }
        if (result.elements() != null) {
            LongArray.Builder elements = LongArray.newBuilder();
            for (int element : result.elements()) {
                elements.addData(element);
            }
            data.setElementIndices(elements);
        }
        if (result.groups() != null) {
            data.setGroupByFieldValue(
                    RowsEncoder.encode(result.groups().field(), result.groups().column(), times));
        }
        Status status = result.paths().isEmpty()
                ? Statuses.success()
                : Statuses.success().toBuilder()
                        .putExtraInfo("explain", String.join("\n", result.paths()))
                        .build();
        return SearchResults.newBuilder()
                .setStatus(status)
                .setCollectionName(collection.name())
                .setSessionTs(result.readTimestamp())
                .setResults(data)
                .build();
    }

    /** The next batch's requests carry this; the token says nothing, as the bound says all. */
    private static SearchIteratorV2Results iteration(SearchRequest request, SearchResult result) {
        String token = request.params().getOrDefault("search_iter_id", "");
        String bound = request.params().getOrDefault("search_iter_last_bound", "");
        float last = bound.isEmpty() ? 0 : Float.parseFloat(bound);
        return SearchIteratorV2Results.newBuilder()
                .setToken(token.isEmpty() ? new UUID(result.readTimestamp(), request.topK()).toString() : token)
                .setLastBound(Float.isNaN(result.lastScore()) ? last : result.lastScore())
                .build();
    }

    static ReadPoint readPoint(
            boolean collectionDefault, io.milvus.grpc.ConsistencyLevel level, long guarantee, long asOf) {
        return new ReadPoint(collectionDefault ? null : WireTypes.of(level), guarantee).asOf(asOf);
    }

    static int roundDecimal(Parameters params) {
        long digits = params.integer("round_decimal", -1);
        if (digits < -1 || digits > 6) {
            throw new Invalid("round_decimal [" + digits
                    + "] is invalid, should be -1 or an integer in range [0, 6]: invalid parameter");
        }
        return (int) digits;
    }

    private static Map<String, String> indexParameters(Parameters params) {
        Map<String, String> rest = new LinkedHashMap<>(params.asMap());
        REQUEST_PARAMETERS.forEach(rest::remove);
        return rest;
    }

    private static void refuse(boolean asked, String what) {
        if (asked) {
            throw new Unsupported(what + " is not supported");
        }
    }
}
