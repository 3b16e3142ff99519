package dev.elanus.search;

import dev.elanus.schema.Field;

/**
 * What the answer to a search will take, told before the search is done.
 *
 * @param hits at most, of all queries together
 * @param certainBytes of the output fields whose values are of one width, if there are as many hits
 * @param likelyBytes of all output fields, by the mean of their values
 */
record AnswerSize(long hits, long certainBytes, long likelyBytes) {
    /** @param sources restricted to the rows that may be hits */
    static AnswerSize of(SearchPlan plan, SearchRequest request, Sources sources) {
        long rows = 0;
        long allowed = 0;
        for (Source source : sources.all()) {
            rows += source.rowCount();
            allowed += source.allowedCount();
        }
        Grouping grouping = plan.selection().grouping();
        long wanted = (long) request.topK() * (grouping == null ? 1 : grouping.size());
        long hits = request.targets().size() * Math.min(wanted, Math.max(0, allowed - request.offset()));
        long certain = 0;
        double likely = 0;
        for (Field field : plan.output().fields()) {
            int width = field.rowWidth();
            certain += width;
            likely += width > 0 || rows == 0 ? width : (double) bytes(field, sources) / rows;
        }
        return new AnswerSize(hits, hits * certain, (long) (hits * likely));
    }

    private static long bytes(Field field, Sources sources) {
        return sources.all().stream().mapToLong(source -> source.bytes(field)).sum();
    }
}
