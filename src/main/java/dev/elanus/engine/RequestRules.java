package dev.elanus.engine;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import dev.elanus.error.Invalid;
import dev.elanus.filter.Filter;
import dev.elanus.filter.FilterParser;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.search.FilterText;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What requests must keep whatever the collection holds. */
final class RequestRules {
    private RequestRules() {}

    static @Nullable Filter parseDelete(CollectionSchema schema, FilterText text) {
        try {
            return text.isBlank() ? null : FilterParser.parse(text.text(), text.templates(), schema);
        } catch (Invalid wrong) {
            throw new Invalid(wrong.reason(), "failed to create delete plan: " + wrong.getMessage());
        }
    }

    static void checkDistinct(Column keys) {
        Set<Object> seen = new HashSet<>();
        for (int row = 0; row < keys.rowCount(); row++) {
            if (!seen.add(Keys.valueAt(keys, row))) {
                throw new Invalid("duplicate primary keys are not allowed in the same batch: found "
                        + Keys.valueAt(keys, row) + " again in row " + row);
            }
        }
    }
}
