package dev.elanus.engine;

import dev.elanus.error.Invalid;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import java.util.HashMap;
import java.util.Map;

/**
 * An index to create.
 *
 * @param fieldName of a field, or a key of the dynamic field
 * @param indexName empty for the field's name
 * @param params {@code index_type} (absent means AUTOINDEX), {@code metric_type} and the build parameters, as the client gave them
 */
public record NewIndex(CollectionName collection, String fieldName, String indexName, Map<String, String> params) {
    /** The field that is indexed. @throws Invalid if there is none */
    Field field(CollectionSchema schema) {
        return schema.find(fieldName)
                .or(schema::dynamicField)
                .orElseThrow(() ->
                        new Invalid(Invalid.Reason.UNNUMBERED, "cannot create index on non-exist field: " + fieldName));
    }

    /** The parameters, with the path that the name of a dynamic key is. */
    Map<String, String> paramsFor(Field field) {
        if (field.name().equals(fieldName)) {
            return params;
        }
        Map<String, String> all = new HashMap<>(params);
        all.putIfAbsent(ScalarIndexSpec.PATH, fieldName);
        return all;
    }
}
