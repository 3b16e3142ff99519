package dev.elanus.segment;

import dev.elanus.error.Corrupt;
import java.lang.foreign.MemorySegment;

/**
 * What stands behind the body of every object of a segment: a directory whose bytes belong to whoever wrote the body, the checksums of
 * the body's blocks, and {@link ObjectFooter}. Bytes are specified in {@code src/docs/format.md}.
 *
 * @param directory opaque here, a view of the memory that was decoded
 * @param bodyLength bytes of the body without its padding
 * @param tailOffset where the tail starts: the body's length padded to 64 bytes
 */
public record ObjectTail(
        ObjectKind kind,
        int version,
        MemorySegment directory,
        long bodyLength,
        long tailOffset,
        BlockChecksums checksums) {
    /** The least that must be read from an object's end before {@link #bytesNeeded} can answer. */
    public static final int MINIMUM_BYTES = ObjectFooter.BYTES;

    /**
     * Where an object ends and its tail starts, as a manifest records it.
     *
     * @param length bytes of the whole object
     */
    public record Extent(long length, long tailOffset) {}

    /**
     * How many bytes at the object's end {@link #decode} needs, which may be more than were read blindly.
     *
     * @param end the last bytes of the object, at least {@link #MINIMUM_BYTES}
     * @throws Corrupt if the footer is not what was written
     */
    public static long bytesNeeded(MemorySegment end, long objectLength) {
        return footerOf(end, objectLength).tailLength();
    }

    /**
     * Decodes a tail and checks every byte of it.
     *
     * @param tail the last bytes of the object, at least {@link #bytesNeeded} of them
     * @throws Corrupt if any byte of the tail is not what was written, or too few bytes were given
     */
    public static ObjectTail decode(MemorySegment tail, long objectLength) {
        ObjectFooter footer = footerOf(tail, objectLength);
        if (tail.byteSize() < footer.tailLength()) {
            throw new Corrupt("object tail: expected " + footer.tailLength() + " bytes, found " + tail.byteSize());
        }
        MemorySegment whole = tail.asSlice(tail.byteSize() - footer.tailLength());
        MemorySegment summed = whole.asSlice(0, whole.byteSize() - ObjectFooter.BYTES);
        ObjectFooter.expect("tail checksum", footer.tailChecksum(), Checksum.of(summed));
        return new ObjectTail(
                footer.kind(),
                ObjectFooter.VERSION,
                summed.asSlice(0, footer.directoryLength()),
                footer.bodyLength(),
                footer.tailOffset(),
                new BlockChecksums(summed.asSlice(footer.directoryLength()), footer.tailOffset()));
    }

    private static ObjectFooter footerOf(MemorySegment end, long objectLength) {
        if (end.byteSize() < ObjectFooter.BYTES) {
            throw new Corrupt("object footer: expected " + ObjectFooter.BYTES + " bytes, found " + end.byteSize());
        }
        return ObjectFooter.decode(end.asSlice(end.byteSize() - ObjectFooter.BYTES), objectLength);
    }
}
