package dev.elanus.wire;

import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.NewCollection;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.TimestampText;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import java.time.ZoneId;
import java.util.Map;

/** Collections from messages and to messages. */
public final class CollectionCodec {
    private static final int LOGICAL_BITS = 18;

    private CollectionCodec() {}

    /** @throws dev.elanus.error.Unsupported if the collection asks for what is not offered */
    public static NewCollection decode(CreateCollectionRequest message, CollectionName name) {
        Map<String, String> properties =
                Parameters.of(message.getPropertiesList()).asMap();
        ZoneId zone = TimestampText.zone(properties.getOrDefault(CollectionDefinition.TIMEZONE, "UTC"));
        return new NewCollection(
                name,
                SchemaCodec.decode(message.getSchema(), zone),
                WireTypes.of(message.getConsistencyLevel()),
                message.getShardsNum(),
                properties,
                PartitionKeys.decode(message));
    }

    public static DescribeCollectionResponse encode(CollectionDescription collection) {
        String channel = "elanus-log_" + collection.id() + "v0";
        return DescribeCollectionResponse.newBuilder()
                .setStatus(Statuses.success())
                .setSchema(PartitionKeys.mark(
                        SchemaCodec.encode(collection.name().name(), collection.schema()), collection.partitionKey()))
                .setCollectionID(collection.id())
                .setCollectionName(collection.name().name())
                .setDbName(collection.name().database())
                .setShardsNum(Math.max(1, collection.shards()))
                .setNumPartitions(collection.partitions())
                .setConsistencyLevel(WireTypes.of(collection.consistencyLevel()))
                .setCreatedTimestamp(collection.createdTimestamp())
                .setCreatedUtcTimestamp(milliseconds(collection.createdTimestamp()))
                .setUpdateTimestamp(collection.updatedTimestamp())
                .setUpdateTimestampStr(Long.toString(collection.updatedTimestamp()))
                .addAllProperties(Parameters.pairs(collection.properties()))
                .addVirtualChannelNames(channel)
                .addPhysicalChannelNames("elanus-log")
                .build();
    }

    /** Milliseconds since 1970 of a hybrid timestamp. */
    public static long milliseconds(long hybrid) {
        return hybrid >>> LOGICAL_BITS;
    }
}
