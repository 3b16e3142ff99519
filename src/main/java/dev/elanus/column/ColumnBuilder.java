package dev.elanus.column;

import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of one field row by row. Not safe for use from many threads. */
public final class ColumnBuilder {
    private final Field field;
    private MemorySegment values;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean[] valid;
    private int rows;
    /** The shape of absent rows, once there is one. */
    private byte @Nullable [] absentShape;

    private ColumnBuilder(Field field, int expectedRows) {
        this.field = field;
        valid = new boolean[Math.max(expectedRows, 8)];
        values = Column.allocate((long) valid.length * slotWidth());
    }

    /** @param expectedRows a guess that saves copies, 0 if unknown */
    public static ColumnBuilder of(Field field, int expectedRows) {
        return new ColumnBuilder(field, expectedRows);
    }

    public int rowCount() {
        return rows;
    }

    /** Appends to a column of an integer type, Bool or Timestamptz; the caller has checked the range. */
    public ColumnBuilder add(long value) {
        long at = nextRow(true);
        assert field.type().isFixedWidth() && !field.type().isFloating();
        switch (field.type().width()) {
            case 1 -> values.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case 2 -> values.set(Column.SHORT_LE, at, (short) value);
            case 4 -> values.set(Column.INT_LE, at, (int) value);
            default -> values.set(Column.LONG_LE, at, value);
        }
        return this;
    }

    /** Appends to a column of Float or Double. */
    public ColumnBuilder add(double value) {
        long at = nextRow(true);
        assert field.type().isFloating();
        if (field.type() == DataType.FLOAT) {
            values.set(Column.FLOAT_LE, at, (float) value);
        } else {
            values.set(Column.DOUBLE_LE, at, value);
        }
        return this;
    }

    /** Appends to a column of VarChar or JSON. */
    public ColumnBuilder add(String value) {
        return add(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a value's bytes: to a column of vectors one vector, to one of values of any length whatever they are. */
    public ColumnBuilder add(byte[] bytes) {
        long at = nextRow(true);
        if (isText()) {
            text.writeBytes(bytes);
            endText();
        } else {
            assert field.type().isDenseVector() && bytes.length == field.rowWidth();
            MemorySegment.copy(bytes, 0, values, ValueLayout.JAVA_BYTE, at, bytes.length);
        }
        return this;
    }

    /** Appends a vector of the field's dimension, rounded to float16 or bfloat16 where those are the field's. */
    public ColumnBuilder add(float[] vector) {
        assert vector.length == field.dimension();
        long at = nextRow(true);
        VectorElements.write(field.type(), vector, values, at);
        return this;
    }

    /** Appends what a row has that says nothing of the field: the default, no dynamic keys, or else null. */
    public ColumnBuilder addAbsent() {
        return switch (field.defaultValue()) {
            case Boolean value -> add(value ? 1L : 0L);
            case Long value -> add(value.longValue());
            case Double value -> add(value.doubleValue());
            case String value when field.type() == DataType.GEOMETRY -> addAbsentShape(value);
            case String value -> add(value);
            case null -> field.dynamic() ? add("{}") : addNull();
            default -> throw new IllegalStateException("default value of field " + field.name());
        };
    }

    private ColumnBuilder addAbsentShape(String wkt) {
        byte[] shape = absentShape == null ? Geometries.wkb(wkt) : absentShape;
        absentShape = shape;
        return add(shape);
    }

    public ColumnBuilder addNull() {
        nextRow(false);
        if (isText()) {
            endText();
        }
        return this;
    }

    /** Appends one row of another column of the same field. */
    public ColumnBuilder add(Column from, int row) {
        if (from.isNull(row)) {
            return addNull();
        }
        if (from instanceof BytesColumn bytes) {
            return add(bytes.bytesAt(row));
        }
        MemorySegment source = from instanceof VectorColumn vectors ? vectors.values() : ((FixedColumn) from).values();
        long at = nextRow(true);
        MemorySegment.copy(source, (long) row * slotWidth(), values, at, slotWidth());
        return this;
    }

    public Column build() {
        Validity validity = Validity.of(Arrays.copyOf(valid, rows));
        if (isText()) {
            MemorySegment offsets = Column.allocate((rows + 1L) * Long.BYTES);
            MemorySegment.copy(values, 0, offsets, Long.BYTES, (long) rows * Long.BYTES);
            MemorySegment bytes = Column.allocate(text.size());
            MemorySegment.copy(text.toByteArray(), 0, bytes, ValueLayout.JAVA_BYTE, 0, text.size());
            return new BytesColumn(field.type(), rows, offsets, bytes, validity);
        }
        MemorySegment used = values.asSlice(0, (long) rows * slotWidth());
        return field.type().isDenseVector()
                ? new VectorColumn(field.type(), field.dimension(), rows, used, validity)
                : new FixedColumn(field.type(), rows, used, validity);
    }

    private boolean isText() {
        return field.rowWidth() == 0;
    }

    /** Bytes a row in {@link #values}: of text, where it ends. */
    private int slotWidth() {
        return isText() ? Long.BYTES : field.rowWidth();
    }

    private void endText() {
        values.set(Column.LONG_LE, (rows - 1L) * Long.BYTES, text.size());
    }

    /** Makes room for one row. @return where its slot starts */
    private long nextRow(boolean hasValue) {
        if (rows == valid.length) {
            valid = Arrays.copyOf(valid, rows * 2);
            MemorySegment larger = Column.allocate((long) valid.length * slotWidth());
            MemorySegment.copy(values, 0, larger, 0, values.byteSize());
            values = larger;
        }
        valid[rows] = hasValue;
        return (long) rows++ * slotWidth();
    }
}
