package dev.elanus.filter;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which fields a filter reads. */
public final class FilterFields {
    private FilterFields() {}

    /** Ids of the fields whose columns {@link FilterEvaluator} needs, ascending. */
    public static Set<Integer> of(Filter filter) {
        return of(filter, Set.of());
    }

    /** Ids of the fields whose columns it needs where there are indexes, ascending. */
    public static Set<Integer> of(Filter filter, Set<LookupTarget> indexes) {
        Set<Integer> ids = new TreeSet<>();
        forEachLeaf(filter, leaf -> {
            if (indexes.stream().noneMatch(index -> index.serves(leaf))) {
                collect(leaf, ids);
            }
        });
        return ids;
    }

    /** The indexes among these that some part of the filter can use. */
    public static Set<LookupTarget> used(Filter filter, Set<LookupTarget> indexes) {
        Set<LookupTarget> used = new LinkedHashSet<>();
        forEachLeaf(
                filter,
                leaf -> indexes.stream()
                        .filter(index -> index.serves(leaf) || index.narrows(leaf))
                        .min(Comparator.comparing(index -> index.narrows(leaf)))
                        .ifPresent(used::add));
        return used;
    }

    private static void forEachLeaf(Filter filter, Consumer<Filter> action) {
        switch (filter) {
            case Filter.And(List<Filter> terms, Place _) -> terms.forEach(term -> forEachLeaf(term, action));
            case Filter.Or(List<Filter> terms, Place _) -> terms.forEach(term -> forEachLeaf(term, action));
            case Filter.Not(Filter term, Place _) -> forEachLeaf(term, action);
            case Filter.Sample(Filter of, double _, Place _) -> forEachLeaf(of, action);
            case Filter.Always _,
                    Filter.Compare _,
                    Filter.In _,
                    Filter.Like _,
                    Filter.IsNull _,
                    Filter.Exists _,
                    Filter.Contains _,
                    Filter.Spatial _,
                    Filter.TextMatch _,
                    Filter.PhraseMatch _ -> action.accept(filter);
        }
    }

    private static void collect(Filter leaf, Set<Integer> ids) {
        switch (leaf) {
            case Filter.Always _, Filter.And _, Filter.Or _, Filter.Not _, Filter.Sample _ -> {}
            case Filter.Compare compare -> {
                collect(compare.left(), ids);
                collect(compare.right(), ids);
            }
            case Filter.In in -> collect(in.operand(), ids);
            case Filter.Like like -> collect(like.operand(), ids);
            case Filter.IsNull isNull -> collect(isNull.operand(), ids);
            case Filter.Exists exists -> collect(exists.path(), ids);
            case Filter.Contains contains -> collect(contains.operand(), ids);
            case Filter.Spatial spatial -> collect(spatial.field(), ids);
            case Filter.TextMatch match -> collect(match.field(), ids);
            case Filter.PhraseMatch match -> collect(match.field(), ids);
        }
    }

    private static void collect(Operand operand, Set<Integer> ids) {
        switch (operand) {
            case Operand.FieldValue field -> ids.add(field.fieldId());
            case Operand.ArrayField array -> ids.add(array.fieldId());
            case Operand.JsonPath path -> ids.add(path.fieldId());
            case Operand.Arithmetic arithmetic -> {
                collect(arithmetic.left(), ids);
                collect(arithmetic.right(), ids);
            }
            case Operand.Length(Operand of, Place _) -> collect(of, ids);
            case Operand.Shifted shifted -> collect(shifted.field(), ids);
            case Operand.Constant _ -> {}
        }
    }
}
