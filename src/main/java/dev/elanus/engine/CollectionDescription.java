package dev.elanus.engine;

import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collection as it stands.
 *
 * @param partitions how many
 * @param partitionKey the name of the field that distributes rows over them, null for none
 * @param createdTimestamp hybrid: milliseconds since 1970 shifted left by 18
 * @param updatedTimestamp hybrid timestamp of the last change of the schema; writers send it back as the schema's version
 */
public record CollectionDescription(
        long id,
        CollectionName name,
        CollectionSchema schema,
        ConsistencyLevel consistencyLevel,
        int shards,
        Map<String, String> properties,
        int partitions,
        @Nullable String partitionKey,
        boolean loaded,
        long createdTimestamp,
        long updatedTimestamp) {}
