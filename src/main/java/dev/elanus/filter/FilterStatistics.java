package dev.elanus.filter;

import dev.elanus.column.ColumnStatistics;
import dev.elanus.schema.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rules out rows by what is known of their columns, without reading them. */
public final class FilterStatistics {
    /**
     * What may come out for some row.
     *
     * @param passes whether the filter may be true for some row
     * @param fails whether it may be false for some row
     */
    private record Outlook(boolean passes, boolean fails) {
        static final Outlook ANYTHING = new Outlook(true, true);
        static final Outlook UNKNOWN_ONLY = new Outlook(false, false);
    }

    private FilterStatistics() {}

    /**
     * Whether some row may pass.
     *
     * @param byFieldId what is known; a field that is not in it may hold anything
     * @return false only if no row passes
     */
    public static boolean mayPass(Filter filter, Map<Integer, ColumnStatistics> byFieldId) {
        return outlook(filter, byFieldId).passes;
    }

    private static Outlook outlook(Filter filter, Map<Integer, ColumnStatistics> known) {
        return switch (filter) {
            case Filter.Always(boolean value, Place _) -> new Outlook(value, !value);
            case Filter.And(List<Filter> terms, Place _) -> {
                boolean passes = true;
                boolean fails = false;
                for (Filter term : terms) {
                    Outlook outlook = outlook(term, known);
                    passes &= outlook.passes;
                    fails |= outlook.fails;
                }
                yield new Outlook(passes, fails);
            }
            case Filter.Or(List<Filter> terms, Place _) -> {
                boolean passes = false;
                boolean fails = true;
                for (Filter term : terms) {
                    Outlook outlook = outlook(term, known);
                    passes |= outlook.passes;
                    fails &= outlook.fails;
                }
                yield new Outlook(passes, fails);
            }
            case Filter.Not(Filter term, Place _) -> {
                Outlook outlook = outlook(term, known);
                yield new Outlook(outlook.fails, outlook.passes);
            }
            case Filter.Compare(Operand left, Comparison comparison, Operand right, Place _) ->
                left instanceof Operand.FieldValue field
                                && field.isWhole()
                                && right instanceof Operand.Constant constant
                        ? compare(field, comparison, constant.value(), known)
                        : Outlook.ANYTHING;
            case Filter.In(Operand operand, ValueSet values, Place _) ->
                operand instanceof Operand.FieldValue field && field.isWhole()
                        ? in(field, values, known)
                        : Outlook.ANYTHING;
            case Filter.IsNull(Operand operand, Place _) ->
                operand instanceof Operand.FieldValue field
                                && field.isWhole()
                                && known.get(field.fieldId()) instanceof ColumnStatistics one
                        ? new Outlook(one.nullCount() > 0, one.nullCount() < one.rowCount())
                        : Outlook.ANYTHING;
            case Filter.Sample(Filter of, double _, Place _) -> new Outlook(outlook(of, known).passes, true);
            case Filter.Like _,
                    Filter.Exists _,
                    Filter.Contains _,
                    Filter.Spatial _,
                    Filter.TextMatch _,
                    Filter.PhraseMatch _ -> Outlook.ANYTHING;
        };
    }

    private static Outlook compare(
            Operand.FieldValue field,
            Comparison comparison,
            TemplateValue value,
            Map<Integer, ColumnStatistics> known) {
        ColumnStatistics statistics = known.get(field.fieldId());
        if (statistics == null) {
            return Outlook.ANYTHING;
        }
        if (statistics.nullCount() == statistics.rowCount()) {
            return Outlook.UNKNOWN_ONLY;
        }
        if (statistics.min() == null || statistics.max() == null) {
            return Outlook.ANYTHING;
        }
        int least = order(statistics.min(), value);
        int most = order(statistics.max(), value);
        // Minimum and maximum say nothing of NaN, for which only "!=" is true and everything else is false.
        boolean mayBeNaN = field.type().isFloating();
        boolean equalsSome = least <= 0 && most >= 0;
        boolean equalsAll = least == 0 && most == 0;
        return switch (comparison) {
            case EQUAL -> new Outlook(equalsSome, !equalsAll || mayBeNaN);
            case NOT_EQUAL -> new Outlook(!equalsAll || mayBeNaN, equalsSome);
            case LESS -> new Outlook(least < 0, most >= 0 || mayBeNaN);
            case LESS_OR_EQUAL -> new Outlook(least <= 0, most > 0 || mayBeNaN);
            case GREATER -> new Outlook(most > 0, least <= 0 || mayBeNaN);
            case GREATER_OR_EQUAL -> new Outlook(most >= 0, least < 0 || mayBeNaN);
        };
    }

    private static Outlook in(Operand.FieldValue field, ValueSet values, Map<Integer, ColumnStatistics> known) {
        ColumnStatistics statistics = known.get(field.fieldId());
        if (statistics == null) {
            return Outlook.ANYTHING;
        }
        if (statistics.nullCount() == statistics.rowCount()) {
            return Outlook.UNKNOWN_ONLY;
        }
        if (statistics.min() == null || statistics.max() == null || field.type() == DataType.BOOL) {
            return Outlook.ANYTHING;
        }
        Object min = statistics.min();
        Object max = statistics.max();
        boolean some = Arrays.stream(values.longs())
                        .anyMatch(value -> isBetween(min, new TemplateValue.Int(value), max))
                || Arrays.stream(values.doubles())
                        .anyMatch(value -> isBetween(min, new TemplateValue.Floating(value), max))
                || values.texts().stream().anyMatch(value -> isBetween(min, new TemplateValue.Text(value), max));
        return new Outlook(some, true);
    }

    private static boolean isBetween(Object min, TemplateValue value, Object max) {
        return order(min, value) <= 0 && order(max, value) >= 0;
    }

    /** @param bound a Long, a Double or a String, as {@link ColumnStatistics} holds them */
    private static int order(Object bound, TemplateValue value) {
        return switch (value) {
            case TemplateValue.Bool(boolean flag) -> Long.compare((Long) bound, flag ? 1 : 0);
            case TemplateValue.Int(long number) ->
                bound instanceof Long whole ? Long.compare(whole, number) : orderOf((Double) bound, number);
            case TemplateValue.Floating(double number) -> orderOf(((Number) bound).doubleValue(), number);
            case TemplateValue.Text(String text) -> Utf8.compare((String) bound, text);
            case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ ->
                throw new IllegalStateException("no scalar");
        };
    }

    /** As numbers, which know no negative zero. */
    private static int orderOf(double a, double b) {
        return Double.compare(a + 0.0, b + 0.0);
    }
}
