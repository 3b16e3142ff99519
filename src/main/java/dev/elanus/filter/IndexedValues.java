package dev.elanus.filter;

import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.RowSet;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an index over one place of one run of rows indexes: values, and the rows that have them.
 *
 * @param values without nulls that count: rows that {@code valid} leaves out are not looked at
 * @param rows the row of each value, ascending; null where there is one a row, in order
 * @param valid rows that have something there, if only an empty array
 */
public record IndexedValues(Column values, int @Nullable [] rows, RowSet valid) {
    /** @param column of the target's field, all its rows present */
    public static IndexedValues of(LookupTarget target, Field field, Column column) {
        if (field.type() == DataType.ARRAY) {
            return elements(ArrayReader.of(field, column));
        }
        if (target.shape() == LookupTarget.Shape.LEAVES) {
            return JsonLeaves.of((BytesColumn) column, target.path());
        }
        if (target.shape() == LookupTarget.Shape.ELEMENTS) {
            return elements(target, (BytesColumn) column);
        }
        if (column instanceof BytesColumn json && json.type() == DataType.JSON) {
            return inJson(target, json);
        }
        RowSet valid = RowSet.all(column.rowCount());
        for (int row = 0; row < column.rowCount() && column.validity().hasNulls(); row++) {
            if (column.isNull(row)) {
                valid.remove(row);
            }
        }
        return new IndexedValues(column, null, valid);
    }

    private static IndexedValues elements(ArrayReader arrays) {
        int rowCount = arrays.column().rowCount();
        RowSet valid = RowSet.none(rowCount);
        int total = 0;
        for (int row = 0; row < rowCount; row++) {
            if (!arrays.isNull(row)) {
                valid.add(row);
                total += arrays.count(row);
            }
        }
        ColumnBuilder values = ColumnBuilder.of(Field.scalar(0, "", arrays.element()), total);
        int[] rows = new int[total];
        int at = 0;
        for (int row = valid.next(0); row >= 0; row = valid.next(row + 1)) {
            for (int i = 0; i < arrays.count(row); i++) {
                rows[at++] = row;
                switch (arrays.element()) {
                    case VARCHAR -> values.add(arrays.textAt(row, i));
                    case FLOAT, DOUBLE -> values.add(arrays.doubleAt(row, i));
                    default -> values.add(arrays.longAt(row, i));
                }
            }
        }
        return new IndexedValues(values.build(), rows, valid);
    }

    private static IndexedValues inJson(LookupTarget target, BytesColumn json) {
        JsonValues found = JsonValues.of(json, target.path(), target.textsAsNumbers(), null);
        ColumnBuilder values = builder(target, json.rowCount());
        RowSet valid = RowSet.none(json.rowCount());
        for (int row = 0; row < json.rowCount(); row++) {
            boolean fits = switch (found.kindAt(row)) {
                case BOOLEAN -> target.kind() == LookupTarget.Kind.BOOLEAN;
                case INTEGER, FLOATING -> target.kind() == LookupTarget.Kind.NUMBER;
                case TEXT -> target.kind() == LookupTarget.Kind.TEXT;
                case ABSENT, NULL, ARRAY, OBJECT, EMPTY_OBJECT -> false;
            };
            if (!fits) {
                values.addNull();
                continue;
            }
            valid.add(row);
            switch (target.kind()) {
                case BOOLEAN, INTEGER, SHAPE, JSON -> values.add(found.booleanAt(row) ? 1L : 0L);
                case NUMBER -> values.add(found.doubleAt(row));
                case TEXT -> values.add(found.textAt(row));
            }
        }
        return new IndexedValues(values.build(), null, valid);
    }

    private static IndexedValues elements(LookupTarget target, BytesColumn json) {
        RowSet valid = RowSet.none(json.rowCount());
        List<TemplateValue> elements = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        JsonArrays.of(json, target.path()).forEachElement(valid::add, (row, element) -> {
            boolean fits = switch (element) {
                case TemplateValue.Bool _ -> target.kind() == LookupTarget.Kind.BOOLEAN;
                case TemplateValue.Int _, TemplateValue.Floating _ -> target.kind() == LookupTarget.Kind.NUMBER;
                case TemplateValue.Text _ -> target.kind() == LookupTarget.Kind.TEXT;
                case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ -> false;
            };
            if (fits) {
                elements.add(element);
                rows.add(row);
            }
        });
        ColumnBuilder values = builder(target, elements.size());
        for (TemplateValue element : elements) {
            switch (element) {
                case TemplateValue.Bool(boolean flag) -> values.add(flag ? 1L : 0L);
                case TemplateValue.Int(long number) -> values.add((double) number);
                case TemplateValue.Floating(double number) -> values.add(number);
                case TemplateValue.Text(String text) -> values.add(text);
                case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ ->
                    throw new IllegalStateException("no scalar");
            }
        }
        return new IndexedValues(
                values.build(), rows.stream().mapToInt(Integer::intValue).toArray(), valid);
    }

    private static ColumnBuilder builder(LookupTarget target, int rowCount) {
        DataType type = switch (target.kind()) {
            case BOOLEAN -> DataType.BOOL;
            case INTEGER -> DataType.INT64;
            case NUMBER -> DataType.DOUBLE;
            case TEXT, JSON -> DataType.VARCHAR;
            case SHAPE -> DataType.GEOMETRY;
        };
        return ColumnBuilder.of(Field.scalar(0, "", type).asNullable(), rowCount);
    }
}
