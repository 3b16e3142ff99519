package dev.elanus.search;

import dev.elanus.schema.CollectionName;

/**
 * One search, compared with an exact one of the same rows.
 *
 * @param index the name of the index that was searched
 * @param found hits of the exact search that the search had found, or rows as near
 * @param wanted hits of the exact search
 */
public record MeasuredRecall(CollectionName collection, String index, int found, int wanted) {}
