package dev.elanus.manifest;

/**
 * Another collection that names objects of this one.
 *
 * @param cloneId the other collection
 * @param key of the object that holds a copy of the manifest from which it was made: nothing of this collection that the copy names is garbage
 */
public record CloneEntry(long cloneId, String key) {}
