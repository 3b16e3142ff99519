package dev.elanus.manifest;

import dev.elanus.index.IndexSpec;

/**
 * An index that was asked for. Segments get theirs built in time.
 *
 * @param id unique within the collection
 */
public record IndexDefinition(long id, String name, int fieldId, IndexSpec spec) {}
