package dev.elanus.engine;

import dev.elanus.error.Invalid;
import dev.elanus.index.IndexSpec;
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

    /**
     * What is asked for over a field.
     *
     * @throws Invalid for the first broken rule, in it the name that Milvus gives such failures of indexes
     */
    IndexSpec spec(Field field) {
        try {
            return IndexSpec.parse(field, paramsFor(field));
        } catch (Invalid broken) {
            String message = String.valueOf(broken.getMessage());
            if (broken.reason() != Invalid.Reason.PARAMETER || message.contains("invalid parameter")) {
                throw broken;
            }
            throw Invalid.of(message, "valid index params", "invalid index params");
        }
    }

    /** The parameters, with the path that the name of a dynamic key is. */
    private Map<String, String> paramsFor(Field field) {
        if (field.name().equals(fieldName)) {
            return params;
        }
        Map<String, String> all = new HashMap<>(params);
        all.putIfAbsent(ScalarIndexSpec.PATH, fieldName);
        return all;
    }
}
