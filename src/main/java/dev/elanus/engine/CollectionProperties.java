package dev.elanus.engine;

import dev.elanus.error.Unsupported;
import dev.elanus.log.Expiry;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.TimestampText;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Which properties a collection may have. */
final class CollectionProperties {
    /** They change nothing in the answers, and so are kept without doing anything. */
    private static final Set<String> HINTS =
            Set.of("mmap.enabled", "replica.number", "lazyload.enabled", "partitionkey.isolation");

    private CollectionProperties() {}

    /**
     * @throws Unsupported naming a property that is not known
     * @throws dev.elanus.error.Invalid if a value is out of range
     */
    static void check(Map<String, String> properties) {
        checkNames(properties.keySet());
        Expiry.check(properties);
        TimestampText.zone(properties.getOrDefault(CollectionDefinition.TIMEZONE, "UTC"));
    }

    /** @throws Unsupported naming a property that is not known */
    static void checkNames(Collection<String> names) {
        for (String name : names) {
            boolean isKept = name.equals(Expiry.PROPERTY) || name.equals(CollectionDefinition.TIMEZONE);
            if (!isKept && !HINTS.contains(name)) {
                throw new Unsupported("collection property " + name + " is not supported");
            }
        }
    }
}
