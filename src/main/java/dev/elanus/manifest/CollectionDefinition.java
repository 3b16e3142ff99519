package dev.elanus.manifest;

import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.TimestampText;
import dev.elanus.schema.Trait;
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
    /** The property that lets generated keys be given on insert. */
    public static final String GIVEN_KEYS = "allow_insert_auto_id";
    /** The property that lets an upsert keep generated keys. */
    public static final String KEPT_KEYS = "allow_update_auto_id";

    public CollectionDefinition {
        properties = Map.copyOf(properties);
        schema = schemaOf(schema, properties);
    }

    /** A schema with what a collection's properties say of it, and of those nothing else. */
    public static CollectionSchema schemaOf(CollectionSchema schema, Map<String, String> properties) {
        return schema.in(TimestampText.zone(properties.getOrDefault(TIMEZONE, "UTC")))
                .withKeys(Trait.GIVEN_KEYS, isSet(properties, GIVEN_KEYS))
                .withKeys(Trait.KEPT_KEYS, isSet(properties, KEPT_KEYS));
    }

    private static boolean isSet(Map<String, String> properties, String name) {
        return properties.getOrDefault(name, "false").equalsIgnoreCase("true");
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
