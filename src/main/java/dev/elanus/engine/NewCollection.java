package dev.elanus.engine;

import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collection to create. The schema's field ids are ignored: the server assigns them, and adds the dynamic field.
 * Times of its rows that name no zone are in that of the property {@code timezone}.
 *
 * @param partitionKey what distributes the rows over partitions
 * @param shards accepted for compatibility, 0 or 1 to 16: one log takes all writes
 */
public record NewCollection(
        CollectionName name,
        CollectionSchema schema,
        ConsistencyLevel consistencyLevel,
        int shards,
        Map<String, String> properties,
        PartitionKey partitionKey) {
    public NewCollection {
        schema = CollectionDefinition.schemaOf(schema, properties);
        if ("true".equalsIgnoreCase(properties.get(CollectionProperties.DYNAMIC))) {
            schema = schema.asDynamic();
        }
    }

    /** The same in a zone, null for none, unless it names one itself. */
    NewCollection inZone(@Nullable String zone) {
        if (zone == null || properties.containsKey(CollectionDefinition.TIMEZONE)) {
            return this;
        }
        Map<String, String> zoned = new HashMap<>(properties);
        zoned.put(CollectionDefinition.TIMEZONE, zone);
        return new NewCollection(name, schema, consistencyLevel, shards, zoned, partitionKey);
    }

    /** A collection whose rows are of the partition that their writer names. */
    public NewCollection(
            CollectionName name,
            CollectionSchema schema,
            ConsistencyLevel consistencyLevel,
            int shards,
            Map<String, String> properties) {
        this(name, schema, consistencyLevel, shards, properties, PartitionKey.NONE);
    }
}
