package dev.elanus.filter;

import dev.elanus.column.RowSet;
import java.util.Set;

/** Judges what one index serves. */
final class LookupScan {
    private LookupScan() {}

    /** @param leaf that the lookup's {@link LookupTarget#serves} */
    static Verdict judge(ScalarLookup lookup, Filter leaf, int rowCount) {
        return switch (leaf) {
            case Filter.Compare(Operand _, Comparison comparison, Operand right, Place _) ->
                verdict(lookup, compare(lookup, comparison, ((Operand.Constant) right).value(), rowCount));
            case Filter.In(Operand _, ValueSet values, Place _) -> verdict(lookup, in(lookup, values, rowCount));
            case Filter.Like(Operand _, LikePattern pattern, Place _) -> verdict(lookup, lookup.like(pattern));
            case Filter.IsNull _ -> Verdict.of(lookup.valid().complement());
            case Filter.Contains(Operand _, Set<TemplateValue> values, boolean all, Place _) ->
                verdict(lookup, contain(lookup, values, all, rowCount));
            case Filter.Always _,
                    Filter.And _,
                    Filter.Or _,
                    Filter.Not _,
                    Filter.Exists _,
                    Filter.Spatial _,
                    Filter.TextMatch _,
                    Filter.PhraseMatch _,
                    Filter.Sample _ -> throw new IllegalStateException("not served: " + leaf);
        };
    }

    private static Verdict verdict(ScalarLookup lookup, RowSet passed) {
        return new Verdict(passed, lookup.valid().without(passed));
    }

    private static RowSet compare(ScalarLookup lookup, Comparison comparison, TemplateValue value, int rowCount) {
        return switch (comparison) {
            case EQUAL -> equalTo(lookup, value, rowCount);
            case NOT_EQUAL -> lookup.valid().without(equalTo(lookup, value, rowCount));
            case LESS -> lookup.between(null, false, value, false);
            case LESS_OR_EQUAL -> lookup.between(null, false, value, true);
            case GREATER -> lookup.between(value, false, null, false);
            case GREATER_OR_EQUAL -> lookup.between(value, true, null, false);
        };
    }

    private static RowSet equalTo(ScalarLookup lookup, TemplateValue value, int rowCount) {
        RowSet rows = RowSet.none(rowCount);
        lookup.addEqual(value, rows);
        return rows;
    }

    private static RowSet in(ScalarLookup lookup, ValueSet values, int rowCount) {
        RowSet rows = RowSet.none(rowCount);
        for (long number : values.longs()) {
            lookup.addEqual(new TemplateValue.Int(number), rows);
        }
        for (double number : values.doubles()) {
            lookup.addEqual(new TemplateValue.Floating(number), rows);
        }
        values.texts().forEach(text -> lookup.addEqual(new TemplateValue.Text(text), rows));
        for (boolean flag : new boolean[] {false, true}) {
            if (values.contains(flag)) {
                lookup.addEqual(new TemplateValue.Bool(flag), rows);
            }
        }
        return rows;
    }

    private static RowSet contain(ScalarLookup lookup, Set<TemplateValue> values, boolean all, int rowCount) {
        RowSet rows = all ? lookup.valid() : RowSet.none(rowCount);
        for (TemplateValue value : values) {
            RowSet having = equalTo(lookup, value, rowCount);
            rows = all ? rows.and(having) : rows.or(having);
        }
        return rows;
    }
}
