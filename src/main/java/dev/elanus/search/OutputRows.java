package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.schema.Field;
import java.util.List;

/**
 * The output fields of some rows.
 *
 * @param names what the client asked for, with {@code *} replaced by the fields' names; a dynamic key keeps its own name
 * @param columns one for each field; where dynamic keys were asked for, the last is the dynamic field with each row's object trimmed to them
 */
public record OutputRows(int rowCount, List<String> names, List<OutputColumn> columns) {
    /** One field's values. */
    public record OutputColumn(Field field, Column column) {}
}
