package dev.elanus.catalog;

import dev.elanus.error.Conflict;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.manifest.Change;
import dev.elanus.manifest.Versioned;
import dev.elanus.schema.CollectionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of the names. Immutable.
 *
 * @param collections the collection's id by its name, in the order of the names
 * @param dropped collections whose objects are still to be removed, oldest first
 */
public record Catalog(long version, String commitId, List<Entry> collections, List<Dropped> dropped)
        implements Versioned<Catalog> {
    /** Milvus's limit of collections. */
    public static final int MAX_COLLECTIONS = 65_536;

    /** A name and what it stands for. */
    public record Entry(CollectionName name, long collectionId) {}

    /**
     * A collection without a name.
     *
     * @param droppedMillis milliseconds since 1970
     */
    public record Dropped(long collectionId, long droppedMillis) {}

    public Catalog {
        collections = List.copyOf(collections);
        dropped = List.copyOf(dropped);
    }

    /** No names; version 0, which is never published. */
    public static Catalog empty() {
        return new Catalog(0, "", List.of(), List.of());
    }

    @Override
    public Catalog after(long baseVersion, String newCommitId) {
        return new Catalog(baseVersion + 1, newCommitId, collections, dropped);
    }

    public Optional<Entry> find(CollectionName name) {
        return collections.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The collections of one database in the order of their names. */
    public List<Entry> of(String database) {
        return collections.stream()
                .filter(entry -> entry.name().database().equals(database))
                .toList();
    }

    /** @throws NotFound if there is no such database */
    public static void checkDatabase(String database) {
        if (!database.equals(CollectionName.DEFAULT_DATABASE)) {
            throw new NotFound(NotFound.Kind.DATABASE, "database not found[database=" + database + "]");
        }
    }

    /**
     * Gives a collection its name. Where the name is taken by a collection that was dropped in the meantime, {@code insteadOf} is its id.
     *
     * @param insteadOf the id that may be replaced, or 0
     */
    public static Change<Catalog> add(CollectionName name, long collectionId, long insteadOf, long nowMillis) {
        return catalog -> {
            checkDatabase(name.database());
            Map<String, Entry> entries = catalog.byName();
            Entry there = entries.get(name.name());
            if (there != null && there.collectionId() != insteadOf) {
                throw new Conflict("collection " + name.name() + " was created by another writer");
            }
            if (entries.size() >= MAX_COLLECTIONS) {
                throw new Invalid(
                        Invalid.Reason.TOO_MANY_COLLECTIONS,
                        "exceeded the limit number of collections[limit=" + MAX_COLLECTIONS + "]");
            }
            entries.put(name.name(), new Entry(name, collectionId));
            List<Dropped> gone = new ArrayList<>(catalog.dropped());
            if (there != null) {
                gone.add(new Dropped(there.collectionId(), nowMillis));
            }
            return new Catalog(catalog.version(), catalog.commitId(), List.copyOf(entries.values()), gone);
        };
    }

    /** Takes a collection's name away. If the name stands for another collection by now, nothing changes. */
    public static Change<Catalog> remove(CollectionName name, long collectionId, long nowMillis) {
        return catalog -> {
            Map<String, Entry> entries = catalog.byName();
            Entry there = entries.get(name.name());
            if (there == null || there.collectionId() != collectionId) {
                return catalog;
            }
            entries.remove(name.name());
            List<Dropped> gone = new ArrayList<>(catalog.dropped());
            gone.add(new Dropped(collectionId, nowMillis));
            return new Catalog(catalog.version(), catalog.commitId(), List.copyOf(entries.values()), gone);
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
                        .toList());
    }

    private Map<String, Entry> byName() {
        Map<String, Entry> entries = new TreeMap<>();
        collections.forEach(entry -> entries.put(entry.name().name(), entry));
        return entries;
    }
}
