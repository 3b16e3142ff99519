package dev.elanus.engine;

import dev.elanus.catalog.AliasChanges;
import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.DatabaseChanges;
import dev.elanus.catalog.DatabaseEntry;
import dev.elanus.catalog.DatabaseProperties;
import dev.elanus.error.NotFound;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.SchemaRules;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Databases, and aliases of collections. Every method may be called from many threads, and sees what every process has done so far; one that
 * names a missing database throws {@code NotFound(DATABASE)} where it does not say otherwise.
 */
public final class NameDirectory {
    private final EngineParts parts;

    NameDirectory(EngineParts parts) {
        this.parts = parts;
    }

    /**
     * Creates a database without collections.
     *
     * @throws dev.elanus.error.Invalid if the name is taken or breaks a rule, or there are too many
     */
    public void createDatabase(String database, Map<String, String> properties) {
        SchemaRules.checkDatabaseName(database);
        DatabaseProperties.check(properties);
        long now = parts.clock().next();
        parts.collections().commit(DatabaseChanges.create(new DatabaseEntry(database, now, now, properties)));
    }

    /**
     * Drops a database; a missing one is no error.
     *
     * @throws dev.elanus.error.Invalid if it holds collections, or is the default one
     */
    public void dropDatabase(String database) {
        SchemaRules.checkDatabaseName(database);
        parts.collections().commit(DatabaseChanges.drop(database));
    }

    /** All databases, the default one first, then as they were created. */
    public List<DatabaseDescription> listDatabases() {
        return newest().databases().stream().map(NameDirectory::describe).toList();
    }

    public DatabaseDescription describeDatabase(String database) {
        return describe(newest().database(database));
    }

    /**
     * Changes properties of a database.
     *
     * @param changed new values by name
     * @param removed names; one that is not set is no error
     */
    public void alterDatabase(String database, Map<String, String> changed, Collection<String> removed) {
        DatabaseProperties.check(changed);
        parts.collections().commit(DatabaseChanges.alter(database, changed, removed));
    }

    /**
     * Gives a collection another name, in its own database. The same one again is no error.
     *
     * @throws NotFound if there is no such collection
     * @throws dev.elanus.error.Invalid if the name is taken or breaks a rule
     */
    public void createAlias(CollectionName alias, String collection) {
        SchemaRules.checkAlias(alias.name());
        SchemaRules.checkCollectionName(collection);
        parts.collections().commit(AliasChanges.create(alias, collection));
    }

    /**
     * Lets an alias stand for another collection from now on.
     *
     * @throws NotFound if there is no such alias, or no such collection
     */
    public void alterAlias(CollectionName alias, String collection) {
        SchemaRules.checkAlias(alias.name());
        SchemaRules.checkCollectionName(collection);
        parts.collections().commit(AliasChanges.alter(alias, collection));
    }

    /** Takes an alias away; a missing one is no error. */
    public void dropAlias(CollectionName alias) {
        parts.collections().commit(AliasChanges.drop(alias));
    }

    /**
     * The collection that an alias stands for.
     *
     * @throws NotFound of kind ALIAS if there is no such alias
     */
    public CollectionName describeAlias(CollectionName alias) {
        SchemaRules.checkAlias(alias.name());
        Catalog names = newest();
        names.database(alias.database());
        return names.findAlias(alias)
                .flatMap(entry -> names.findById(entry.collectionId()))
                .orElseThrow(() -> AliasChanges.missing(alias))
                .name();
    }

    /**
     * The aliases of a collection, or of all of its database where its name is empty, in the order of their names.
     *
     * @throws NotFound if there is no such collection
     */
    public List<String> listAliases(CollectionName collection) {
        Catalog names = newest();
        names.database(collection.database());
        if (collection.name().isEmpty()) {
            return names.aliases().stream()
                    .map(entry -> entry.alias())
                    .filter(alias -> alias.database().equals(collection.database()))
                    .map(CollectionName::name)
                    .sorted()
                    .toList();
        }
        return names.find(collection)
                .map(entry -> names.aliasesOf(entry.collectionId()))
                .orElseThrow(() -> NotFound.collection(collection.database(), collection.name()));
    }

    /** The collections of a database, in the order of their names; nothing of them is read. */
    public CollectionNames listCollections(String database) {
        Catalog names = newest();
        names.database(database);
        return new CollectionNames(
                names.version(),
                names.of(database).stream()
                        .map(entry -> new CollectionNames.Named(entry.name(), entry.collectionId(), entry.shards()))
                        .toList());
    }

    private Catalog newest() {
        return parts.collections().newestCatalog();
    }

    private static DatabaseDescription describe(DatabaseEntry entry) {
        return new DatabaseDescription(entry.name(), entry.id(), entry.createdTimestamp(), entry.properties());
    }
}
