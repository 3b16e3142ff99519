package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import dev.elanus.error.Invalid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fused hits of one query in groups: the groups in the order of their scores, each with its best rows. */
final class FusedGroups {
    /** The score of a group, of those of its rows that are kept. */
    private enum Scorer {
        MAX,
        SUM,
        AVG
    }

    private final HybridRequest request;
    private final Grouping grouping;
    private final Scorer scorer;
    private final boolean largerIsBetter;

    private record Group(List<Candidate> rows, double score) {}

    private FusedGroups(HybridRequest request, Grouping grouping, Scorer scorer, boolean largerIsBetter) {
        this.request = request;
        this.grouping = grouping;
        this.scorer = scorer;
        this.largerIsBetter = largerIsBetter;
    }

    /** @throws Invalid if there is no such way to score groups */
    static FusedGroups of(HybridRequest request, Grouping grouping, boolean largerIsBetter) {
        String name = request.groups().getOrDefault("rank_group_scorer", "max");
        for (Scorer scorer : Scorer.values()) {
            if (scorer.name().equalsIgnoreCase(name)) {
                return new FusedGroups(request, grouping, scorer, largerIsBetter);
            }
        }
        throw Invalid.of("rank_group_scorer", "max, sum or avg", name);
    }

    /** @param sorted best first. @param values of each row that which makes its group */
    List<Candidate> select(List<Candidate> sorted, Column values) {
        Map<Optional<Object>, List<Candidate>> members = new LinkedHashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            Optional<Object> value = values.isNull(i) ? Optional.empty() : Optional.of(Keys.valueAt(values, i));
            List<Candidate> rows = members.computeIfAbsent(value, _ -> new ArrayList<>());
            if (rows.size() < grouping.size()) {
                rows.add(sorted.get(i));
            }
        }
        Comparator<Group> best = Comparator.comparingDouble(Group::score);
        // Groups of equal scores keep the order of their best rows.
        return members.values().stream()
                .map(rows -> new Group(rows, score(rows)))
                .sorted(largerIsBetter ? best.reversed() : best)
                .skip(request.offset())
                .limit(request.limit())
                .flatMap(group -> group.rows().stream())
                .toList();
    }

    private double score(List<Candidate> rows) {
        return switch (scorer) {
            case MAX -> rows.getFirst().score();
            case SUM -> rows.stream().mapToDouble(Candidate::score).sum();
            case AVG -> rows.stream().mapToDouble(Candidate::score).average().orElseThrow();
        };
    }
}
