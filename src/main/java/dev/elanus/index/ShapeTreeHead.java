package dev.elanus.index;

import static dev.elanus.column.Column.DOUBLE_LE;
import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import java.lang.foreign.MemorySegment;
import org.locationtech.jts.geom.Envelope;

/**
 * The head of an index over shapes, version 1, over mapped memory: a packed R-tree (Kamel and Faloutsos 1993, "On packing R-trees"). Integers and
 * floats are little-endian.
 * <pre>
 * offset size field
 *      0    4 magic          "ERTR"
 *      4    4 version        1
 *      8    4 rowCount
 *     12    4 shapes         number of rows that have a shape with a box
 *     16    8 rowsOffset     int32 a shape: its row. Neighbours on a Hilbert curve are neighbours here
 *     24    8 boxesOffset    level by level from the shapes to the root, a box each: float64 min x, min y, max x, max y. Box i of a level
 *                            encloses boxes 16 i to 16 i + 15 of the one before; the root stands alone
 *     32   32 zero
 * </pre>
 * Offsets count from the head's first byte.
 */
record ShapeTreeHead(MemorySegment bytes, int rowCount, int shapes, long rowsAt, long boxesAt) {
    static final int MAGIC = 0x52545245;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    /** Boxes that the box above them encloses. */
    static final int FAN_OUT = 16;

    static final int BOX_BYTES = 32;

    /** @throws Corrupt if the bytes are not those of an index over shapes */
    static ShapeTreeHead read(ByteRange range, MemorySegment object) {
        String what = "index over shapes";
        Heads.expectRange(what + ": length of the head", range.length(), HEADER_BYTES, Long.MAX_VALUE);
        MemorySegment bytes = object.asSlice(range.offset(), range.length());
        Heads.expectRange(what + ": magic", bytes.get(INT_LE, 0), MAGIC, MAGIC);
        int version = bytes.get(INT_LE, 4);
        if (version > VERSION) {
            throw Unsupported.version(what, version, VERSION);
        }
        Heads.expectRange(what + ": version", version, VERSION, VERSION);
        int rowCount = bytes.get(INT_LE, 8);
        int shapes = bytes.get(INT_LE, 12);
        Heads.expectRange(what + ": rows", rowCount, 0, Integer.MAX_VALUE);
        Heads.expectRange(what + ": shapes", shapes, 0, rowCount);
        long rows = bytes.get(LONG_LE, 16);
        long boxes = bytes.get(LONG_LE, 24);
        Heads.expectRange(what + ": rows of shapes", rows, HEADER_BYTES, range.length() - 4L * shapes);
        Heads.expectRange(what + ": boxes", boxes, HEADER_BYTES, range.length() - BOX_BYTES * boxCount(shapes));
        return new ShapeTreeHead(bytes, rowCount, shapes, rows, boxes);
    }

    /** Boxes on the level above one of so many. */
    static int above(int boxes) {
        return (boxes + FAN_OUT - 1) / FAN_OUT;
    }

    /** Boxes on all levels over so many shapes. */
    static long boxCount(int shapes) {
        long count = shapes;
        for (int level = shapes; level > 1; ) {
            level = above(level);
            count += level;
        }
        return count;
    }

    /** @param place among all boxes */
    Envelope box(long place) {
        long at = boxesAt + BOX_BYTES * place;
        return new Envelope(
                bytes.get(DOUBLE_LE, at),
                bytes.get(DOUBLE_LE, at + 16),
                bytes.get(DOUBLE_LE, at + 8),
                bytes.get(DOUBLE_LE, at + 24));
    }

    int row(int shape) {
        return bytes.get(INT_LE, rowsAt + 4L * shape);
    }
}
