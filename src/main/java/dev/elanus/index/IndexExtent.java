package dev.elanus.index;

import dev.elanus.column.ByteRange;

/**
 * Where an index lies within its object: from the object's first byte on, the bulk first and the head, which every
 * search needs, at the end, so that one read of the object's tail brings the head together with the checksums behind
 * it.
 *
 * @param headOffset first byte of the head
 * @param length bytes of bulk and head
 */
public record IndexExtent(long headOffset, long length) {
    /** The bytes that the first stage of every search needs. */
    public ByteRange head() {
        return new ByteRange(headOffset, length - headOffset);
    }
}
