package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.ReleasePartitionsRequest;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.List;

/** What may be read: collections and partitions loaded and released. Loading is done when it is answered. */
@Singleton
class LoadRpcs implements RpcGroup {
    private final Database database;

    LoadRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("LoadCollection", LoadCollectionRequest.getDefaultInstance(), status, this::load),
                new Rpc<>("ReleaseCollection", ReleaseCollectionRequest.getDefaultInstance(), status, this::release),
                new Rpc<>("LoadPartitions", LoadPartitionsRequest.getDefaultInstance(), status, this::loadPartitions),
                new Rpc<>(
                        "ReleasePartitions",
                        ReleasePartitionsRequest.getDefaultInstance(),
                        status,
                        this::releasePartitions),
                new Rpc<>(
                        "GetLoadingProgress",
                        GetLoadingProgressRequest.getDefaultInstance(),
                        GetLoadingProgressResponse.getDefaultInstance(),
                        this::progress),
                new Rpc<>(
                        "GetLoadState",
                        GetLoadStateRequest.getDefaultInstance(),
                        GetLoadStateResponse.getDefaultInstance(),
                        this::state));
    }

    private Status load(Call call, LoadCollectionRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        check(name, request.getReplicaNumber(), request.getLoadFieldsList());
        place(name, request.getResourceGroupsList());
        database.load(name);
        return Statuses.success();
    }

    private Status release(Call call, ReleaseCollectionRequest request) {
        database.release(call.collection(request.getDbName(), request.getCollectionName()));
        return Statuses.success();
    }

    private Status loadPartitions(Call call, LoadPartitionsRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        check(name, request.getReplicaNumber(), request.getLoadFieldsList());
        place(name, request.getResourceGroupsList());
        database.partitions().load(name, request.getPartitionNamesList());
        return Statuses.success();
    }

    private Status releasePartitions(Call call, ReleasePartitionsRequest request) {
        database.partitions()
                .release(
                        call.collection(request.getDbName(), request.getCollectionName()),
                        request.getPartitionNamesList());
        return Statuses.success();
    }

    private void place(CollectionName collection, List<String> groups) {
        if (!groups.isEmpty()) {
            database.resourceGroups()
                    .place(groups, database.describeCollection(collection).id());
        }
    }

    /** Fields are read when they are needed, so that which of them are named is a hint that must make sense. */
    private void check(CollectionName collection, int replicas, List<String> fields) {
        if (replicas > 1) {
            throw new Invalid(
                    Invalid.Reason.TOO_MANY_REPLICAS,
                    "when load " + replicas + " replica count: service resource insufficient[currentStreamingNode=1]"
                            + "[expectedStreamingNode=" + replicas + "]");
        }
        if (fields.isEmpty()) {
            return;
        }
        CollectionSchema schema = database.describeCollection(collection).schema();
        fields.forEach(schema::field);
        String list = "load field list [" + String.join(" ", fields) + "]";
        for (Field field : schema.visibleFields()) {
            boolean isKey = field.primaryKey() || field.partitionKey() || field.clusteringKey();
            if (isKey && !fields.contains(field.name())) {
                throw new Invalid(list + " does not contain " + kind(field) + " key field " + field.name());
            }
        }
        if (schema.vectorFields().stream().noneMatch(field -> fields.contains(field.name()))) {
            throw new Invalid(list + " does not contain vector field");
        }
    }

    private static String kind(Field field) {
        if (field.primaryKey()) {
            return "primary";
        }
        return field.partitionKey() ? "partition" : "clustering";
    }

    private GetLoadingProgressResponse progress(Call call, GetLoadingProgressRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        int percent = database.partitions().loadedPercent(name, request.getPartitionNamesList());
        return GetLoadingProgressResponse.newBuilder()
                .setStatus(Statuses.success())
                .setProgress(percent)
                .setRefreshProgress(percent)
                .build();
    }

    private GetLoadStateResponse state(Call call, GetLoadStateRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        return GetLoadStateResponse.newBuilder()
                .setStatus(Statuses.success())
                .setState(state(name, request.getPartitionNamesList()))
                .build();
    }

    private LoadState state(CollectionName name, List<String> partitions) {
        try {
            return database.partitions().areLoaded(name, partitions)
                    ? LoadState.LoadStateLoaded
                    : LoadState.LoadStateNotLoad;
        } catch (NotFound missing) {
            if (missing.kind() != NotFound.Kind.COLLECTION) {
                throw missing;
            }
            return LoadState.LoadStateNotExist;
        }
    }
}
