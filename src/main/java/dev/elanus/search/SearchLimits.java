package dev.elanus.search;

import dev.elanus.error.Invalid;

/** Milvus's limits of one request. */
final class SearchLimits {
    static final int MAX_TOP_K = 16_384;
    static final int MAX_QUERIES = 16_384;
    static final int MAX_ROUND_DECIMAL = 6;
    /** Hits of all queries together: what a server of a small heap can hold. Milvus has no such limit of its own. */
    static final long MAX_HITS = 2_000_000;
    /** Bytes of output fields: Milvus's limit of a reply. */
    static final long MAX_RESULT_BYTES = 100_000_000;

    private SearchLimits() {}

    static void check(SearchRequest request) {
        int queries = request.targets().size();
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
        if (queries * together > MAX_HITS) {
            throw new Invalid("nq [" + queries + "] times offset+topk [" + together + "] is " + queries * together
                    + " hits, expected at most " + MAX_HITS + " a request: send fewer vectors at a time");
        }
        if (request.roundDecimal() < -1 || request.roundDecimal() > MAX_ROUND_DECIMAL) {
            throw new Invalid("round_decimal [" + request.roundDecimal()
                    + "] is invalid, should be -1 or an integer in range [0, " + MAX_ROUND_DECIMAL + "]");
        }
    }

    /** @param limit -1 for none */
    static void checkWindow(long limit, long offset) {
        String rule = "";
        if (offset < 0) {
            rule = "offset [" + offset + "] is invalid, should be gte than 0";
        } else if (limit != -1 && limit < 1) {
            rule = "limit [" + limit + "] is invalid, should be greater than 0";
        } else if (limit != -1 && limit + offset > MAX_TOP_K) {
            rule = "(offset+limit) should be in range [1, " + MAX_TOP_K + "], but got " + (limit + offset);
        }
        if (!rule.isEmpty()) {
            throw new Invalid("invalid max query result window, " + rule);
        }
    }

    /** @throws Invalid if a reply would be larger than any client gets one */
    static void checkResultBytes(int rowCount, long bytes) {
        if (bytes > MAX_RESULT_BYTES) {
            throw new Invalid("the output fields of " + rowCount + " rows take " + bytes + " bytes, expected at most "
                    + MAX_RESULT_BYTES + ": ask for fewer rows or fields");
        }
    }

    /** @throws Invalid if a reply would be larger than any client gets one, should all the hits be found that are asked for */
    static void checkAnswer(AnswerSize size) {
        if (size.certainBytes() > MAX_RESULT_BYTES) {
            throw new Invalid("the output fields of " + size.hits() + " rows would take " + size.certainBytes()
                    + " bytes, expected at most " + MAX_RESULT_BYTES + ": ask for fewer rows or fields");
        }
    }

    private static void checkOffset(long offset) {
        if (offset < 0) {
            throw new Invalid("offset [" + offset + "] is invalid, should be gte than 0");
        }
    }
}
