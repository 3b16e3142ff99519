package dev.elanus.filter;

import java.util.List;
import java.util.Set;

/**
 * Makes a filter take texts for numbers at the paths whose index was asked to ({@code json_cast_function} STRING_TO_DOUBLE), wherever it
 * compares such a path with numbers. It then means the same for rows that the index does not cover yet.
 */
public final class NumberCasts {
    private NumberCasts() {}

    /** @param indexes all that there are */
    public static Filter apply(Filter filter, Set<LookupTarget> indexes) {
        return indexes.stream().noneMatch(LookupTarget::textsAsNumbers) ? filter : cast(filter, indexes);
    }

    private static Filter cast(Filter filter, Set<LookupTarget> indexes) {
        return switch (filter) {
            case Filter.And(List<Filter> terms, Place place) ->
                new Filter.And(terms.stream().map(term -> cast(term, indexes)).toList(), place);
            case Filter.Or(List<Filter> terms, Place place) ->
                new Filter.Or(terms.stream().map(term -> cast(term, indexes)).toList(), place);
            case Filter.Not(Filter term, Place place) -> new Filter.Not(cast(term, indexes), place);
            case Filter.Sample(Filter of, double share, Place place) ->
                new Filter.Sample(cast(of, indexes), share, place);
            case Filter.Compare(Operand.JsonPath path, Comparison comparison, Operand.Constant right, Place place)
            when isNumber(right.value()) -> new Filter.Compare(cast(path, indexes), comparison, right, place);
            case Filter.In(Operand.JsonPath path, ValueSet values, Place place)
            when values.hasNumbers() && !values.hasTexts() -> new Filter.In(cast(path, indexes), values, place);
            case Filter.Always _,
                    Filter.Compare _,
                    Filter.In _,
                    Filter.Like _,
                    Filter.IsNull _,
                    Filter.Exists _,
                    Filter.Contains _,
                    Filter.Spatial _,
                    Filter.TextMatch _,
                    Filter.PhraseMatch _ -> filter;
        };
    }

    private static boolean isNumber(TemplateValue value) {
        return value instanceof TemplateValue.Int || value instanceof TemplateValue.Floating;
    }

    private static Operand.JsonPath cast(Operand.JsonPath path, Set<LookupTarget> indexes) {
        Operand.JsonPath casting = new Operand.JsonPath(path.fieldId(), path.keys(), true, path.place());
        return indexes.stream().anyMatch(index -> index.isAt(casting)) ? casting : path;
    }
}
