package dev.elanus.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.elanus.column.VectorElements;
import dev.elanus.engine.SparseRules;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.DataType;
import dev.elanus.search.SearchTarget;
import dev.elanus.vector.QueryVector;
import io.milvus.grpc.IDs;
import io.milvus.grpc.PlaceholderGroup;
import io.milvus.grpc.PlaceholderType;
import io.milvus.grpc.PlaceholderValue;
import io.milvus.grpc.SearchRequest;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What a search looks for, from its message: vectors of every type, texts, or primary keys. */
final class TargetsDecoder {
    private TargetsDecoder() {}

    static List<SearchTarget> decode(SearchRequest message) {
        if (message.hasIds()) {
            return keys(message.getIds());
        }
        PlaceholderGroup group;
        try {
            group = PlaceholderGroup.parseFrom(message.getPlaceholderGroup());
        } catch (InvalidProtocolBufferException failure) {
            throw new Invalid(
                    "placeholder group: expected a serialized PlaceholderGroup, found " + Statuses.message(failure));
        }
        List<SearchTarget> targets = new ArrayList<>();
        for (PlaceholderValue placeholder : group.getPlaceholdersList()) {
            for (ByteString value : placeholder.getValuesList()) {
                targets.add(target(placeholder.getType(), value));
            }
        }
        return targets;
    }

    private static List<SearchTarget> keys(IDs ids) {
        List<SearchTarget> keys = new ArrayList<>();
        ids.getIntId().getDataList().forEach(key -> keys.add(new SearchTarget.Key(key)));
        ids.getStrId().getDataList().forEach(key -> keys.add(new SearchTarget.Key(key)));
        return keys;
    }

    private static SearchTarget target(PlaceholderType type, ByteString value) {
        return switch (type) {
            case FloatVector -> vector(DataType.FLOAT_VECTOR, value.toByteArray());
            case Float16Vector -> vector(DataType.FLOAT16_VECTOR, value.toByteArray());
            case BFloat16Vector -> vector(DataType.BFLOAT16_VECTOR, value.toByteArray());
            case Int8Vector -> vector(DataType.INT8_VECTOR, value.toByteArray());
            case BinaryVector -> vector(DataType.BINARY_VECTOR, value.toByteArray());
            case SparseFloatVector -> vector(DataType.SPARSE_FLOAT_VECTOR, value.toByteArray());
            case EmbListFloatVector -> list(DataType.FLOAT_VECTOR, value.toByteArray());
            case EmbListFloat16Vector -> list(DataType.FLOAT16_VECTOR, value.toByteArray());
            case EmbListBFloat16Vector -> list(DataType.BFLOAT16_VECTOR, value.toByteArray());
            case EmbListInt8Vector -> list(DataType.INT8_VECTOR, value.toByteArray());
            case EmbListBinaryVector -> list(DataType.BINARY_VECTOR, value.toByteArray());
            case VarChar -> new SearchTarget.Text(value.toStringUtf8());
            default -> throw new Unsupported("placeholder type " + type.name() + " is not supported");
        };
    }

    /** @param bytes of several vectors */
    static SearchTarget list(DataType type, byte[] bytes) {
        if (type != DataType.BINARY_VECTOR) {
            // Refuses what is no finite number.
            floats(type, bytes);
        }
        return new SearchTarget.Several(type, bytes);
    }

    /** @param bytes of one vector, as a column holds it. @throws Invalid if they are no such vector */
    static SearchTarget vector(DataType type, byte[] bytes) {
        return new SearchTarget.Vector(
                switch (type) {
                    case BINARY_VECTOR -> new QueryVector.Bits(bytes);
                    case SPARSE_FLOAT_VECTOR -> {
                        SparseRules.check(MemorySegment.ofArray(bytes));
                        yield QueryVector.sparse(bytes);
                    }
                    default -> new QueryVector.Floats(type, floats(type, bytes));
                });
    }

    private static float[] floats(DataType type, byte[] bytes) {
        int width = type.vectorBytes(1);
        if (bytes.length % width != 0) {
            throw Invalid.of("query vector", "a multiple of " + width + " bytes", bytes.length);
        }
        float[] floats = new float[bytes.length / width];
        VectorElements.read(type, MemorySegment.ofArray(bytes), 0, floats);
        for (float value : floats) {
            if (!Float.isFinite(value)) {
                throw Invalid.of("query vector", "finite numbers", value);
            }
        }
        return floats;
    }
}
