package dev.elanus.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.elanus.engine.PartitionKey;
import dev.elanus.error.Invalid;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.FieldSchema;
import org.jspecify.annotations.Nullable;

/** Partition keys from messages and to messages. */
final class PartitionKeys {
    private PartitionKeys() {}

    static PartitionKey decode(CreateCollectionRequest message) {
        try {
            CollectionSchema schema = CollectionSchema.parseFrom(message.getSchema());
            return new PartitionKey(
                    schema.getFieldsList().stream()
                            .filter(FieldSchema::getIsPartitionKey)
                            .map(FieldSchema::getName)
                            .toList(),
                    message.getNumPartitions());
        } catch (InvalidProtocolBufferException failure) {
            throw new Invalid("schema: expected a serialized CollectionSchema, found " + Statuses.message(failure));
        }
    }

    /** A schema whose field of that name says that it is the partition key. */
    static CollectionSchema mark(CollectionSchema schema, @Nullable String key) {
        CollectionSchema.Builder marked = schema.toBuilder();
        for (FieldSchema.Builder field : marked.getFieldsBuilderList()) {
            if (field.getName().equals(key)) {
                field.setIsPartitionKey(true);
            }
        }
        return marked.build();
    }
}
