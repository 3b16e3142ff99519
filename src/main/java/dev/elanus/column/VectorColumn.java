package dev.elanus.column;

import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * A column of float32 vectors.
 *
 * @param values {@code rowCount · dimension} float32, little-endian, row after row
 */
public record VectorColumn(int dimension, int rowCount, MemorySegment values, Validity validity) implements Column {
    public VectorColumn {
        assert values.byteSize() == (long) rowCount * dimension * Float.BYTES;
    }

    /** Vectors given row by row, without nulls. */
    public static VectorColumn of(float[][] rows, int dimension) {
        MemorySegment memory = Column.allocate((long) rows.length * dimension * Float.BYTES);
        for (int row = 0; row < rows.length; row++) {
            MemorySegment.copy(rows[row], 0, memory, FLOAT_LE, (long) row * dimension * Float.BYTES, dimension);
        }
        return new VectorColumn(dimension, rows.length, memory, Validity.all());
    }

    @Override
    public DataType type() {
        return DataType.FLOAT_VECTOR;
    }

    /** The bytes of one vector, a view. */
    public MemorySegment vectorAt(int row) {
        long width = (long) dimension * Float.BYTES;
        return values.asSlice(row * width, width);
    }

    /** A copy of one vector. */
    public float[] floatsAt(int row) {
        float[] floats = new float[dimension];
        MemorySegment.copy(values, FLOAT_LE, (long) row * dimension * Float.BYTES, floats, 0, dimension);
        return floats;
    }

    @Override
    public long sizeBytes() {
        return values.byteSize() + validity.sizeBytes();
    }

    @Override
    public VectorColumn select(int[] rows) {
        long width = (long) dimension * Float.BYTES;
        MemorySegment picked = Column.allocate(rows.length * width);
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(values, rows[i] * width, picked, i * width, width);
        }
        return new VectorColumn(dimension, rows.length, picked, validity.select(rows));
    }
}
