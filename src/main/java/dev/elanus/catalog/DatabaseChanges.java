package dev.elanus.catalog;

import dev.elanus.error.Invalid;
import dev.elanus.manifest.Change;
import dev.elanus.schema.CollectionName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes of the databases that there are. */
public final class DatabaseChanges {
    /** Milvus's limit of databases, the one that is there from the start included. */
    public static final int MAX_DATABASES = 64;

    private DatabaseChanges() {}

    /** Adds a database; the change throws {@link Invalid} if its name is taken or there are too many. */
    public static Change<Catalog> create(DatabaseEntry created) {
        return catalog -> {
            if (catalog.findDatabase(created.name()).isPresent()) {
                throw new Invalid("database already exist: " + created.name());
            }
            if (catalog.databases().size() >= MAX_DATABASES) {
                throw new Invalid(
                        Invalid.Reason.TOO_MANY_DATABASES,
                        "exceeded the limit number of database[limit=" + MAX_DATABASES + "]");
            }
            List<DatabaseEntry> databases = new ArrayList<>(catalog.databases());
            databases.add(created);
            return catalog.withDatabases(databases);
        };
    }

    /** Removes a database; a missing one is no error. The change throws {@link Invalid} if it holds collections. */
    public static Change<Catalog> drop(String database) {
        if (database.equals(CollectionName.DEFAULT_DATABASE)) {
            throw new Invalid("can not drop default database");
        }
        return catalog -> {
            if (!catalog.of(database).isEmpty()) {
                throw new Invalid(
                        "database:" + database + " not empty, must drop all collections before drop database");
            }
            return catalog.withDatabases(catalog.databases().stream()
                    .filter(entry -> !entry.name().equals(database))
                    .toList());
        };
    }

    /** Sets and removes properties of a database; the change throws {@link dev.elanus.error.NotFound} if there is none. */
    public static Change<Catalog> alter(String database, Map<String, String> changed, Collection<String> removed) {
        return catalog -> {
            DatabaseEntry there = catalog.database(database);
            Map<String, String> properties = new HashMap<>(there.properties());
            properties.putAll(changed);
            properties.keySet().removeAll(removed);
            DatabaseEntry altered = new DatabaseEntry(database, there.id(), there.createdTimestamp(), properties);
            return catalog.withDatabases(catalog.databases().stream()
                    .map(entry -> entry.name().equals(database) ? altered : entry)
                    .toList());
        };
    }
}
