package dev.elanus.segment;

import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An object that is read whole and checked whole; integers are little-endian.
 * <pre>
 * offset size field
 *      0    4 magic            which kind of object, see {@link Kind}
 *      4    4 version          of the kind
 *      8    8 payloadLength    bytes
 *     16    4 payloadChecksum  CRC-32C of the payload
 *     20    4 headerChecksum   CRC-32C of offsets 0 to 19
 *     24    … payload
 * </pre>
 */
public final class SmallObject {
    private static final int HEADER_BYTES = 24;

    /** What the payload is. */
    public enum Kind {
        /** A manifest, JSON. */
        MANIFEST("EMAN", 1, 2),
        /** A catalog, JSON. */
        CATALOG("ECAT", 3, 3),
        /** The deleted rows of a segment, a Roaring bitmap. */
        DELETES("EDEL", 1, 1);

        private final int magic;
        private final int oldest;
        private final int version;

        /** @param oldest the first version that is still read */
        Kind(String letters, int oldest, int version) {
            this.oldest = oldest;
            this.version = version;
            int packed = 0;
            for (int i = 0; i < letters.length(); i++) {
                packed |= letters.charAt(i) << (8 * i);
            }
            magic = packed;
        }
    }

    private SmallObject() {}

    public static byte[] encode(Kind kind, byte[] payload) {
        byte[] bytes = new byte[HEADER_BYTES + payload.length];
        MemorySegment object = MemorySegment.ofArray(bytes);
        object.set(Column.INT_LE, 0, kind.magic);
        object.set(Column.INT_LE, 4, kind.version);
        object.set(Column.LONG_LE, 8, payload.length);
        MemorySegment.copy(payload, 0, object, ValueLayout.JAVA_BYTE, HEADER_BYTES, payload.length);
        object.set(Column.INT_LE, 16, Checksum.of(object.asSlice(HEADER_BYTES)));
        object.set(Column.INT_LE, 20, Checksum.of(object.asSlice(0, 20)));
        return bytes;
    }

    /**
     * The payload of an object.
     *
     * @param name the object's key, for the error's text
     * @throws Corrupt if any bit is not as it was written
     * @throws Unsupported if the version is none that this decoder knows
     */
    public static byte[] decode(Kind kind, String name, MemorySegment object) {
        if (object.byteSize() < HEADER_BYTES) {
            throw new Corrupt(name + ": expected " + HEADER_BYTES + " bytes or more, found " + object.byteSize());
        }
        expect(name, "magic", kind.magic, object.get(Column.INT_LE, 0));
        expect(name, "header checksum", Checksum.of(object.asSlice(0, 20)), object.get(Column.INT_LE, 20));
        int version = object.get(Column.INT_LE, 4);
        if (version < kind.oldest || version > kind.version) {
            throw Unsupported.version(name, version, kind.version);
        }
        long length = object.get(Column.LONG_LE, 8);
        if (length != object.byteSize() - HEADER_BYTES) {
            throw new Corrupt(
                    name + ": expected a payload of " + length + " bytes, found " + (object.byteSize() - HEADER_BYTES));
        }
        expect(name, "payload checksum", Checksum.of(object.asSlice(HEADER_BYTES)), object.get(Column.INT_LE, 16));
        return object.asSlice(HEADER_BYTES).toArray(ValueLayout.JAVA_BYTE);
    }

    private static void expect(String name, String what, int expected, int found) {
        if (expected != found) {
            throw new Corrupt("%s: expected %s 0x%08x, found 0x%08x".formatted(name, what, expected, found));
        }
    }
}
