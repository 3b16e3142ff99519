package dev.elanus.catalog;

import dev.elanus.error.Conflict;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.Versioned;
import dev.elanus.schema.CollectionName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One version of the names. Immutable.
 *
 * @param collections the collection's id by its name, in the order of the names
 * @param dropped collections whose objects are still to be removed, oldest first
 * @param databases the default one first, then as they were created
 * @param aliases in no order
 */
public record Catalog(
        long version,
        String commitId,
        List<Entry> collections,
        List<Dropped> dropped,
        List<DatabaseEntry> databases,
        List<AliasEntry> aliases)
        implements Versioned<Catalog> {
    /** Milvus's limit of collections. */
    public static final int MAX_COLLECTIONS = 65_536;

    private static final Comparator<CollectionName> ORDER =
            Comparator.comparing(CollectionName::database).thenComparing(CollectionName::name);

    /** The order of {@link #collections}. */
    private static final Comparator<Entry> BY_NAME = Comparator.comparing(Entry::name, ORDER);

    /**
     * A name and what it stands for.
     *
     * @param shards as the client asked
     */
    public record Entry(CollectionName name, long collectionId, int shards) {
        /** The same under another name. */
        Entry named(CollectionName other) {
            return new Entry(other, collectionId, shards);
        }
    }

    /**
     * A collection without a name.
     *
     * @param droppedMillis milliseconds since 1970
     */
    public record Dropped(long collectionId, long droppedMillis) {}

    public Catalog {
        collections = collections.stream().sorted(BY_NAME).toList();
        dropped = List.copyOf(dropped);
        databases = List.copyOf(databases);
        aliases = List.copyOf(aliases);
    }

    /** No names but the default database's; version 0, which is never published. */
    public static Catalog empty() {
        return new Catalog(0, "", List.of(), List.of(), List.of(DatabaseEntry.DEFAULT), List.of());
    }

    @Override
    public Catalog after(long baseVersion, String newCommitId) {
        return new Catalog(baseVersion + 1, newCommitId, collections, dropped, databases, aliases);
    }

    /** The collection that has a name of its own. */
    public Optional<Entry> find(CollectionName name) {
        int at = place(collections, name);
        return at < 0 ? Optional.empty() : Optional.of(collections.get(at));
    }

    /** As {@link Collections#binarySearch}. */
    private static int place(List<Entry> sorted, CollectionName name) {
        return Collections.binarySearch(sorted, new Entry(name, 0, 0), BY_NAME);
    }

    /** The collection that a name stands for: its own, or an alias. */
    public Optional<Entry> resolve(CollectionName name) {
        return find(name).or(() -> findAlias(name).flatMap(alias -> findById(alias.collectionId())));
    }

    public Optional<Entry> findById(long collectionId) {
        return collections.stream()
                .filter(entry -> entry.collectionId() == collectionId)
                .findFirst();
    }

    public Optional<AliasEntry> findAlias(CollectionName alias) {
        return aliases.stream().filter(entry -> entry.alias().equals(alias)).findFirst();
    }

    /** The aliases of a collection, in the order of their names. */
    public List<String> aliasesOf(long collectionId) {
        return aliases.stream()
                .filter(entry -> entry.collectionId() == collectionId)
                .map(entry -> entry.alias().name())
                .sorted()
                .toList();
    }

    String nameOf(long collectionId) {
        return findById(collectionId).map(entry -> entry.name().name()).orElse("");
    }

    public Optional<DatabaseEntry> findDatabase(String name) {
        return databases.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** @throws NotFound if there is no such database */
    public DatabaseEntry database(String name) {
        return findDatabase(name)
                .orElseThrow(() -> new NotFound(NotFound.Kind.DATABASE, "database not found[database=" + name + "]"));
    }

    Catalog withDatabases(List<DatabaseEntry> changed) {
        return new Catalog(version, commitId, collections, dropped, changed, aliases);
    }

    Catalog withAliases(List<AliasEntry> changed) {
        return new Catalog(version, commitId, collections, dropped, databases, changed);
    }

    /** The collections of one database in the order of their names. */
    public List<Entry> of(String database) {
        return collections.stream()
                .filter(entry -> entry.name().database().equals(database))
                .toList();
    }

    /**
     * Gives a collection its name. Where the name is taken by a collection that was dropped in the meantime, {@code insteadOf} is its id.
     *
     * @param insteadOf the id that may be replaced, or 0
     */
    public static Change<Catalog> add(Entry added, long insteadOf, long nowMillis) {
        CollectionName name = added.name();
        return catalog -> {
            DatabaseEntry database = catalog.database(name.database());
            catalog.checkNoAlias(name);
            List<Entry> entries = new ArrayList<>(catalog.collections());
            int at = place(entries, name);
            if (at < 0) {
                checkRoom(catalog.of(database.name()).size(), DatabaseProperties.maxCollections(database));
                checkRoom(entries.size(), MAX_COLLECTIONS);
                entries.add(-at - 1, added);
                return catalog.withCollections(entries, catalog.dropped());
            }
            long there = entries.get(at).collectionId();
            if (there != insteadOf) {
                throw new Conflict("collection " + name.name() + " was created by another writer");
            }
            entries.set(at, added);
            return catalog.withCollections(entries, catalog.droppedAnd(there, nowMillis));
        };
    }

    /** @throws Invalid if a name is an alias, which no collection may be called by */
    public void checkNoAlias(CollectionName name) {
        if (findAlias(name).isPresent()) {
            throw new Invalid(
                    Invalid.Reason.ALIAS_IS_COLLECTION,
                    "collection name [" + name.name()
                            + "] conflicts with an existing alias, please choose a unique name");
        }
    }

    static void checkRoom(int count, int limit) {
        if (count >= limit) {
            throw new Invalid(
                    Invalid.Reason.TOO_MANY_COLLECTIONS,
                    "exceeded the limit number of collections[limit=" + limit + "]");
        }
    }

    /** Takes a collection's name away. If the name stands for another collection by now, nothing changes. */
    public static Change<Catalog> remove(CollectionName name, long collectionId, long nowMillis) {
        return catalog -> {
            List<Entry> entries = new ArrayList<>(catalog.collections());
            int at = place(entries, name);
            if (at < 0 || entries.get(at).collectionId() != collectionId) {
                return catalog;
            }
            entries.remove(at);
            return catalog.withCollections(entries, catalog.droppedAnd(collectionId, nowMillis));
        };
    }

    /** Forgets a dropped collection whose objects are removed. */
    public static Change<Catalog> forget(long collectionId) {
        return catalog -> new Catalog(
                catalog.version(),
                catalog.commitId(),
                catalog.collections(),
                catalog.dropped().stream()
                        .filter(gone -> gone.collectionId() != collectionId)
                        .toList(),
                catalog.databases(),
                catalog.aliases());
    }

    private List<Dropped> droppedAnd(long collectionId, long nowMillis) {
        List<Dropped> gone = new ArrayList<>(dropped);
        gone.add(new Dropped(collectionId, nowMillis));
        return gone;
    }

    /** Aliases go with their collections. */
    Catalog withCollections(List<Entry> entries, List<Dropped> gone) {
        List<AliasEntry> left = aliases;
        if (!aliases.isEmpty()) {
            Set<Long> ids = entries.stream().map(Entry::collectionId).collect(Collectors.toSet());
            left = aliases.stream()
                    .filter(alias -> ids.contains(alias.collectionId()))
                    .toList();
        }
        return new Catalog(version, commitId, entries, gone, databases, left);
    }
}
