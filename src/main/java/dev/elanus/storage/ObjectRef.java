package dev.elanus.storage;

/**
 * An immutable object with a checked tail.
 *
 * @param length bytes in all
 * @param tailOffset first byte of the tail, where directory and block checksums are
 */
public record ObjectRef(String key, long length, long tailOffset) {}
