package dev.elanus.engine;

import dev.elanus.schema.CollectionName;

/**
 * A collection as far as its name tells.
 *
 * @param id a hybrid timestamp as well: when it was created
 * @param shards as the client asked
 */
public record NamedCollection(CollectionName name, long id, int shards) {}
