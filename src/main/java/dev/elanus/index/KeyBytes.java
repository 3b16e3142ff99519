package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Primary keys as an index stores them: of Int64 {@code 8 · count} bytes; of VarChar {@code count + 1} int64 offsets,
 * counted from the first byte of text, and then the text. Little-endian.
 */
final class KeyBytes {
    private KeyBytes() {}

    /** Bytes that the keys of these rows take. */
    static long size(Column keys, int[] rows, int from, int end) {
        return switch (keys) {
            case FixedColumn _ -> (end - from) * 8L;
            case BytesColumn texts -> {
                long size = (end - from + 1) * 8L;
                for (int i = from; i < end; i++) {
                    size += texts.lengthAt(rows[i]);
                }
                yield size;
            }
            case VectorColumn _ -> throw new IllegalStateException("vectors are no keys");
        };
    }

    /** Writes the keys of rows {@code rows[from]} to before {@code rows[end]}. */
    static void write(Column keys, int[] rows, int from, int end, Writer out) {
        switch (keys) {
            case FixedColumn numbers -> {
                for (int i = from; i < end; i++) {
                    out.putLong(numbers.longAt(rows[i]));
                }
            }
            case BytesColumn texts -> {
                long offset = 0;
                out.putLong(offset);
                for (int i = from; i < end; i++) {
                    offset += texts.lengthAt(rows[i]);
                    out.putLong(offset);
                }
                for (int i = from; i < end; i++) {
                    out.put(texts.viewAt(rows[i]));
                }
            }
            case VectorColumn _ -> throw new IllegalStateException("vectors are no keys");
        }
    }

    /**
     * Keys from several columns of one type.
     *
     * @param sources the column of each key
     * @param rows the row of each key in its column
     */
    static Column gather(DataType type, Column[] sources, int[] rows) {
        if (type == DataType.INT64) {
            long[] numbers = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                numbers[i] = ((FixedColumn) sources[i]).longAt(rows[i]);
            }
            return FixedColumn.ofLongs(numbers);
        }
        byte[][] texts = new byte[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            texts[i] = ((BytesColumn) sources[i]).bytesAt(rows[i]);
        }
        return BytesColumn.of(type, texts, Validity.all());
    }

    /** The keys that were written, as a view. */
    static Column view(DataType type, int count, MemorySegment bytes) {
        if (type == DataType.INT64) {
            return new FixedColumn(type, count, bytes.asSlice(0, count * 8L), Validity.all());
        }
        long text = (count + 1) * 8L;
        return new BytesColumn(type, count, bytes.asSlice(0, text), bytes.asSlice(text), Validity.all());
    }
}
