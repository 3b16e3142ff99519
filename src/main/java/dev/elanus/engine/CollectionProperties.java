package dev.elanus.engine;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.log.Expiry;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.TimestampText;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which properties a collection may have. Names that Milvus gives no meaning are the client's own, and kept. */
final class CollectionProperties {
    /** Makes the schema dynamic, and is no property afterwards. */
    static final String DYNAMIC = "dynamicfield.enabled";

    private static final Set<String> SWITCHES = Set.of(
            "mmap.enabled",
            "lazyload.enabled",
            "partitionkey.isolation",
            "collection.autocompaction.enabled",
            CollectionDefinition.GIVEN_KEYS,
            CollectionDefinition.KEPT_KEYS,
            DYNAMIC);
    private static final Set<String> WARMUPS =
            Set.of("warmup.vectorField", "warmup.scalarField", "warmup.vectorIndex", "warmup.scalarIndex");
    private static final Set<String> POLICIES = Set.of("sync", "disable", "async");
    /** Where a loaded collection has them, they may not change. */
    private static final Set<String> OF_LOADING = Set.of("mmap.enabled", "lazyload.enabled");

    /** Limits of rates and of space, which nobody keeps. */
    private static final Pattern LIMITS = Pattern.compile(
            "collection\\.((insert|upsert|delete|bulkLoad|query|search)Rate|diskProtection|replication)\\..*");

    /** They would have to do something, unless they say nothing. */
    private static final Set<String> REFUSED = Set.of("query_mode", "cipher.enabled");

    private static final Set<String> NOTHING = Set.of("", "false", "0", "-1");

    /** Of a collection and a database that name none. */
    static final String DEFAULT_ZONE = "UTC";

    private CollectionProperties() {}

    /**
     * @throws Unsupported naming a property that has a meaning which is not kept
     * @throws Invalid if a value is out of range
     */
    static void check(Map<String, String> properties) {
        properties.forEach(CollectionProperties::check);
        Expiry.check(properties);
        TimestampText.zone(properties.getOrDefault(CollectionDefinition.TIMEZONE, DEFAULT_ZONE));
    }

    private static void check(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (REFUSED.contains(name) && !NOTHING.contains(lower)) {
            throw new Unsupported("collection property " + name + "=" + value + " is not supported");
        }
        if (SWITCHES.contains(name) && !lower.equals("true") && !lower.equals("false")) {
            throw Invalid.of("invalid " + name + " value: " + value, "true or false", value);
        }
        if (WARMUPS.contains(name) && !POLICIES.contains(value)) {
            throw Invalid.of("invalid " + name + " value: " + value, "sync, disable or async", value);
        }
        if (name.equals("replica.number") && !value.matches("[0-9]{1,4}")) {
            throw Invalid.of("invalid " + name + " value: " + value, "a number of replicas", value);
        }
        if (LIMITS.matcher(name).matches()) {
            throw new Unsupported("collection property " + name + " is not supported");
        }
    }

    /** The first of some properties that says how a collection is held in memory; empty if none does. */
    static Optional<String> ofLoading(Collection<String> names) {
        return names.stream().filter(OF_LOADING::contains).findFirst();
    }
}
