package dev.elanus.search;

import dev.elanus.error.Invalid;

/** Milvus's limits of one request. */
final class SearchLimits {
    static final int MAX_TOP_K = 16_384;
    static final int MAX_QUERIES = 16_384;
    static final int MAX_ROUND_DECIMAL = 6;

    private SearchLimits() {}

    static void check(SearchRequest request) {
        int queries = request.vectors().size();
        if (queries < 1 || queries > MAX_QUERIES) {
            throw new Invalid("nq [" + queries + "] is invalid, nq (number of search vector per search request)"
                    + " should be in range [1, " + MAX_QUERIES + "], but got " + queries);
        }
        int topK = request.topK();
        if (topK < 1 || topK > MAX_TOP_K) {
            throw new Invalid(
                    "topk [" + topK + "] is invalid, it should be in range [1, " + MAX_TOP_K + "], but got " + topK);
        }
        checkOffset(request.offset());
        long together = (long) topK + request.offset();
        if (together > MAX_TOP_K) {
            throw new Invalid("offset+topk [" + together + "] is invalid, it should be in range [1, " + MAX_TOP_K
                    + "], but got " + together);
        }
        if (request.roundDecimal() < -1 || request.roundDecimal() > MAX_ROUND_DECIMAL) {
            throw new Invalid("round_decimal [" + request.roundDecimal()
                    + "] is invalid, should be -1 or an integer in range [0, " + MAX_ROUND_DECIMAL + "]");
        }
    }

    /** @param limit -1 for none */
    static void checkWindow(long limit, long offset) {
        checkOffset(offset);
        long together = limit + offset;
        if (limit != -1 && (limit < 1 || together > MAX_TOP_K)) {
            throw new Invalid("invalid max query result window, (offset+limit) should be in range [1, " + MAX_TOP_K
                    + "], but got " + together);
        }
    }

    private static void checkOffset(long offset) {
        if (offset < 0) {
            throw new Invalid("offset [" + offset + "] is invalid, should be gte than 0");
        }
    }
}
