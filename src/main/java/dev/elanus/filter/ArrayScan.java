package dev.elanus.filter;

import dev.elanus.column.ArrayReader;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.schema.Field;
import java.util.HashSet;
import java.util.Set;

/** Tests the rows of an Array column. A null is neither true nor false. */
final class ArrayScan {
    private ArrayScan() {}

    /** @param wanted in normal form, of the elements' kind */
    static Verdict contain(ArrayReader arrays, Set<TemplateValue> wanted, boolean all) {
        int rowCount = arrays.column().rowCount();
        Verdict verdict = Verdict.unknown(rowCount);
        int enough = all ? wanted.size() : 1;
        for (int row = 0; row < rowCount; row++) {
            if (arrays.isNull(row)) {
                continue;
            }
            Set<TemplateValue> found = new HashSet<>();
            for (int i = 0; i < arrays.count(row) && found.size() < enough; i++) {
                TemplateValue element = valueAt(arrays, row, i);
                if (wanted.contains(element)) {
                    found.add(element);
                }
            }
            verdict.set(row, found.size() >= enough);
        }
        return verdict;
    }

    /** @param wanted in normal form, of the elements' kind */
    static Verdict equal(ArrayReader arrays, TemplateValue.Array wanted) {
        int rowCount = arrays.column().rowCount();
        Verdict verdict = Verdict.unknown(rowCount);
        for (int row = 0; row < rowCount; row++) {
            if (!arrays.isNull(row)) {
                boolean equal = arrays.count(row) == wanted.values().size();
                for (int i = 0; equal && i < arrays.count(row); i++) {
                    equal = valueAt(arrays, row, i).equals(wanted.values().get(i));
                }
                verdict.set(row, equal);
            }
        }
        return verdict;
    }

    static Verdict lengths(ArrayReader arrays, Comparison comparison, long length) {
        int rowCount = arrays.column().rowCount();
        Verdict verdict = Verdict.unknown(rowCount);
        for (int row = 0; row < rowCount; row++) {
            if (!arrays.isNull(row)) {
                verdict.set(row, comparison.holdsFor(Long.compare(arrays.count(row), length)));
            }
        }
        return verdict;
    }

    /** The elements of one number as a column, null where a row has none. */
    static Column elements(ArrayReader arrays, int index) {
        int rowCount = arrays.column().rowCount();
        ColumnBuilder values =
                ColumnBuilder.of(Field.scalar(0, "", arrays.element()).asNullable(), rowCount);
        for (int row = 0; row < rowCount; row++) {
            if (arrays.isNull(row) || index >= arrays.count(row)) {
                values.addNull();
                continue;
            }
            switch (arrays.element()) {
                case VARCHAR -> values.add(arrays.textAt(row, index));
                case FLOAT, DOUBLE -> values.add(arrays.doubleAt(row, index));
                default -> values.add(arrays.longAt(row, index));
            }
        }
        return values.build();
    }

    private static TemplateValue valueAt(ArrayReader arrays, int row, int index) {
        return switch (arrays.element()) {
            case BOOL -> new TemplateValue.Bool(arrays.booleanAt(row, index));
            case VARCHAR -> new TemplateValue.Text(arrays.textAt(row, index));
            case FLOAT, DOUBLE -> new TemplateValue.Floating(arrays.doubleAt(row, index)).normalized();
            default -> new TemplateValue.Int(arrays.longAt(row, index));
        };
    }
}
