package dev.elanus.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which values of a field a filter lets pass, where it lists them. */
public final class FieldValues {
    private FieldValues() {}

    /**
     * Values of an Int64 or VarChar field of which every passing row has one, each a Long or a String; nothing where the filter does not say.
     */
    public static Optional<Set<Object>> of(Filter filter, int fieldId) {
        return switch (filter) {
            case Filter.And(List<Filter> terms, Place _) ->
                terms.stream()
                        .map(term -> of(term, fieldId))
                        .flatMap(Optional::stream)
                        .reduce(FieldValues::smaller);
            case Filter.Or(List<Filter> terms, Place _) -> ofAny(terms, fieldId);
            case Filter.In(Operand.FieldValue field, ValueSet values, Place _)
            when field.fieldId() == fieldId -> Optional.of(all(values));
            case Filter.Compare(Operand.FieldValue field, Comparison comparison, Operand.Constant constant, Place _)
            when field.fieldId() == fieldId && comparison == Comparison.EQUAL ->
                Optional.of(all(ValueSet.of(List.of(constant.value()))));
            case Filter.Sample(Filter of, double _, Place _) -> of(of, fieldId);
            default -> Optional.empty();
        };
    }

    private static Optional<Set<Object>> ofAny(List<Filter> terms, int fieldId) {
        Set<Object> together = new HashSet<>();
        for (Filter term : terms) {
            Optional<Set<Object>> values = of(term, fieldId);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            together.addAll(values.get());
        }
        return Optional.of(together);
    }

    private static Set<Object> smaller(Set<Object> a, Set<Object> b) {
        return a.size() <= b.size() ? a : b;
    }

    private static Set<Object> all(ValueSet values) {
        List<Object> all = new ArrayList<>(values.texts());
        for (long number : values.longs()) {
            all.add(number);
        }
        for (double number : values.doubles()) {
            if (number == (long) number) {
                all.add((long) number);
            }
        }
        return Set.copyOf(all);
    }
}
