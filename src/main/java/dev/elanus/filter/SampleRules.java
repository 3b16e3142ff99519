package dev.elanus.filter;

import java.util.List;

/** Where {@code random_sample} may stand. */
record SampleRules(FilterErrors errors) {
    /** A sample stands last among what the whole filter demands, and is one of the rows for which the rest holds. */
    Filter sampled(Filter filter) {
        if (filter instanceof Filter.Sample) {
            return filter;
        }
        if (!(filter instanceof Filter.And(List<Filter> terms, Place place))
                || !(terms.getLast() instanceof Filter.Sample(Filter _, double share, Place at))) {
            refuseIn(filter);
            return filter;
        }
        List<Filter> rest = terms.subList(0, terms.size() - 1);
        rest.forEach(this::refuseIn);
        return new Filter.Sample(rest.size() == 1 ? rest.getFirst() : new Filter.And(rest, place), share, at);
    }

    private void refuseIn(Filter filter) {
        switch (filter) {
            case Filter.Sample(Filter _, double _, Place place) ->
                throw errors.invalid("random_sample can only be the last operand of a top-level and", place);
            case Filter.And(List<Filter> terms, Place _) -> terms.forEach(this::refuseIn);
            case Filter.Or(List<Filter> terms, Place _) -> terms.forEach(this::refuseIn);
            case Filter.Not(Filter term, Place _) -> refuseIn(term);
            case Filter.Always _,
                    Filter.Compare _,
                    Filter.In _,
                    Filter.Like _,
                    Filter.IsNull _,
                    Filter.Exists _,
                    Filter.Contains _,
                    Filter.Spatial _,
                    Filter.TextMatch _,
                    Filter.PhraseMatch _ -> {}
        }
    }
}
