package dev.elanus.column;

import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Components of vectors as float32, whatever their type. Bits of binary vectors are 0 and 1, the highest of a byte first. */
public final class VectorElements {
    private VectorElements() {}

    /** Reads {@code into.length} components of the vector at {@code offset}. */
    public static void read(DataType type, MemorySegment values, long offset, float[] into) {
        switch (type) {
            case FLOAT_VECTOR -> MemorySegment.copy(values, Column.FLOAT_LE, offset, into, 0, into.length);
            case FLOAT16_VECTOR -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = Float.float16ToFloat(values.get(Column.SHORT_LE, offset + 2L * i));
                }
            }
            case BFLOAT16_VECTOR -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = bfloat16ToFloat(values.get(Column.SHORT_LE, offset + 2L * i));
                }
            }
            case INT8_VECTOR -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = values.get(ValueLayout.JAVA_BYTE, offset + i);
                }
            }
            case BINARY_VECTOR -> {
                for (int i = 0; i < into.length; i++) {
                    into[i] = values.get(ValueLayout.JAVA_BYTE, offset + (i >>> 3)) >>> (7 - (i & 7)) & 1;
                }
            }
            case BOOL,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    FLOAT,
                    DOUBLE,
                    VARCHAR,
                    ARRAY,
                    JSON,
                    GEOMETRY,
                    TIMESTAMPTZ,
                    SPARSE_FLOAT_VECTOR -> throw new IllegalStateException("no dense vector: " + type);
        }
    }

    /** Writes numbers as a vector of float32, float16 or bfloat16, rounded to the nearest, half to even. */
    public static void write(DataType type, float[] from, MemorySegment values, long offset) {
        switch (type) {
            case FLOAT_VECTOR -> MemorySegment.copy(from, 0, values, Column.FLOAT_LE, offset, from.length);
            case FLOAT16_VECTOR -> {
                for (int i = 0; i < from.length; i++) {
                    values.set(Column.SHORT_LE, offset + 2L * i, Float.floatToFloat16(from[i]));
                }
            }
            case BFLOAT16_VECTOR -> {
                for (int i = 0; i < from.length; i++) {
                    values.set(Column.SHORT_LE, offset + 2L * i, floatToBfloat16(from[i]));
                }
            }
            case BOOL,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    FLOAT,
                    DOUBLE,
                    VARCHAR,
                    ARRAY,
                    JSON,
                    GEOMETRY,
                    TIMESTAMPTZ,
                    BINARY_VECTOR,
                    INT8_VECTOR,
                    SPARSE_FLOAT_VECTOR -> throw new IllegalStateException("no vector of fractions: " + type);
        }
    }

    static float bfloat16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The upper half of a float32, rounded to the nearest, half to even; NaN stays NaN. */
    static short floatToBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }
}
