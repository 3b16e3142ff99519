package dev.elanus.filter;

import java.util.List;

/** Filters that need no row to be judged. */
public final class FilterConstants {
    private FilterConstants() {}

    /** Whether the filter passes every row, as its text alone tells. */
    public static boolean isAlwaysTrue(Filter filter) {
        return is(true, filter);
    }

    private static boolean is(boolean value, Filter filter) {
        return switch (filter) {
            case Filter.Always(boolean constant, Place _) -> constant == value;
            case Filter.And(List<Filter> terms, Place _) ->
                value
                        ? terms.stream().allMatch(term -> is(true, term))
                        : terms.stream().anyMatch(term -> is(false, term));
            case Filter.Or(List<Filter> terms, Place _) ->
                value
                        ? terms.stream().anyMatch(term -> is(true, term))
                        : terms.stream().allMatch(term -> is(false, term));
            case Filter.Not(Filter term, Place _) -> is(!value, term);
            case Filter.Compare _, Filter.In _, Filter.Like _, Filter.IsNull _, Filter.Exists _ -> false;
            case Filter.Contains _, Filter.Spatial _, Filter.TextMatch _, Filter.PhraseMatch _, Filter.Sample _ ->
                false;
        };
    }
}
