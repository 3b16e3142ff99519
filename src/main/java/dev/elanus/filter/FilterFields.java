package dev.elanus.filter;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which fields a filter reads. */
public final class FilterFields {
    private FilterFields() {}

    /** Ids of the fields whose columns {@link FilterEvaluator} needs, ascending. */
    public static Set<Integer> of(Filter filter) {
        Set<Integer> ids = new TreeSet<>();
        collect(filter, ids);
        return ids;
    }

    private static void collect(Filter filter, Set<Integer> ids) {
        switch (filter) {
            case Filter.Always _ -> {}
            case Filter.And(List<Filter> terms, Place _) -> terms.forEach(term -> collect(term, ids));
            case Filter.Or(List<Filter> terms, Place _) -> terms.forEach(term -> collect(term, ids));
            case Filter.Not(Filter term, Place _) -> collect(term, ids);
            case Filter.Compare compare -> {
                collect(compare.left(), ids);
                collect(compare.right(), ids);
            }
            case Filter.In in -> collect(in.operand(), ids);
            case Filter.Like like -> collect(like.operand(), ids);
            case Filter.IsNull isNull -> collect(isNull.operand(), ids);
            case Filter.Exists exists -> collect(exists.path(), ids);
            case Filter.Contains contains -> collect(contains.operand(), ids);
            case Filter.TextMatch match -> collect(match.field(), ids);
            case Filter.PhraseMatch match -> collect(match.field(), ids);
            case Filter.Sample sample -> collect(sample.of(), ids);
        }
    }

    private static void collect(Operand operand, Set<Integer> ids) {
        switch (operand) {
            case Operand.FieldValue field -> ids.add(field.fieldId());
            case Operand.JsonPath path -> ids.add(path.fieldId());
            case Operand.Arithmetic arithmetic -> {
                collect(arithmetic.left(), ids);
                collect(arithmetic.right(), ids);
            }
            case Operand.Length(Operand of, Place _) -> collect(of, ids);
            case Operand.Constant _ -> {}
        }
    }
}
