package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The last stage of searches that know their hits before their keys. Of texts it brings first their places, then themselves.
 *
 * @param keysAt offset in the object of the keys of all rows, see {@link KeyBytes}
 * @param scanned rows that were compared
 */
record HitKeys(DataType keyType, int rowCount, long keysAt, int[] rows, float[] scores, long scanned)
        implements Step.Stage {
    @Override
    public List<ByteRange> needs() {
        int bytes = keyType == DataType.INT64 ? 8 : 16;
        List<ByteRange> needs = new ArrayList<>();
        for (int row : rows) {
            needs.add(new ByteRange(keysAt + 8L * row, bytes));
        }
        return needs;
    }

    @Override
    public Step run(MemorySegment present) {
        return keyType == DataType.INT64 ? done(present) : new Texts(this, present);
    }

    private Step done(MemorySegment present) {
        long length = keyType == DataType.INT64
                ? 8L * rowCount
                : 8L * (rowCount + 1L) + present.get(LONG_LE, keysAt + 8L * rowCount);
        Column keys = KeyBytes.view(keyType, rowCount, present.asSlice(keysAt, length));
        return new Step.Done(new Hits(rows, scores, keys.select(rows), scanned));
    }

    private record Texts(HitKeys keys, MemorySegment places) implements Step.Stage {
        @Override
        public List<ByteRange> needs() {
            long texts = keys.keysAt + 8L * (keys.rowCount + 1L);
            List<ByteRange> needs = new ArrayList<>();
            // The last offset tells where all of them end.
            needs.add(new ByteRange(keys.keysAt + 8L * keys.rowCount, 8));
            for (int row : keys.rows) {
                long start = places.get(LONG_LE, keys.keysAt + 8L * row);
                long end = places.get(LONG_LE, keys.keysAt + 8L * (row + 1L));
                needs.add(new ByteRange(keys.keysAt + 8L * row, 16));
                needs.add(new ByteRange(texts + start, end - start));
            }
            return needs;
        }

        @Override
        public Step run(MemorySegment present) {
            return keys.done(present);
        }
    }
}
