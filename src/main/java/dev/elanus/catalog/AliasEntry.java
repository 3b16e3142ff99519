package dev.elanus.catalog;

import dev.elanus.schema.CollectionName;

/** Another name of a collection, in the collection's own database. */
public record AliasEntry(CollectionName alias, long collectionId) {}
