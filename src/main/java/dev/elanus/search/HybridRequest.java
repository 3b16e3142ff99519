package dev.elanus.search;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Several searches whose hits become one list.
 *
 * @param partitions names; empty for all
 * @param parts the searches, 1 to 1,024, of as many query vectors each; they ask for the request's output fields
 * @param limit hits a query
 * @param offset hits to leave out from the front of each query's
 * @param roundDecimal digits of a score behind the point, or -1 for all
 * @param readPoint what all parts see: they read the same state
 * @param groups search parameters of groups, which all parts share: {@code group_by_field}, {@code group_size}, {@code strict_group_size}, and
 *     {@code rank_group_scorer}; empty for none. The limit then counts groups
 * @param timeLimit how long the request may take
 * @param orderBy names of fields and directions, {@code price:asc,rank:desc}, by which the hits that remain are ordered; empty for best first
 */
public record HybridRequest(
        CollectionName collection,
        List<String> partitions,
        List<SearchRequest> parts,
        Fusion fusion,
        int limit,
        int offset,
        int roundDecimal,
        ReadPoint readPoint,
        Map<String, String> groups,
        Duration timeLimit,
        String orderBy) {
    private static final int MAX_PARTS = 1024;

    public HybridRequest {
        groups = Map.copyOf(groups);
    }

    /** @throws Invalid if the parts do not go together */
    void check() {
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new Invalid("maximum of ann search requests is " + MAX_PARTS + ", and at least 1 is needed, found "
                    + parts.size());
        }
        int queries = queryCount();
        for (SearchRequest part : parts) {
            SearchLimits.check(part);
            if (part.targets().size() != queries) {
                throw new Invalid("sub search request nq should be the same");
            }
            if (part.params().containsKey("iterator")) {
                throw new Unsupported("iterators in hybrid search are not supported");
            }
            if (part.highlighting() != null && parts.size() > 1) {
                throw new Unsupported("not support hybrid search with highlight now");
            }
            if (part.params().containsKey(Ordering.PARAMETER)) {
                throw new Invalid(Ordering.PARAMETER + " belongs to the hybrid search, not to one of its parts");
            }
            if (part.params().containsKey("group_by_field") && groups.isEmpty()) {
                throw new Invalid("group_by_field belongs to the hybrid search, not to one of its parts");
            }
        }
        SearchLimits.checkWindow(limit, offset);
        if (!groups.isEmpty() && fusion instanceof Boost) {
            throw new Invalid("Current rerank does not support grouping search");
        }
        if (!orderBy.isEmpty() && (fusion instanceof Decay || fusion instanceof Boost)) {
            throw new Invalid("order_by and function_score cannot be used together");
        }
        if (fusion instanceof Fusion.Weighted weighted) {
            checkWeights(weighted);
        }
        if (fusion instanceof Fusion.Reciprocal reciprocal
                && !(reciprocal.k() > 0 && reciprocal.k() < SearchLimits.MAX_TOP_K)) {
            throw new Invalid(
                    "rank params k should be in range (0, " + SearchLimits.MAX_TOP_K + "), found " + reciprocal.k());
        }
    }

    /** Query vectors of each part. */
    public int queryCount() {
        return parts.getFirst().targets().size();
    }

    private void checkWeights(Fusion.Weighted weighted) {
        if (weighted.weights().size() != parts.size()) {
            throw Invalid.of(
                    "the length of weights param mismatch with ann search requests",
                    parts.size(),
                    weighted.weights().size());
        }
        for (float weight : weighted.weights()) {
            if (!(weight >= 0 && weight <= 1)) {
                throw new Invalid("rank param weight should be in range [0, 1], found " + weight);
            }
        }
    }
}
