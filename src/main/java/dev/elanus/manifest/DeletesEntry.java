package dev.elanus.manifest;

/**
 * The deleted rows of a segment.
 *
 * @param key of the object that holds their bitmap
 * @param count of deleted rows
 */
public record DeletesEntry(String key, long count) {}
