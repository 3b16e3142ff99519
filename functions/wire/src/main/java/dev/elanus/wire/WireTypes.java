package dev.elanus.wire;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import java.util.Arrays;
import java.util.Optional;

/** Types and levels by their numbers and names on the wire. */
final class WireTypes {
    private WireTypes() {}

    /** @throws Unsupported if fields of that type are not offered */
    static DataType of(io.milvus.grpc.DataType type, String field) {
        return switch (type) {
            case Bool -> DataType.BOOL;
            case Int8 -> DataType.INT8;
            case Int16 -> DataType.INT16;
            case Int32 -> DataType.INT32;
            case Int64 -> DataType.INT64;
            case Float -> DataType.FLOAT;
            case Double -> DataType.DOUBLE;
            case VarChar -> DataType.VARCHAR;
            case JSON -> DataType.JSON;
            case FloatVector -> DataType.FLOAT_VECTOR;
            case String ->
                throw new Invalid(
                        "string data type not supported yet, please use VarChar type instead, field name = " + field);
            case None, UNRECOGNIZED -> throw new Invalid("data type of field " + field + " is not specified");
            case Array -> DataType.ARRAY;
            case Geometry -> DataType.GEOMETRY;
            case Timestamptz -> DataType.TIMESTAMPTZ;
            case BinaryVector -> DataType.BINARY_VECTOR;
            case Float16Vector -> DataType.FLOAT16_VECTOR;
            case BFloat16Vector -> DataType.BFLOAT16_VECTOR;
            case SparseFloatVector -> DataType.SPARSE_FLOAT_VECTOR;
            case Int8Vector -> DataType.INT8_VECTOR;
            case Text, ArrayOfVector, ArrayOfStruct, Struct ->
                throw new Unsupported("data type " + type.name() + " of field " + field + " is not supported");
        };
    }

    static io.milvus.grpc.DataType of(DataType type) {
        return switch (type) {
            case BOOL -> io.milvus.grpc.DataType.Bool;
            case INT8 -> io.milvus.grpc.DataType.Int8;
            case INT16 -> io.milvus.grpc.DataType.Int16;
            case INT32 -> io.milvus.grpc.DataType.Int32;
            case INT64 -> io.milvus.grpc.DataType.Int64;
            case FLOAT -> io.milvus.grpc.DataType.Float;
            case DOUBLE -> io.milvus.grpc.DataType.Double;
            case VARCHAR -> io.milvus.grpc.DataType.VarChar;
            case JSON -> io.milvus.grpc.DataType.JSON;
            case ARRAY -> io.milvus.grpc.DataType.Array;
            case GEOMETRY -> io.milvus.grpc.DataType.Geometry;
            case TIMESTAMPTZ -> io.milvus.grpc.DataType.Timestamptz;
            case BINARY_VECTOR -> io.milvus.grpc.DataType.BinaryVector;
            case FLOAT_VECTOR -> io.milvus.grpc.DataType.FloatVector;
            case FLOAT16_VECTOR -> io.milvus.grpc.DataType.Float16Vector;
            case BFLOAT16_VECTOR -> io.milvus.grpc.DataType.BFloat16Vector;
            case SPARSE_FLOAT_VECTOR -> io.milvus.grpc.DataType.SparseFloatVector;
            case INT8_VECTOR -> io.milvus.grpc.DataType.Int8Vector;
            case ARRAY_OF_VECTOR -> io.milvus.grpc.DataType.ArrayOfVector;
        };
    }

    static ConsistencyLevel of(io.milvus.grpc.ConsistencyLevel level) {
        return switch (level) {
            case Strong -> ConsistencyLevel.STRONG;
            case Session -> ConsistencyLevel.SESSION;
            case Bounded -> ConsistencyLevel.BOUNDED;
            case Eventually -> ConsistencyLevel.EVENTUALLY;
            case Customized -> ConsistencyLevel.CUSTOMIZED;
            case UNRECOGNIZED -> throw Invalid.of("consistency level", "0 to 4", level);
        };
    }

    static io.milvus.grpc.ConsistencyLevel of(ConsistencyLevel level) {
        return switch (level) {
            case STRONG -> io.milvus.grpc.ConsistencyLevel.Strong;
            case SESSION -> io.milvus.grpc.ConsistencyLevel.Session;
            case BOUNDED -> io.milvus.grpc.ConsistencyLevel.Bounded;
            case EVENTUALLY -> io.milvus.grpc.ConsistencyLevel.Eventually;
            case CUSTOMIZED -> io.milvus.grpc.ConsistencyLevel.Customized;
        };
    }

    /** The level that REST names for a new collection, in Milvus's spelling. */
    static ConsistencyLevel level(String name) {
        return find(name)
                .orElseThrow(() ->
                        new Invalid("consistencyLevel can only be [Strong, Session, Bounded, Eventually, Customized], "
                                + "default: Bounded: invalid parameter[expected=one of them][actual=" + name + "]"));
    }

    /** The level of that name in Milvus's spelling; nothing if there is none. */
    static Optional<ConsistencyLevel> find(String name) {
        return Arrays.stream(ConsistencyLevel.values())
                .filter(level -> of(level).name().equals(name))
                .findFirst();
    }
}
