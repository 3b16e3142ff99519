package dev.elanus.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found before its output fields are read.
 *
 * @param ofQuery hits of each query, best first
 * @param scanned rows whose distance was computed
 */
record SearchHits(List<List<Candidate>> ofQuery, long scanned) {
    List<Candidate> all() {
        return ofQuery.stream().flatMap(List::stream).toList();
    }

    int[] counts() {
        return ofQuery.stream().mapToInt(List::size).toArray();
    }

    @Nullable
    Candidate last() {
        return ofQuery.getLast().isEmpty() ? null : ofQuery.getLast().getLast();
    }
}
