package dev.elanus.column;

import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.SchemaRules;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A column of dense vectors of one type.
 *
 * @param dimension components, at least 1
 * @param values row after row, {@code type.vectorBytes(dimension)} each, little-endian; no bytes where every row is null and was written
 *     before its collection had the field: many rows of many components would be much memory for nothing
 */
public record VectorColumn(DataType type, int dimension, int rowCount, MemorySegment values, Validity validity)
        implements Column {
    /** The placeholder of a row without one. */
    private static final MemorySegment ZEROS = Column.allocate((long) SchemaRules.MAX_DIMENSION * Float.BYTES);

    public VectorColumn {
        assert type.isDenseVector();
        assert values.byteSize() == (long) rowCount * type.vectorBytes(dimension) || values.byteSize() == 0;
    }

    /** Rows that are all null, without memory for their values. */
    static VectorColumn absent(Field field, int rowCount) {
        return new VectorColumn(field.type(), field.dimension(), rowCount, Column.allocate(0), Validity.none(rowCount));
    }

    /** Whether every row is null and has no placeholder either: there is nothing to compare or to store. */
    public boolean isAbsent() {
        return values.byteSize() == 0 && rowCount > 0;
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
        return isAbsent() ? ZEROS.asSlice(0, width) : values.asSlice(row * width, width);
    }

    /** A copy of one vector as numbers. */
    public float[] floatsAt(int row) {
        float[] floats = new float[dimension];
        floatsAt(row, floats);
        return floats;
    }

    /** Copies one vector as numbers. */
    public void floatsAt(int row, float[] into) {
        if (isAbsent()) {
            Arrays.fill(into, 0);
            return;
        }
        VectorElements.read(type, values, (long) row * rowBytes(), into);
    }

    @Override
    public long sizeBytes() {
        return values.byteSize() + validity.sizeBytes();
    }

    @Override
    public VectorColumn select(int[] rows) {
        if (isAbsent()) {
            return new VectorColumn(type, dimension, rows.length, values, validity.select(rows));
        }
        long width = rowBytes();
        MemorySegment picked = Column.allocate(rows.length * width);
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(values, rows[i] * width, picked, i * width, width);
        }
        return new VectorColumn(type, dimension, rows.length, picked, validity.select(rows));
    }
}
