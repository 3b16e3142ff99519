package dev.elanus.segment;

import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import java.lang.foreign.MemorySegment;

/**
 * The last 44 bytes of every object of a segment; integers are little-endian.
 * <pre>
 * offset size field
 *      0    8 bodyLength       bytes of the body without its padding
 *      8    8 tailOffset       bytes of the body with its padding, a multiple of 64: where the tail starts
 *     16    4 directoryLength  bytes
 *     20    4 blockCount       checksums behind the directory, one for each 65,536 bytes of the padded body
 *     24    4 kind             {@link ObjectKind#code()}
 *     28    4 version          1
 *     32    4 tailChecksum     CRC-32C of directory and block checksums
 *     36    4 footerChecksum   CRC-32C of offsets 0 to 35
 *     40    4 magic            "ELAN"
 * </pre>
 * The footer has a checksum of its own, so that a reader who has only these bytes may believe them when they say how much more to read.
 */
record ObjectFooter(
        long bodyLength, long tailOffset, int directoryLength, int blockCount, ObjectKind kind, int tailChecksum) {
    static final int BYTES = 44;
    static final int VERSION = 1;
    private static final int MAGIC = 0x4e414c45;

    /** Bytes from the start of the tail to the end of the object. */
    long tailLength() {
        return directoryLength + (long) blockCount * Integer.BYTES + BYTES;
    }

    MemorySegment encode() {
        MemorySegment bytes = Column.allocate(BYTES);
        bytes.set(LONG_LE, 0, bodyLength);
        bytes.set(LONG_LE, 8, tailOffset);
        bytes.set(INT_LE, 16, directoryLength);
        bytes.set(INT_LE, 20, blockCount);
        bytes.set(INT_LE, 24, kind.code());
        bytes.set(INT_LE, 28, VERSION);
        bytes.set(INT_LE, 32, tailChecksum);
        bytes.set(INT_LE, 36, Checksum.of(bytes.asSlice(0, 36)));
        bytes.set(INT_LE, 40, MAGIC);
        return bytes;
    }

    /**
     * @param bytes exactly {@link #BYTES}
     * @throws Corrupt if magic or checksum are wrong or the lengths do not make up {@code objectLength}
     * @throws Unsupported if the version is a later one
     */
    static ObjectFooter decode(MemorySegment bytes, long objectLength) {
        expect("magic", MAGIC, bytes.get(INT_LE, 40));
        expect("footer checksum", Checksum.of(bytes.asSlice(0, 36)), bytes.get(INT_LE, 36));
        int version = bytes.get(INT_LE, 28);
        if (version != VERSION) {
            throw Unsupported.version("object footer", version, VERSION);
        }
        ObjectFooter footer = new ObjectFooter(
                bytes.get(LONG_LE, 0),
                bytes.get(LONG_LE, 8),
                bytes.get(INT_LE, 16),
                bytes.get(INT_LE, 20),
                ObjectKind.of(bytes.get(INT_LE, 24)),
                bytes.get(INT_LE, 32));
        if (footer.tailOffset + footer.tailLength() != objectLength) {
            throw new Corrupt("object footer: expected an object of " + (footer.tailOffset + footer.tailLength())
                    + " bytes, found " + objectLength);
        }
        if (footer.blockCount != BlockChecksums.countFor(footer.tailOffset)
                || footer.tailOffset != ObjectWriter.padded(footer.bodyLength)) {
            throw new Corrupt("object footer: body of " + footer.bodyLength + " bytes does not fit a tail at "
                    + footer.tailOffset + " with " + footer.blockCount + " block checksums");
        }
        return footer;
    }

    static void expect(String what, int expected, int found) {
        if (expected != found) {
            throw new Corrupt("object footer: expected %s 0x%08x, found 0x%08x".formatted(what, expected, found));
        }
    }
}
