package dev.elanus.storage;

/**
 * An object of a segment, as a manifest names it.
 *
 * @param length bytes of the whole object
 * @param tailOffset where its tail starts: directory, block checksums and footer
 */
public record ObjectRef(String key, long length, long tailOffset) {
    public ObjectRef {
        if (tailOffset < 0 || tailOffset >= length) {
            throw new IllegalArgumentException(
                    "object " + key + ": expected a tail within " + length + " bytes, found it at " + tailOffset);
        }
    }
}
