package dev.elanus.column;

import dev.elanus.error.Invalid;
import dev.elanus.schema.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of some rows by field id, in the order given. All have the same number of rows.
 */
public record Columns(int rowCount, Map<Integer, Column> byFieldId) {
    public Columns {
        byFieldId = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byFieldId));
        for (Column column : byFieldId.values()) {
            assert column.rowCount() == rowCount;
        }
    }

    /** @throws Invalid if the rows have no such column */
    public Column column(int fieldId) {
        Column column = byFieldId.get(fieldId);
        if (column == null) {
            throw new Invalid("rows have no column of field id " + fieldId);
        }
        return column;
    }

    public boolean has(int fieldId) {
        return byFieldId.containsKey(fieldId);
    }

    /** A copy of some rows, in the order given. */
    public Columns select(int[] rows) {
        Map<Integer, Column> picked = new LinkedHashMap<>();
        byFieldId.forEach((id, column) -> picked.put(id, column.select(rows)));
        return new Columns(rows.length, picked);
    }

    /** The same rows without one of their columns. */
    public Columns without(int fieldId) {
        Map<Integer, Column> left = new LinkedHashMap<>(byFieldId);
        left.remove(fieldId);
        return new Columns(rowCount, left);
    }

    /** The same rows with every field of a schema that came after they were written. */
    public Columns with(List<Field> fields) {
        Map<Integer, Column> all = new LinkedHashMap<>(byFieldId);
        for (Field field : fields) {
            if (!has(field.id()) && field.mayBeAbsent()) {
                all.put(field.id(), Column.absent(field, rowCount));
            }
        }
        return all.size() == byFieldId.size() ? this : new Columns(rowCount, all);
    }

    public long sizeBytes() {
        return byFieldId.values().stream().mapToLong(Column::sizeBytes).sum();
    }
}
