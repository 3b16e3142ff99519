package dev.elanus.schema;

import dev.elanus.error.Invalid;
import java.nio.charset.StandardCharsets;

/** The rules that each field of a new collection must keep by itself. */
final class FieldRules {
    private FieldRules() {}

    static void check(String collection, Field field) {
        if (field.autoId() && !field.primaryKey()) {
            throw new Invalid("only primary field can speficy AutoID with true, field name = " + field.name());
        }
        switch (field.type()) {
            case VARCHAR -> checkMaxLength(collection, field);
            case ARRAY -> checkArray(collection, field);
            case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR, BINARY_VECTOR -> checkDense(field);
            case SPARSE_FLOAT_VECTOR -> checkSparse(field);
            case ARRAY_OF_VECTOR -> checkArrayOfVectors(collection, field);
            case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE, JSON, GEOMETRY, TIMESTAMPTZ -> {}
        }
        checkPartitionKey(field);
        if (field.clusteringKey() && field.type().hasVectors()) {
            throw new Invalid(
                    Invalid.Reason.VECTOR_CLUSTERING_KEY,
                    "vector clustering key not allowed[collection=" + collection + "]");
        }
        if (field.clusteringKey() && !hasOrder(field.type())) {
            throw new Invalid("the data type of clustering key should not be "
                    + field.type().text() + ", field name = " + field.name());
        }
        checkDefault(field);
    }

    private static void checkPartitionKey(Field field) {
        if (!field.partitionKey()) {
            return;
        }
        if (field.primaryKey()) {
            throw new Invalid("the partition key field must not be primary field");
        }
        if (field.type() != DataType.INT64 && field.type() != DataType.VARCHAR) {
            throw new Invalid("the data type of partition key should be Int64 or VarChar, but got "
                    + field.type().text());
        }
        if (field.nullable()) {
            throw new Invalid("partition key field not support nullable: invalid parameter");
        }
    }

    private static boolean hasOrder(DataType type) {
        return type.isNumeric() || type == DataType.VARCHAR || type == DataType.TIMESTAMPTZ;
    }

    private static void checkMaxLength(String collection, Field field) {
        if (!field.typeParams().containsKey("max_length")) {
            throw new Invalid("type param(max_length) should be specified for the field(" + field.name()
                    + ") of collection " + collection);
        }
        if (field.maxLength() < 1 || field.maxLength() > SchemaRules.MAX_VARCHAR_BYTES) {
            throw new Invalid("the maximum length specified for the field(" + field.name() + ") should be in (0, "
                    + SchemaRules.MAX_VARCHAR_BYTES + "], but got " + field.maxLength() + " instead");
        }
    }

    private static void checkArray(String collection, Field field) {
        DataType element = field.shape().element();
        if (element == null || !element.isElement()) {
            throw new Invalid("element type " + (element == null ? "None" : element.text()) + " is not supported");
        }
        checkCapacity(collection, field);
        if (element == DataType.VARCHAR) {
            checkMaxLength(collection, field);
        }
    }

    private static void checkCapacity(String collection, Field field) {
        if (!field.typeParams().containsKey("max_capacity")) {
            throw new Invalid("type param(max_capacity) should be specified for array field " + field.name()
                    + " of collection " + collection);
        }
        if (field.maxCapacity() < 1 || field.maxCapacity() > SchemaRules.MAX_CAPACITY) {
            throw new Invalid("the maximum capacity specified for a Array should be in (0, " + SchemaRules.MAX_CAPACITY
                    + "], but got " + field.maxCapacity() + " for field " + field.name());
        }
    }

    private static void checkArrayOfVectors(String collection, Field field) {
        DataType element = field.shape().element();
        if (element == null || !element.isDenseVector()) {
            throw new Invalid("element type " + (element == null ? "None" : element.text())
                    + " is not supported for field " + field.name());
        }
        checkCapacity(collection, field);
        int dimension = field.dimension();
        boolean fits = element == DataType.BINARY_VECTOR
                ? dimension >= Byte.SIZE && dimension % Byte.SIZE == 0
                : dimension >= SchemaRules.MIN_DIMENSION && dimension <= SchemaRules.MAX_DIMENSION;
        if (!fits) {
            throw new Invalid("invalid dimension: " + dimension + " of field " + field.name());
        }
    }

    private static void checkDense(Field field) {
        if (!field.typeParams().containsKey("dim")) {
            throw new Invalid("dimension is not defined in field type params of field " + field.name()
                    + ", check type param `dim` for vector field");
        }
        if (field.dimension() < SchemaRules.MIN_DIMENSION) {
            throw new Invalid("invalid dimension: " + field.dimension() + ". should be in range "
                    + SchemaRules.MIN_DIMENSION + " ~ " + SchemaRules.MAX_DIMENSION);
        }
        String refusal = "invalid dimension: " + field.dimension() + " of field " + field.name() + ". ";
        if (field.type() == DataType.BINARY_VECTOR) {
            if (field.dimension() % Byte.SIZE != 0) {
                throw new Invalid(refusal + "binary vector dimension should be multiple of 8. ");
            }
            if (field.dimension() > SchemaRules.MAX_BINARY_DIMENSION) {
                throw new Invalid(refusal + "binary vector dimension should be in range " + Byte.SIZE + " ~ "
                        + SchemaRules.MAX_BINARY_DIMENSION);
            }
        } else if (field.dimension() > SchemaRules.MAX_DIMENSION) {
            throw new Invalid(refusal + "float vector dimension should be in range " + SchemaRules.MIN_DIMENSION + " ~ "
                    + SchemaRules.MAX_DIMENSION);
        }
    }

    private static void checkSparse(Field field) {
        if (field.typeParams().containsKey("dim")) {
            throw new Invalid(
                    "dim should not be specified for sparse vector field " + field.name() + "(" + field.id() + ")");
        }
    }

    private static void checkDefault(Field field) {
        Object given = field.defaultValue();
        if (given == null) {
            return;
        }
        if (field.primaryKey()) {
            throw new Invalid("primary field not support default_value");
        }
        boolean fits = switch (field.type()) {
            case BOOL -> given instanceof Boolean;
            case INT8 -> given instanceof Long number && number == number.byteValue();
            case INT16 -> given instanceof Long number && number == number.shortValue();
            case INT32 -> given instanceof Long number && number == number.intValue();
            case INT64, TIMESTAMPTZ -> given instanceof Long;
            case FLOAT, DOUBLE -> given instanceof Double;
            case VARCHAR, GEOMETRY -> given instanceof String;
            case ARRAY,
                    ARRAY_OF_VECTOR,
                    JSON,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    INT8_VECTOR ->
                throw new Invalid(
                        "type not support default_value, type:" + field.type().text() + ", name:" + field.name());
        };
        if (!fits) {
            throw new Invalid("type (" + field.type().text() + ") of field (" + field.name()
                    + ") is not equal to the type(" + given.getClass().getSimpleName() + ") of default_value, or "
                    + given
                    + " is out of its range");
        }
        if (field.type() == DataType.VARCHAR
                && given instanceof String text
                && text.getBytes(StandardCharsets.UTF_8).length > field.maxLength()) {
            throw new Invalid("the length (" + text.getBytes(StandardCharsets.UTF_8).length
                    + ") of string exceeds max length (" + field.maxLength() + ")");
        }
    }
}
