package dev.elanus.server;

import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.ResourceGroup.Config;
import dev.elanus.engine.ResourceGroups;
import dev.elanus.wire.ResourceGroupCodec;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.CreateResourceGroupRequest;
import io.milvus.grpc.DescribeResourceGroupRequest;
import io.milvus.grpc.DescribeResourceGroupResponse;
import io.milvus.grpc.DropResourceGroupRequest;
import io.milvus.grpc.ListResourceGroupsRequest;
import io.milvus.grpc.ListResourceGroupsResponse;
import io.milvus.grpc.Status;
import io.milvus.grpc.TransferNodeRequest;
import io.milvus.grpc.TransferReplicaRequest;
import io.milvus.grpc.UpdateResourceGroupsRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups of nodes: kept as they are given, over a cluster of one node. */
@Singleton
class ResourceGroupRpcs implements RpcGroup {
    private final Database database;

    ResourceGroupRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("CreateResourceGroup", CreateResourceGroupRequest.getDefaultInstance(), status, this::create),
                new Rpc<>(
                        "UpdateResourceGroups", UpdateResourceGroupsRequest.getDefaultInstance(), status, this::update),
                new Rpc<>("DropResourceGroup", DropResourceGroupRequest.getDefaultInstance(), status, this::drop),
                new Rpc<>("TransferNode", TransferNodeRequest.getDefaultInstance(), status, this::transferNode),
                new Rpc<>(
                        "TransferReplica", TransferReplicaRequest.getDefaultInstance(), status, this::transferReplica),
                new Rpc<>(
                        "ListResourceGroups",
                        ListResourceGroupsRequest.getDefaultInstance(),
                        ListResourceGroupsResponse.getDefaultInstance(),
                        (_, _) -> ListResourceGroupsResponse.newBuilder()
                                .setStatus(Statuses.success())
                                .addAllResourceGroups(groups().list())
                                .build()),
                new Rpc<>(
                        "DescribeResourceGroup",
                        DescribeResourceGroupRequest.getDefaultInstance(),
                        DescribeResourceGroupResponse.getDefaultInstance(),
                        this::describe));
    }

    private ResourceGroups groups() {
        return database.resourceGroups();
    }

    private Status create(Call call, CreateResourceGroupRequest request) {
        groups().create(request.getResourceGroup(), ResourceGroupCodec.decode(request.getConfig()));
        return Statuses.success();
    }

    private Status update(Call call, UpdateResourceGroupsRequest request) {
        Map<String, Config> changed = new TreeMap<>();
        request.getResourceGroupsMap().forEach((name, config) -> changed.put(name, ResourceGroupCodec.decode(config)));
        groups().update(changed);
        return Statuses.success();
    }

    private Status drop(Call call, DropResourceGroupRequest request) {
        groups().drop(request.getResourceGroup());
        return Statuses.success();
    }

    private Status transferNode(Call call, TransferNodeRequest request) {
        groups().transferNodes(
                        request.getSourceResourceGroup(), request.getTargetResourceGroup(), request.getNumNode());
        return Statuses.success();
    }

    private Status transferReplica(Call call, TransferReplicaRequest request) {
        groups().transferReplicas(
                        request.getSourceResourceGroup(),
                        request.getTargetResourceGroup(),
                        database.describeCollection(call.collection(request.getDbName(), request.getCollectionName())),
                        request.getNumReplica());
        return Statuses.success();
    }

    private DescribeResourceGroupResponse describe(Call call, DescribeResourceGroupRequest request) {
        return DescribeResourceGroupResponse.newBuilder()
                .setStatus(Statuses.success())
                .setResourceGroup(ResourceGroupCodec.encode(
                        groups().describe(request.getResourceGroup()), replicas(database, request.getResourceGroup())))
                .build();
    }

    /** The loaded collections of all databases that clients see in a group. */
    static Map<String, Integer> replicas(Database database, String group) {
        Map<String, Integer> replicas = new TreeMap<>();
        database.names()
                .listDatabases()
                .forEach(each -> database.listCollections(each.name()).stream()
                        .filter(CollectionDescription::loaded)
                        .filter(loaded -> database.resourceGroups()
                                .groupOfReplica(loaded.id())
                                .equals(group))
                        .forEach(loaded -> replicas.put(loaded.name().name(), 1)));
        return replicas;
    }
}
