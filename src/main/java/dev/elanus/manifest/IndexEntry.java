package dev.elanus.manifest;

import dev.elanus.index.IndexExtent;
import dev.elanus.storage.ObjectRef;

/**
 * An index of one segment, built and published.
 *
 * @param indexId the {@link IndexDefinition#id} that it was built for
 * @param object the index object
 * @param extent where head and bulk lie within it
 * @param recall recall@10 with default search parameters, measured on sampled rows when it was built
 * @param builtOn the device, for example {@code cpu}
 */
public record IndexEntry(long indexId, ObjectRef object, IndexExtent extent, double recall, String builtOn) {}
