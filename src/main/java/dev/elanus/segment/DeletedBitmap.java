package dev.elanus.segment;

import dev.elanus.column.RowSet;
import dev.elanus.error.Corrupt;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** The deleted rows of a segment as an object: a Roaring bitmap in its portable serialization, in a {@link SmallObject}. */
public final class DeletedBitmap {
    private DeletedBitmap() {}

    public static byte[] encode(RowSet deleted) {
        RoaringBitmap bitmap = RoaringBitmap.bitmapOf(deleted.toArray());
        bitmap.runOptimize();
        ByteBuffer payload = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(payload);
        return SmallObject.encode(SmallObject.Kind.DELETES, payload.array());
    }

    /**
     * The rows that an object names.
     *
     * @param name the object's key, for the error's text
     * @throws Corrupt if the bytes are not what was written, or name a row that the segment does not have
     */
    public static RowSet decode(String name, MemorySegment object, int rowCount) {
        byte[] payload = SmallObject.decode(SmallObject.Kind.DELETES, name, object);
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(ByteBuffer.wrap(payload));
        } catch (IOException malformed) {
            throw new Corrupt(name + ": expected a Roaring bitmap", malformed);
        }
        if (!bitmap.isEmpty() && bitmap.last() >= rowCount) {
            throw new Corrupt(name + ": expected rows below " + rowCount + ", found " + bitmap.last());
        }
        RowSet deleted = RowSet.none(rowCount);
        bitmap.forEach((int row) -> deleted.add(row));
        return deleted;
    }
}
