package dev.elanus.column;

import dev.elanus.schema.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows of Array columns as {@link ArrayReader} reads them. */
public final class ArrayRow {
    private ArrayRow() {}

    /** Elements of Bool or an integer type; the caller has checked their range. */
    public static byte[] ofLongs(DataType element, long[] values) {
        ByteBuffer row = allocate(element, values.length);
        for (long value : values) {
            switch (element.width()) {
                case 1 -> row.put((byte) value);
                case 2 -> row.putShort((short) value);
                case 4 -> row.putInt((int) value);
                default -> row.putLong(value);
            }
        }
        return row.array();
    }

    /** Elements of Float or Double. */
    public static byte[] ofDoubles(DataType element, double[] values) {
        ByteBuffer row = allocate(element, values.length);
        for (double value : values) {
            if (element == DataType.FLOAT) {
                row.putFloat((float) value);
            } else {
                row.putDouble(value);
            }
        }
        return row.array();
    }

    /** VarChar elements. */
    public static byte[] ofTexts(List<String> values) {
        return ofTexts(values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** VarChar elements as UTF-8. */
    public static byte[] ofTexts(byte[][] values) {
        int length = 0;
        for (byte[] value : values) {
            length += value.length;
        }
        ByteBuffer row = ByteBuffer.allocate((values.length + 1) * Integer.BYTES + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(values.length);
        int end = 0;
        for (byte[] value : values) {
            end += value.length;
            row.putInt(end);
        }
        for (byte[] value : values) {
            row.put(value);
        }
        return row.array();
    }

    private static ByteBuffer allocate(DataType element, int count) {
        return ByteBuffer.allocate(count * element.width()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
