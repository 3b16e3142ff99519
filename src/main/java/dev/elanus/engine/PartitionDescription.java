package dev.elanus.engine;

/**
 * A partition as it stands.
 *
 * @param id different from those of other partitions
 * @param createdTimestamp hybrid: milliseconds since 1970 shifted left by 18
 * @param loaded whether it may be read
 */
public record PartitionDescription(long id, String name, long createdTimestamp, boolean loaded) {}
