package dev.elanus.catalog;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.manifest.Change;
import dev.elanus.schema.CollectionName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes of the other names that collections have. */
public final class AliasChanges {
    private AliasChanges() {}

    /** Gives a collection another name. The same one again changes nothing; the change throws if the name is taken. */
    public static Change<Catalog> create(CollectionName alias, String collection) {
        return catalog -> {
            checkIsNoCollection(catalog, alias);
            long id = find(catalog, alias, collection)
                    .orElseThrow(() -> NotFound.collection(alias.database(), collection));
            Optional<AliasEntry> there = catalog.findAlias(alias);
            if (there.isEmpty()) {
                return with(catalog, alias, id);
            }
            if (there.get().collectionId() != id) {
                String other = catalog.nameOf(there.get().collectionId());
                throw new Invalid(
                        Invalid.Reason.ALIAS_EXISTS,
                        alias.name() + " is alias to another collection: " + other + ": alias already exist"
                                + brackets(alias));
            }
            return catalog;
        };
    }

    /** Lets an alias stand for another collection; the change throws {@link NotFound} if either is missing. */
    public static Change<Catalog> alter(CollectionName alias, String collection) {
        return catalog -> {
            checkIsNoCollection(catalog, alias);
            // Without the database: Milvus's words here.
            long id = find(catalog, alias, collection)
                    .orElseThrow(() -> new NotFound(
                            NotFound.Kind.COLLECTION, "collection not found[collection=" + collection + "]"));
            if (catalog.findAlias(alias).isEmpty()) {
                throw missing(alias);
            }
            return with(catalog, alias, id);
        };
    }

    /** Takes an alias away; a missing one is no error. */
    public static Change<Catalog> drop(CollectionName alias) {
        return catalog -> {
            catalog.database(alias.database());
            return catalog.withAliases(without(catalog, alias).toList());
        };
    }

    /** There is no such alias, in Milvus's words. */
    public static NotFound missing(CollectionName alias) {
        return new NotFound(NotFound.Kind.ALIAS, "alias not found" + brackets(alias));
    }

    private static void checkIsNoCollection(Catalog catalog, CollectionName alias) {
        catalog.database(alias.database());
        if (catalog.find(alias).isPresent()) {
            throw new Invalid(
                    Invalid.Reason.ALIAS_IS_COLLECTION, "alias and collection name conflict" + brackets(alias));
        }
    }

    private static Optional<Long> find(Catalog catalog, CollectionName alias, String collection) {
        return catalog.find(new CollectionName(alias.database(), collection)).map(Catalog.Entry::collectionId);
    }

    private static Catalog with(Catalog catalog, CollectionName alias, long id) {
        List<AliasEntry> aliases = Stream.concat(without(catalog, alias), Stream.of(new AliasEntry(alias, id)))
                .toList();
        return catalog.withAliases(aliases);
    }

    private static Stream<AliasEntry> without(Catalog catalog, CollectionName alias) {
        return catalog.aliases().stream().filter(entry -> !entry.alias().equals(alias));
    }

    private static String brackets(CollectionName alias) {
        return "[database=" + alias.database() + "][alias=" + alias.name() + "]";
    }
}
