package dev.elanus.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.elanus.error.Invalid;
import dev.elanus.schema.Field;
import dev.elanus.schema.FunctionSchema;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Changes of collections from messages. */
public final class AlterCodec {
    private AlterCodec() {}

    /**
     * The field that a request adds.
     *
     * @param zone of times that name none
     * @throws Invalid if it is none
     */
    public static Field field(AddCollectionFieldRequest request, ZoneId zone) {
        try {
            FieldSchema field = FieldSchema.parseFrom(request.getSchema());
            return SchemaCodec.decode(field, false, zone);
        } catch (InvalidProtocolBufferException failure) {
            throw new Invalid("schema: expected a serialized FieldSchema, found " + Statuses.message(failure));
        }
    }

    /**
     * The function that a request adds, or puts in the place of another.
     *
     * @throws Invalid if there is none, or it is none
     */
    public static FunctionSchema function(boolean given, io.milvus.grpc.FunctionSchema function) {
        if (!given) {
            throw new Invalid(Invalid.Reason.UNNUMBERED, "Function Schema is empty");
        }
        return FunctionCodec.decode(function);
    }

    /** Properties by name. */
    public static Map<String, String> properties(List<KeyValuePair> pairs) {
        return Parameters.of(pairs).asMap();
    }
}
