package dev.elanus.search;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.vector.DistanceRange;
import dev.elanus.vector.Metric;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of the nearest rows a search takes.
 *
 * @param iterates whether the search is a batch of an iteration: then it is exact, so that a row has the same score in every batch and is never
 *     seen twice
 */
record Selection(DistanceRange range, @Nullable Grouping grouping, boolean iterates) {
    private static final long MAX_BATCH = 16_384;

    static Selection of(CollectionSchema schema, Metric metric, SearchRequest request) {
        Map<String, String> params = request.params();
        boolean iterates = SearchNumbers.flag(params, "search_iter_v2");
        Grouping grouping = Grouping.of(schema, params);
        DistanceRange range = range(metric, params);
        if (grouping != null && SearchNumbers.flag(params, "iterator")) {
            throw new Invalid("Not allowed to do groupBy when doing iteration");
        }
        if (grouping != null && !range.equals(DistanceRange.ALL)) {
            throw new Invalid("Not allowed to do range-search when doing search-group-by");
        }
        if (metric.ofEach().isPresent()) {
            checkPlain(grouping != null, !range.equals(DistanceRange.ALL), params);
        }
        if (iterates) {
            checkIteration(request);
            range = worseThan(range, metric, SearchNumbers.number(params, "search_iter_last_bound"));
        }
        return new Selection(range, grouping, iterates);
    }

    /** Lists of vectors are searched for the nearest rows and no more, as in Milvus 2.6. */
    private static void checkPlain(boolean groups, boolean ranges, Map<String, String> params) {
        String what = "";
        if (ranges) {
            what = "range search";
        } else if (groups) {
            what = "group by search";
        } else if (SearchNumbers.flag(params, "iterator")) {
            what = "search iterator";
        }
        if (!what.isEmpty()) {
            throw new Invalid(what + " is not supported for vector array (embedding list) fields");
        }
    }

    private static void checkIteration(SearchRequest request) {
        Map<String, String> params = request.params();
        if (!SearchNumbers.flag(params, "iterator")) {
            throw new Invalid("search_iter_v2 expects iterator beside it");
        }
        if (request.targets().size() > 1) {
            throw new Invalid("search_iterator_v2 does not support processing multiple vectors simultaneously");
        }
        if (request.offset() > 0) {
            throw new Invalid("offset is not allowed when doing iteration, found " + request.offset());
        }
        long batch = SearchNumbers.integer(params, "search_iter_batch_size", request.topK());
        if (batch < 1 || batch > MAX_BATCH) {
            throw new Invalid("batch size is invalid, it should be in range [1, " + MAX_BATCH + "], but got " + batch);
        }
        String token = params.getOrDefault("search_iter_id", "");
        if (!token.isEmpty() && !token.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new Invalid("invalid token format");
        }
    }

    private static DistanceRange range(Metric metric, Map<String, String> params) {
        Float radius = SearchNumbers.number(params, "radius");
        Float filter = SearchNumbers.number(params, "range_filter");
        if (radius == null && filter == null) {
            return DistanceRange.ALL;
        }
        float to = radius == null ? DistanceRange.ALL.to() : metric.toDistance(radius);
        float from = filter == null ? DistanceRange.ALL.from() : metric.toDistance(filter);
        if (from >= to) {
            throw new Invalid(
                    metric.largerIsNearer()
                            ? "range_filter must more than radius when " + metric
                            : "range_filter must less than radius except IP");
        }
        return new DistanceRange(from, to);
    }

    private static DistanceRange worseThan(DistanceRange range, Metric metric, @Nullable Float bound) {
        if (bound == null) {
            return range;
        }
        float next = Math.nextUp(metric.toDistance(Objects.requireNonNull(bound)));
        return new DistanceRange(Math.max(range.from(), next), range.to());
    }
}
