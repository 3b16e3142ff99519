package dev.elanus.catalog;

import dev.elanus.error.Conflict;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.manifest.Change;
import dev.elanus.schema.CollectionName;
import java.util.ArrayList;
import java.util.List;

/** Gives a collection another name instead of the one that it has. */
public final class RenameChange {
    private RenameChange() {}

    /** The change throws if one name is missing, the other taken, or either an alias. */
    public static Change<Catalog> of(CollectionName from, CollectionName to) {
        return catalog -> {
            check(catalog, from, to);
            Catalog.Entry entry = found(catalog, from);
            if (!from.database().equals(to.database())) {
                if (!catalog.aliasesOf(entry.collectionId()).isEmpty()) {
                    throw new Invalid("fail to rename db name, must drop all aliases of this collection before rename");
                }
                Catalog.checkRoom(
                        catalog.of(to.database()).size(),
                        DatabaseProperties.maxCollections(catalog.database(to.database())));
            }
            if (catalog.find(to).isPresent()) {
                throw new Conflict("collection " + to.name() + " was created by another writer");
            }
            List<Catalog.Entry> entries = new ArrayList<>(catalog.collections());
            entries.remove(entry);
            entries.add(entry.named(to));
            return catalog.withCollections(entries, catalog.dropped());
        };
    }

    /** The rules that do not depend on whether the collection of the new name is alive. */
    public static void check(Catalog catalog, CollectionName from, CollectionName to) {
        if (from.equals(to)) {
            throw new Invalid("collection name or database name should be different");
        }
        catalog.database(from.database());
        catalog.database(to.database());
        if (catalog.findAlias(from).isPresent()) {
            throw new Invalid("unsupported use an alias to rename collection, alias:" + from.name());
        }
        found(catalog, from);
        if (catalog.findAlias(to).isPresent()) {
            throw taken(to);
        }
    }

    /** Another living collection, or an alias, has the name. */
    public static Invalid taken(CollectionName name) {
        return new Invalid("duplicated new collection name " + name.database() + ":" + name.name()
                + " with other collection name or alias");
    }

    private static Catalog.Entry found(Catalog catalog, CollectionName name) {
        return catalog.find(name).orElseThrow(() -> NotFound.collection(name.database(), name.name()));
    }
}
