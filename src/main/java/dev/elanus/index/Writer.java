package dev.elanus.index;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;
import static dev.elanus.column.Column.LONG_LE;
import static dev.elanus.column.Column.SHORT_LE;

import dev.elanus.column.Column;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Gathers small values before they are written. Little-endian. Not safe for use from many threads. */
final class Writer {
    private static final int CAPACITY = 1 << 18;

    private final IndexOutput out;
    private final MemorySegment buffer = Column.allocate(CAPACITY);
    private int used;

    Writer(IndexOutput out) {
        this.out = out;
    }

    long position() {
        return out.position() + used;
    }

    void putInt(int value) {
        buffer.set(INT_LE, room(Integer.BYTES), value);
    }

    /** @param value its lowest 8 bits */
    void putByte(int value) {
        buffer.set(ValueLayout.JAVA_BYTE, room(Byte.BYTES), (byte) value);
    }

    /** @param value its lowest 16 bits */
    void putShort(int value) {
        buffer.set(SHORT_LE, room(Short.BYTES), (short) value);
    }

    void putFloat(float value) {
        buffer.set(FLOAT_LE, room(Float.BYTES), value);
    }

    void putLong(long value) {
        buffer.set(LONG_LE, room(Long.BYTES), value);
    }

    void put(float[] values) {
        for (int from = 0; from < values.length; from += CAPACITY / Float.BYTES) {
            int count = Math.min(values.length - from, CAPACITY / Float.BYTES);
            MemorySegment.copy(values, from, buffer, FLOAT_LE, room(count * Float.BYTES), count);
        }
    }

    void put(MemorySegment bytes) {
        if (bytes.byteSize() >= CAPACITY) {
            flush();
            out.write(bytes);
        } else {
            int length = (int) bytes.byteSize();
            MemorySegment.copy(bytes, 0, buffer, room(length), length);
        }
    }

    void align(int alignment) {
        flush();
        out.align(alignment);
    }

    void flush() {
        out.write(buffer.asSlice(0, used));
        used = 0;
    }

    /** @return where the next {@code length} bytes go */
    private long room(int length) {
        if (used + length > CAPACITY) {
            flush();
        }
        used += length;
        return used - length;
    }
}
