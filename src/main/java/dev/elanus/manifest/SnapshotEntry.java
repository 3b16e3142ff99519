package dev.elanus.manifest;

/**
 * A version of a collection that somebody wants to keep.
 *
 * @param name unique within the collection
 * @param key of the object that holds a copy of the version's manifest
 * @param createdTimestamp hybrid: milliseconds since 1970 shifted left by 18
 * @param rowCount living rows
 */
public record SnapshotEntry(String name, String description, String key, long createdTimestamp, long rowCount) {}
