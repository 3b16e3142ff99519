package dev.elanus.catalog;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which properties a database may have. Names that Milvus gives no meaning are the client's own, and kept. */
public final class DatabaseProperties {
    private static final String MAX_COLLECTIONS = "database.max.collections";
    /** In which times of its collections are shown and read that say nothing else. */
    private static final String TIMEZONE = "timezone";

    private static final String OF_DATABASES = "database.";
    /** They say where copies are held in memory, and there is one place; and how large a bucket may grow, which buckets know better. */
    private static final Set<String> HINTS =
            Set.of("database.replica.number", "database.resource_groups", "database.diskQuota.mb");

    /** They may say that nothing is denied, which is so. */
    private static final Set<String> DENIALS = Set.of("database.force.deny.writing", "database.force.deny.reading");

    private DatabaseProperties() {}

    /**
     * @throws Unsupported naming a property that has a meaning which is not kept
     * @throws Invalid if a value is out of range
     */
    public static void check(Map<String, String> properties) {
        properties.forEach(DatabaseProperties::checkKept);
        String zone = properties.get(TIMEZONE);
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new Invalid("unknown or invalid IANA Time Zone ID: " + zone);
        }
        String limit = properties.get(MAX_COLLECTIONS);
        if (limit != null && !limit.matches("[0-9]{1,9}")) {
            throw new Invalid(MAX_COLLECTIONS + ": expected a number of collections, found " + limit);
        }
    }

    private static void checkKept(String name, String value) {
        boolean saysNothing = DENIALS.contains(name) && value.equalsIgnoreCase("false");
        boolean isKept = saysNothing || name.equals(MAX_COLLECTIONS) || HINTS.contains(name);
        if (!isKept && name.startsWith(OF_DATABASES)) {
            throw new Unsupported("database property " + name + "=" + value + " is not supported");
        }
    }

    /** The zone that collections get which are created without one of their own; null for none. */
    public static @Nullable String timezone(DatabaseEntry database) {
        return database.properties().get(TIMEZONE);
    }

    static int maxCollections(DatabaseEntry database) {
        String limit = database.properties().get(MAX_COLLECTIONS);
        return limit == null ? Catalog.MAX_COLLECTIONS : Integer.parseInt(limit);
    }
}
