package dev.elanus.engine;

import dev.elanus.schema.CollectionName;
import java.util.Map;

/**
 * An index to create.
 *
 * @param indexName empty for the field's name
 * @param params {@code index_type} (absent means AUTOINDEX), {@code metric_type} and the build parameters, as the client gave them
 */
public record NewIndex(CollectionName collection, String fieldName, String indexName, Map<String, String> params) {}
