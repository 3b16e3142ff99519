package dev.elanus.manifest;

import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.TimestampText;
import java.util.Map;

/**
 * What a collection is, apart from what it holds.
 *
 * @param id never used for another collection
 * @param shards as the client asked; one log takes all writes
 * @param createdTimestamp hybrid: milliseconds since 1970 shifted left by 18
 * @param updatedTimestamp hybrid timestamp of the last change of the schema
 */
public record CollectionDefinition(
        long id,
        CollectionName name,
        CollectionSchema schema,
        ConsistencyLevel consistencyLevel,
        int shards,
        Map<String, String> properties,
        long createdTimestamp,
        long updatedTimestamp) {
    /** The property that names the zone of times without one. */
    public static final String TIMEZONE = "timezone";

    public CollectionDefinition {
        properties = Map.copyOf(properties);
        schema = schema.in(TimestampText.zone(properties.getOrDefault(TIMEZONE, "UTC")));
    }

    /** The same collection under another id and name, as new as its id. */
    public CollectionDefinition asClone(long cloneId, CollectionName cloneName) {
        return new CollectionDefinition(
                cloneId, cloneName, schema, consistencyLevel, shards, properties, cloneId, cloneId);
    }

    /** @param timestamp hybrid, of the change */
    CollectionDefinition withSchema(CollectionSchema newSchema, long timestamp) {
        long changedAt = Math.max(updatedTimestamp + 1, timestamp);
        return new CollectionDefinition(
                id, name, newSchema, consistencyLevel, shards, properties, createdTimestamp, changedAt);
    }

    /** Not a change of the schema. */
    CollectionDefinition withName(CollectionName newName) {
        return new CollectionDefinition(
                id, newName, schema, consistencyLevel, shards, properties, createdTimestamp, updatedTimestamp);
    }

    /** Not a change of the schema either, so that the time of its last change stays. */
    CollectionDefinition withProperties(Map<String, String> newProperties) {
        return new CollectionDefinition(
                id, name, schema, consistencyLevel, shards, newProperties, createdTimestamp, updatedTimestamp);
    }
}
