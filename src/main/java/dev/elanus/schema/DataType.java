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
    JSON("JSON", 0),
    FLOAT_VECTOR("FloatVector", 0);

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
        return switch (this) {
            case INT8, INT16, INT32, INT64 -> true;
            case BOOL, FLOAT, DOUBLE, VARCHAR, JSON, FLOAT_VECTOR -> false;
        };
    }

    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE;
    }

    public boolean isNumeric() {
        return isInteger() || isFloating();
    }

    public boolean isVector() {
        return this == FLOAT_VECTOR;
    }
}
