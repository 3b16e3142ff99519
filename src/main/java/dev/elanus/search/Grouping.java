package dev.elanus.search;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.FieldPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How hits are grouped.
 *
 * @param field whose value, or a value within which, makes a group; null is a value like any other
 * @param ofJson what of the field's JSON makes the group; null where the field is not JSON
 * @param size hits of a group at most
 * @param strict whether the search goes on until every group is full, or no row is left
 */
record Grouping(Field field, @Nullable JsonGroups ofJson, int size, boolean strict) {
    private static final int MAX_SIZE = 10;

    /** @return null where the parameters ask for no groups */
    static @Nullable Grouping of(CollectionSchema schema, Map<String, String> params) {
        String name = params.getOrDefault("group_by_field", "");
        if (name.isEmpty()) {
            return null;
        }
        FieldPath path = FieldPath.find(schema, name)
                .orElseThrow(() -> new NotFound(
                        NotFound.Kind.FIELD, "groupBy field not found in schema: field not found[field=" + name + "]"));
        JsonGroups ofJson = path.field().type() == DataType.JSON ? JsonGroups.of(name, path, params) : null;
        if (ofJson == null && !(makesGroups(path.field().type()) && path.keys().isEmpty())) {
            DataType type = path.field().type();
            throw new Invalid("unsupported data type " + (type.isVector() ? "VECTOR_FLOAT" : type.name())
                    + " for group by operator");
        }
        long size = SearchNumbers.integer(params, "group_size", 1);
        if (size <= 0) {
            throw new Invalid("input group size:" + size + " is negative, failed to do search_groupby");
        }
        if (size > MAX_SIZE) {
            throw new Invalid("input group size:" + size + " exceeds configured max group size:" + MAX_SIZE);
        }
        return new Grouping(path.field(), ofJson, (int) size, SearchNumbers.flag(params, "strict_group_size"));
    }

    static boolean makesGroups(DataType type) {
        return switch (type) {
            case BOOL, INT8, INT16, INT32, INT64, VARCHAR, TIMESTAMPTZ -> true;
            default -> false;
        };
    }

    /** What makes the groups of some rows, of their field's values. */
    OutputRows.OutputColumn values(Column column) {
        return ofJson == null
                ? new OutputRows.OutputColumn(field, column)
                : new OutputRows.OutputColumn(ofJson.field(), ofJson.values((BytesColumn) column));
    }
}
