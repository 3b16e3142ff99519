package dev.elanus.column;

import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * A column of dense vectors of one type.
 *
 * @param dimension components, at least 1
 * @param values row after row, {@code type.vectorBytes(dimension)} each, little-endian
 */
public record VectorColumn(DataType type, int dimension, int rowCount, MemorySegment values, Validity validity)
        implements Column {
    public VectorColumn {
        assert type.isDenseVector() && values.byteSize() == (long) rowCount * type.vectorBytes(dimension);
    }

    /** A column of float32 vectors. */
    public VectorColumn(int dimension, int rowCount, MemorySegment values, Validity validity) {
        this(DataType.FLOAT_VECTOR, dimension, rowCount, values, validity);
    }

    /** Vectors given row by row, without nulls. */
    public static VectorColumn of(float[][] rows, int dimension) {
        MemorySegment memory = Column.allocate((long) rows.length * dimension * Float.BYTES);
        for (int row = 0; row < rows.length; row++) {
            MemorySegment.copy(rows[row], 0, memory, FLOAT_LE, (long) row * dimension * Float.BYTES, dimension);
        }
        return new VectorColumn(dimension, rows.length, memory, Validity.all());
    }

    /** Bytes that each vector takes. */
    public int rowBytes() {
        return type.vectorBytes(dimension);
    }

    /** The bytes of one vector, a view. */
    public MemorySegment vectorAt(int row) {
        long width = rowBytes();
        return values.asSlice(row * width, width);
    }

    /** A copy of one vector as numbers. */
    public float[] floatsAt(int row) {
        float[] floats = new float[dimension];
        floatsAt(row, floats);
        return floats;
    }

    /** Copies one vector as numbers. */
    public void floatsAt(int row, float[] into) {
        VectorElements.read(type, values, (long) row * rowBytes(), into);
    }

    @Override
    public long sizeBytes() {
        return values.byteSize() + validity.sizeBytes();
    }

    @Override
    public VectorColumn select(int[] rows) {
        long width = rowBytes();
        MemorySegment picked = Column.allocate(rows.length * width);
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(values, rows[i] * width, picked, i * width, width);
        }
        return new VectorColumn(type, dimension, rows.length, picked, validity.select(rows));
    }
}
