package dev.elanus.search;

import java.util.ArrayList;
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

    /** The same without what was found for targets that have no neighbours. */
    SearchHits withoutNothing(List<SearchTarget> targets) {
        if (targets.stream().noneMatch(SearchTarget.Nothing.class::isInstance)) {
            return this;
        }
        List<List<Candidate>> left = new ArrayList<>();
        for (int query = 0; query < targets.size(); query++) {
            left.add(targets.get(query) instanceof SearchTarget.Nothing ? List.of() : ofQuery.get(query));
        }
        return new SearchHits(left, scanned);
    }

    @Nullable
    Candidate last() {
        return ofQuery.getLast().isEmpty() ? null : ofQuery.getLast().getLast();
    }
}
