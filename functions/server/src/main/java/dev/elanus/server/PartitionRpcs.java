package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.engine.PartitionDescription;
import dev.elanus.error.NotFound;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.CollectionCodec;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.GetPartitionStatisticsRequest;
import io.milvus.grpc.GetPartitionStatisticsResponse;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.ShowType;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.List;

/** Partitions: made, listed, counted, dropped. */
@Singleton
class PartitionRpcs implements RpcGroup {
    private final Database database;

    PartitionRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("CreatePartition", CreatePartitionRequest.getDefaultInstance(), status, this::create),
                new Rpc<>("DropPartition", DropPartitionRequest.getDefaultInstance(), status, this::drop),
                new Rpc<>(
                        "HasPartition",
                        HasPartitionRequest.getDefaultInstance(),
                        BoolResponse.getDefaultInstance(),
                        this::has),
                new Rpc<>(
                        "ShowPartitions",
                        ShowPartitionsRequest.getDefaultInstance(),
                        ShowPartitionsResponse.getDefaultInstance(),
                        this::list),
                new Rpc<>(
                        "GetPartitionStatistics",
                        GetPartitionStatisticsRequest.getDefaultInstance(),
                        GetPartitionStatisticsResponse.getDefaultInstance(),
                        this::statistics));
    }

    private Status create(Call call, CreatePartitionRequest request) {
        database.partitions()
                .create(call.collection(request.getDbName(), request.getCollectionName()), request.getPartitionName());
        return Statuses.success();
    }

    private Status drop(Call call, DropPartitionRequest request) {
        database.partitions()
                .drop(call.collection(request.getDbName(), request.getCollectionName()), request.getPartitionName());
        return Statuses.success();
    }

    private BoolResponse has(Call call, HasPartitionRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        return BoolResponse.newBuilder()
                .setStatus(Statuses.success())
                .setValue(database.partitions().has(name, request.getPartitionName()))
                .build();
    }

    @SuppressWarnings("deprecation") // The percentages are old, and still read.
    private ShowPartitionsResponse list(Call call, ShowPartitionsRequest request) {
        CollectionName name = request.getCollectionName().isEmpty() && request.getCollectionID() != 0
                ? database.describeCollection(request.getCollectionID()).name()
                : call.collection(request.getDbName(), request.getCollectionName());
        List<PartitionDescription> partitions = database.partitions().list(name);
        request.getPartitionNamesList().forEach(wanted -> {
            if (partitions.stream().noneMatch(partition -> partition.name().equals(wanted))) {
                throw new NotFound(NotFound.Kind.PARTITION, "partition not found[partition=" + wanted + "]");
            }
        });
        ShowPartitionsResponse.Builder answer =
                ShowPartitionsResponse.newBuilder().setStatus(Statuses.success());
        for (PartitionDescription partition : partitions) {
            if (isWanted(request, partition)) {
                answer.addPartitionNames(partition.name())
                        .addPartitionIDs(partition.id())
                        .addCreatedTimestamps(partition.createdTimestamp())
                        .addCreatedUtcTimestamps(CollectionCodec.milliseconds(partition.createdTimestamp()));
                if (isInMemory(request)) {
                    answer.addInMemoryPercentages(100);
                }
            }
        }
        return answer.build();
    }

    @SuppressWarnings("deprecation") // The type is old, and still sent.
    private static boolean isInMemory(ShowPartitionsRequest request) {
        return request.getType() == ShowType.InMemory;
    }

    private static boolean isWanted(ShowPartitionsRequest request, PartitionDescription partition) {
        boolean isNamed = request.getPartitionNamesCount() == 0
                || request.getPartitionNamesList().contains(partition.name());
        return isNamed && (partition.loaded() || !isInMemory(request));
    }

    private GetPartitionStatisticsResponse statistics(Call call, GetPartitionStatisticsRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        long rows = database.partitions().rowCount(name, request.getPartitionName());
        return GetPartitionStatisticsResponse.newBuilder()
                .setStatus(Statuses.success())
                .addStats(KeyValuePair.newBuilder().setKey("row_count").setValue(Long.toString(rows)))
                .build();
    }
}
