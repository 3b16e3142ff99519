package dev.elanus.filter;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import java.util.Optional;

/** Filters that list primary keys, so that rows are looked up and not scanned. */
public final class FilterKeys {
    private FilterKeys() {}

    /**
     * The primary keys that a filter lists, ascending and each once, if it is {@code key in [...]} or {@code key == value} and nothing else.
     */
    public static Optional<Column> of(Filter filter, CollectionSchema schema) {
        Field key = schema.primaryKey();
        if (filter instanceof Filter.In(Operand.FieldValue field, ValueSet values, Place _)
                && field.fieldId() == key.id()) {
            return Optional.of(column(key, values));
        }
        if (filter
                        instanceof
                        Filter.Compare(
                                Operand.FieldValue field,
                                Comparison comparison,
                                Operand.Constant constant,
                                Place _)
                && field.fieldId() == key.id()
                && comparison == Comparison.EQUAL) {
            return Optional.of(column(key, ValueSet.of(java.util.List.of(constant.value()))));
        }
        return Optional.empty();
    }

    private static Column column(Field key, ValueSet values) {
        ColumnBuilder builder =
                ColumnBuilder.of(key, values.longs().length + values.texts().size());
        for (long number : values.longs()) {
            builder.add(number);
        }
        values.texts().stream().sorted(Utf8::compare).forEach(builder::add);
        return builder.build();
    }
}
