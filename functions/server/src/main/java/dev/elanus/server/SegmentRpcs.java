package dev.elanus.server;

import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.CollectionNames;
import dev.elanus.engine.Database;
import dev.elanus.engine.PartitionDescription;
import dev.elanus.engine.ResourceGroups;
import dev.elanus.engine.SegmentDescription;
import dev.elanus.error.NotFound;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.FlushAllRequest;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.GetQuerySegmentInfoRequest;
import io.milvus.grpc.GetQuerySegmentInfoResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.QuerySegmentInfo;
import io.milvus.grpc.ReplicaInfo;
import io.milvus.grpc.SegmentLevel;
import io.milvus.grpc.SegmentState;
import io.milvus.grpc.ShardReplica;
import jakarta.inject.Singleton;
import java.util.List;

/** What is sealed of collections, and who serves it. */
@Singleton
class SegmentRpcs implements RpcGroup {
    /** A server serves all that it is asked for, so clients see a cluster of one node. */
    static final long NODE = ResourceGroups.NODE;

    /** What Milvus says of a segment that is not of one partition. */
    private static final long ALL_PARTITIONS = -1;

    private final Database database;

    SegmentRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        return List.of(
                new Rpc<>(
                        "FlushAll",
                        FlushAllRequest.getDefaultInstance(),
                        FlushAllResponse.getDefaultInstance(),
                        this::flushAll),
                new Rpc<>(
                        "GetFlushAllState",
                        GetFlushAllStateRequest.getDefaultInstance(),
                        GetFlushAllStateResponse.getDefaultInstance(),
                        // FlushAll answers when everything is sealed.
                        (_, _) -> GetFlushAllStateResponse.newBuilder()
                                .setStatus(Statuses.success())
                                .setFlushed(true)
                                .build()),
                new Rpc<>(
                        "GetPersistentSegmentInfo",
                        GetPersistentSegmentInfoRequest.getDefaultInstance(),
                        GetPersistentSegmentInfoResponse.getDefaultInstance(),
                        this::stored),
                new Rpc<>(
                        "GetQuerySegmentInfo",
                        GetQuerySegmentInfoRequest.getDefaultInstance(),
                        GetQuerySegmentInfoResponse.getDefaultInstance(),
                        this::loaded),
                new Rpc<>(
                        "GetReplicas",
                        GetReplicasRequest.getDefaultInstance(),
                        GetReplicasResponse.getDefaultInstance(),
                        this::replicas));
    }

    /** Flushes all collections of the request's database, one after the other. */
    @SuppressWarnings("deprecation") // The name and the timestamp are old, and still sent and read.
    private FlushAllResponse flushAll(Call call, FlushAllRequest request) {
        long before = database.allocateTimestamp();
        if (request.getDbName().isEmpty()) {
            database.names().listDatabases().forEach(each -> flushAll(each.name()));
        } else {
            flushAll(call.database(request.getDbName()));
        }
        return FlushAllResponse.newBuilder()
                .setStatus(Statuses.success())
                .setFlushAllTs(before)
                .build();
    }

    private void flushAll(String databaseName) {
        for (CollectionNames.Named collection :
                database.names().listCollections(databaseName).all()) {
            try {
                database.flush(collection.name());
            } catch (NotFound dropped) {
                if (dropped.kind() != NotFound.Kind.COLLECTION) {
                    throw dropped;
                }
                // It was dropped since it was listed: nothing of it is left to seal.
            }
        }
    }

    private GetPersistentSegmentInfoResponse stored(Call call, GetPersistentSegmentInfoRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        CollectionDescription collection = database.describeCollection(name);
        long partition = partition(name);
        GetPersistentSegmentInfoResponse.Builder answer =
                GetPersistentSegmentInfoResponse.newBuilder().setStatus(Statuses.success());
        for (SegmentDescription segment : database.segments(name)) {
            answer.addInfos(PersistentSegmentInfo.newBuilder()
                    .setSegmentID(segment.id())
                    .setCollectionID(collection.id())
                    .setPartitionID(partition)
                    .setNumRows(segment.rowCount())
                    .setState(SegmentState.Flushed)
                    .setLevel(SegmentLevel.L1));
        }
        return answer.build();
    }

    /** The segments of a collection if it is loaded, with what they take in the store as their size. */
    private GetQuerySegmentInfoResponse loaded(Call call, GetQuerySegmentInfoRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        CollectionDescription collection = database.describeCollection(name);
        GetQuerySegmentInfoResponse.Builder answer =
                GetQuerySegmentInfoResponse.newBuilder().setStatus(Statuses.success());
        if (!collection.loaded()) {
            return answer.build();
        }
        long partition = partition(name);
        for (SegmentDescription segment : database.segments(name)) {
            answer.addInfos(QuerySegmentInfo.newBuilder()
                    .setSegmentID(segment.id())
                    .setCollectionID(collection.id())
                    .setPartitionID(partition)
                    .setMemSize(segment.sizeBytes())
                    .setNumRows(segment.rowCount())
                    .setIndexName(String.join(",", segment.recallByIndex().keySet()))
                    .setState(SegmentState.Sealed)
                    .setLevel(SegmentLevel.L1)
                    .addNodeIds(NODE));
        }
        return answer.build();
    }

    /** Segments hold rows of several partitions, so that only a collection of one partition tells whose they are. */
    private long partition(CollectionName name) {
        List<PartitionDescription> partitions = database.partitions().list(name);
        return partitions.size() == 1 ? partitions.getFirst().id() : ALL_PARTITIONS;
    }

    private GetReplicasResponse replicas(Call call, GetReplicasRequest request) {
        CollectionDescription collection = request.getCollectionName().isEmpty() && request.getCollectionID() != 0
                ? database.describeCollection(request.getCollectionID())
                : database.describeCollection(call.collection(request.getDbName(), request.getCollectionName()));
        GetReplicasResponse.Builder answer = GetReplicasResponse.newBuilder().setStatus(Statuses.success());
        if (collection.loaded()) {
            ReplicaInfo.Builder replica = ReplicaInfo.newBuilder()
                    .setReplicaID(collection.id())
                    .setCollectionID(collection.id())
                    .addNodeIds(NODE)
                    .setResourceGroupName(database.resourceGroups().groupOfReplica(collection.id()))
                    .addShardReplicas(
                            ShardReplica.newBuilder().setLeaderID(NODE).addNodeIds(NODE));
            database.partitions().list(collection.name()).stream()
                    .filter(PartitionDescription::loaded)
                    .forEach(partition -> replica.addPartitionIds(partition.id()));
            answer.addReplicas(replica);
        }
        return answer.build();
    }
}
