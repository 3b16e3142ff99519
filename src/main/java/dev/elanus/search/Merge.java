package dev.elanus.search;

import dev.elanus.schema.CollectionSchema;
import dev.elanus.storage.Need;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One query's hits from all sources: the best, each key once, the newest of its rows; of that one every vector that was found. */
final class Merge {
    /** Of the rows of one batch, which have one timestamp, the later is the newer. */
    private static final Comparator<RowRef> NEWER =
            Comparator.comparingLong(RowRef::timestamp).thenComparingInt(RowRef::row);

    private Merge() {}

    /** @return at most {@code limit} from {@code offset} on, best first, ties by key */
    static List<Candidate> best(Waves waves, Metric metric, List<Candidate> candidates, int offset, int limit) {
        Comparator<Candidate> nearest = metric.largerIsNearer()
                ? (a, b) -> Float.compare(b.score(), a.score())
                : (a, b) -> Float.compare(a.score(), b.score());
        List<Candidate> sorted = new ArrayList<>(newestOfEachKey(waves, candidates));
        sorted.sort(nearest.thenComparing(Candidate::compareKeys));
        int from = Math.min(offset, sorted.size());
        return sorted.subList(from, Math.min(from + limit, sorted.size()));
    }

    private static Collection<Candidate> newestOfEachKey(Waves waves, List<Candidate> candidates) {
        Map<Object, Candidate> byKey = new HashMap<>(candidates.size() * 2);
        for (Candidate candidate : candidates) {
            byKey.merge(candidate.key(), candidate, (one, other) -> newer(waves, one, other));
        }
        if (candidates.stream().allMatch(Candidate::isWhole)) {
            return byKey.values();
        }
        return candidates.stream()
                .filter(each -> each.row()
                        .equals(Objects.requireNonNull(byKey.get(each.key())).row()))
                .toList();
    }

    private static Candidate newer(Waves waves, Candidate one, Candidate other) {
        return one.row().equals(other.row()) || newest(waves, List.of(one.row(), other.row())) == 0 ? one : other;
    }

    /** Which of some rows of one key was written last. Rows of one key are rare, so their timestamps are brought only now. */
    static int newest(Waves waves, List<RowRef> rows) {
        List<Need> needs = new ArrayList<>();
        rows.forEach(row ->
                needs.addAll(row.source().rows(List.of(CollectionSchema.timestampField()), new int[] {row.row()})));
        waves.bring(needs);
        int newest = 0;
        for (int i = 1; i < rows.size(); i++) {
            if (NEWER.compare(rows.get(i), rows.get(newest)) > 0) {
                newest = i;
            }
        }
        return newest;
    }
}
