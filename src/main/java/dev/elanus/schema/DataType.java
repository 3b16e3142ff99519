package dev.elanus.schema;

/** The type of a field's values. The names in text are Milvus's own. */
public enum DataType {
    BOOL("Bool", 1),
    INT8("Int8", 1),
    INT16("Int16", 2),
    INT32("Int32", 4),
    INT64("Int64", 8),
    FLOAT("Float", 4),
    DOUBLE("Double", 8),
    VARCHAR("VarChar", 0),
    /** Several values of one scalar type. */
    ARRAY("Array", 0),
    JSON("JSON", 0),
    /** A shape in the plane, kept as well-known binary. */
    GEOMETRY("Geometry", 0),
    /** Microseconds since 1970 in UTC; clients see text with an offset. */
    TIMESTAMPTZ("Timestamptz", 8),
    /** One bit a component, eight in a byte. */
    BINARY_VECTOR("BinaryVector", 0),
    FLOAT_VECTOR("FloatVector", 0),
    FLOAT16_VECTOR("Float16Vector", 0),
    BFLOAT16_VECTOR("BFloat16Vector", 0),
    /** Pairs of a uint32 index and a float32 value, ascending by index. */
    SPARSE_FLOAT_VECTOR("SparseFloatVector", 0),
    /** Several dense vectors of one type, one after the other; in structs alone. */
    ARRAY_OF_VECTOR("ArrayOfVector", 0),
    INT8_VECTOR("Int8Vector", 0);

    private final String text;
    private final int width;

    DataType(String text, int width) {
        this.text = text;
        this.width = width;
    }

    /** The name that clients see, for example {@code VarChar}. */
    public String text() {
        return text;
    }

    /** Bytes that one scalar value takes in a column, or 0 where values differ in size or the size depends on the dimension. */
    public int width() {
        return width;
    }

    public boolean isFixedWidth() {
        return width > 0;
    }

    public boolean isInteger() {
        return this == INT8 || this == INT16 || this == INT32 || this == INT64;
    }

    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE;
    }

    public boolean isNumeric() {
        return isInteger() || isFloating();
    }

    public boolean isVector() {
        return isDenseVector() || this == SPARSE_FLOAT_VECTOR;
    }

    /** Whether values are vectors, or lists of some, that can be searched. */
    public boolean hasVectors() {
        return isVector() || this == ARRAY_OF_VECTOR;
    }

    /** Whether values are vectors that all take the same number of bytes. */
    public boolean isDenseVector() {
        return switch (this) {
            case BINARY_VECTOR, FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> true;
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
                    ARRAY_OF_VECTOR,
                    SPARSE_FLOAT_VECTOR -> false;
        };
    }

    /** Whether an array may hold values of the type. */
    public boolean isElement() {
        return this == BOOL || isNumeric() || this == VARCHAR;
    }

    /** Bytes that a dense vector of {@code dimension} components takes. */
    public int vectorBytes(int dimension) {
        return switch (this) {
            case BINARY_VECTOR -> dimension / Byte.SIZE;
            case INT8_VECTOR -> dimension;
            case FLOAT16_VECTOR, BFLOAT16_VECTOR -> dimension * Short.BYTES;
            case FLOAT_VECTOR -> dimension * Float.BYTES;
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
                    ARRAY_OF_VECTOR,
                    SPARSE_FLOAT_VECTOR -> throw new IllegalStateException("no dense vector: " + this);
        };
    }
}
