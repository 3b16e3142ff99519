package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import dev.elanus.schema.Field;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes out of one query's nearest rows those that its search wants: those in a range, or some of each group. */
final class Selector {
    private final Selection selection;
    private final Metric metric;
    private final int offset;
    private final int limit;

    Selector(Selection selection, Metric metric, int offset, int limit) {
        this.selection = selection;
        this.metric = metric;
        this.offset = offset;
        this.limit = limit;
    }

    /**
     * @param hits wanted, best first; those of a group beside each other
     * @param enough whether rows that are farther than those looked at would change nothing
     */
    record Selected(List<Candidate> hits, boolean enough) {}

    /**
     * @param nearest best first, each key once
     * @param groups of each row the value that makes its group; null where no groups are asked for
     */
    Selected select(List<Candidate> nearest, OutputRows.@Nullable OutputColumn groups) {
        Grouping grouping = selection.grouping();
        return grouping == null || groups == null ? inRange(nearest) : inGroups(grouping, nearest, groups.column());
    }

    private Selected inRange(List<Candidate> nearest) {
        List<Candidate> inside = nearest.stream()
                .filter(row -> selection.range().contains(metric.toDistance(row.score())))
                .toList();
        int end = offset + limit;
        boolean past = !nearest.isEmpty()
                && metric.toDistance(nearest.getLast().score())
                        >= selection.range().to();
        boolean enough = inside.size() >= end || past || !selection.range().leavesOutNearest();
        return new Selected(window(inside), enough);
    }

    private <T> List<T> window(List<T> all) {
        int from = Math.min(offset, all.size());
        return all.subList(from, Math.min(from + limit, all.size()));
    }

    private Selected inGroups(Grouping grouping, List<Candidate> nearest, Column values) {
        Map<Optional<Object>, List<Candidate>> groups = new LinkedHashMap<>();
        for (int i = 0; i < nearest.size(); i++) {
            Optional<Object> value = values.isNull(i) ? Optional.empty() : Optional.of(Keys.valueAt(values, i));
            List<Candidate> members = groups.get(value);
            if (members == null) {
                if (groups.size() == offset + limit) {
                    continue;
                }
                members = new ArrayList<>();
                groups.put(value, members);
            }
            if (members.size() < grouping.size()) {
                members.add(nearest.get(i));
            }
        }
        List<List<Candidate>> wanted = window(List.copyOf(groups.values()));
        boolean filled = wanted.stream().allMatch(members -> members.size() == grouping.size());
        boolean enough = groups.size() == offset + limit && (filled || !grouping.strict());
        return new Selected(wanted.stream().flatMap(List::stream).toList(), enough);
    }

    /** The fields that are read before it is decided which rows are hits. */
    static Set<Field> fields(Selection selection) {
        Grouping grouping = selection.grouping();
        return grouping == null ? Set.of() : Set.of(grouping.field());
    }
}
