package dev.elanus.search;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How hits are grouped.
 *
 * @param field whose value makes a group; null is a value like any other
 * @param size hits of a group at most
 * @param strict whether the search goes on until every group is full, or no row is left
 */
record Grouping(Field field, int size, boolean strict) {
    private static final int MAX_SIZE = 10;

    /** @return null where the parameters ask for no groups */
    static @Nullable Grouping of(CollectionSchema schema, Map<String, String> params) {
        String name = params.getOrDefault("group_by_field", "");
        if (name.isEmpty()) {
            return null;
        }
        for (String ofJson : new String[] {"json_path", "json_type", "strict_cast"}) {
            if (params.containsKey(ofJson)) {
                throw new Unsupported("search parameter " + ofJson + " is not supported");
            }
        }
        Field field = schema.find(name)
                .orElseThrow(() -> new NotFound(
                        NotFound.Kind.FIELD, "groupBy field not found in schema: field not found[field=" + name + "]"));
        boolean makesGroups = switch (field.type()) {
            case BOOL, INT8, INT16, INT32, INT64, VARCHAR, TIMESTAMPTZ -> true;
            default -> false;
        };
        if (!makesGroups) {
            throw new Invalid("unsupported data type "
                    + (field.type().isVector() ? "VECTOR_FLOAT" : field.type().name()) + " for group by operator");
        }
        long size = SearchNumbers.integer(params, "group_size", 1);
        if (size <= 0) {
            throw new Invalid("input group size:" + size + " is negative, failed to do search_groupby");
        }
        if (size > MAX_SIZE) {
            throw new Invalid("input group size:" + size + " exceeds configured max group size:" + MAX_SIZE);
        }
        return new Grouping(field, (int) size, SearchNumbers.flag(params, "strict_group_size"));
    }
}
