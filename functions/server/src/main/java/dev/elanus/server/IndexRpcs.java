package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.engine.IndexDescription;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.NotFound.Kind;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.IndexCodec;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.GetIndexBuildProgressRequest;
import io.milvus.grpc.GetIndexBuildProgressResponse;
import io.milvus.grpc.GetIndexStateRequest;
import io.milvus.grpc.GetIndexStateResponse;
import io.milvus.grpc.GetIndexStatisticsRequest;
import io.milvus.grpc.GetIndexStatisticsResponse;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.List;

/** Indexes: made, described, dropped. */
@Singleton
class IndexRpcs implements RpcGroup {
    private final Database database;

    IndexRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("CreateIndex", CreateIndexRequest.getDefaultInstance(), status, this::create),
                new Rpc<>("DropIndex", DropIndexRequest.getDefaultInstance(), status, this::drop),
                new Rpc<>(
                        "DescribeIndex",
                        DescribeIndexRequest.getDefaultInstance(),
                        DescribeIndexResponse.getDefaultInstance(),
                        this::describe),
                new Rpc<>(
                        "GetIndexState",
                        GetIndexStateRequest.getDefaultInstance(),
                        GetIndexStateResponse.getDefaultInstance(),
                        this::state),
                new Rpc<>(
                        "GetIndexBuildProgress",
                        GetIndexBuildProgressRequest.getDefaultInstance(),
                        GetIndexBuildProgressResponse.getDefaultInstance(),
                        this::progress),
                new Rpc<>(
                        "GetIndexStatistics",
                        GetIndexStatisticsRequest.getDefaultInstance(),
                        GetIndexStatisticsResponse.getDefaultInstance(),
                        this::statistics));
    }

    private Status create(Call call, CreateIndexRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        database.createIndex(IndexCodec.decode(request, name));
        return Statuses.success();
    }

    private Status drop(Call call, DropIndexRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        String index = request.getIndexName().isEmpty() ? request.getFieldName() : request.getIndexName();
        boolean isAny = index.isEmpty() && !database.describeIndexes(name).isEmpty();
        database.dropIndex(name, isAny ? one(name, "", "").name() : index);
        return Statuses.success();
    }

    /** By name alone: Milvus looks at no field's here, and clients rely on getting all. */
    private DescribeIndexResponse describe(Call call, DescribeIndexRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        DescribeIndexResponse.Builder answer =
                DescribeIndexResponse.newBuilder().setStatus(Statuses.success());
        find(name, "", request.getIndexName()).forEach(index -> answer.addIndexDescriptions(IndexCodec.encode(index)));
        return answer.build();
    }

    private GetIndexStatisticsResponse statistics(Call call, GetIndexStatisticsRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        GetIndexStatisticsResponse.Builder answer =
                GetIndexStatisticsResponse.newBuilder().setStatus(Statuses.success());
        find(name, "", request.getIndexName()).forEach(index -> answer.addIndexDescriptions(IndexCodec.encode(index)));
        return answer.build();
    }

    private GetIndexStateResponse state(Call call, GetIndexStateRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        IndexDescription index = one(name, request.getFieldName(), request.getIndexName());
        return GetIndexStateResponse.newBuilder()
                .setStatus(Statuses.success())
                .setState(IndexCodec.state(index))
                .build();
    }

    private GetIndexBuildProgressResponse progress(Call call, GetIndexBuildProgressRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        IndexDescription index = one(name, request.getFieldName(), request.getIndexName());
        return GetIndexBuildProgressResponse.newBuilder()
                .setStatus(Statuses.success())
                .setIndexedRows(index.indexedRows())
                .setTotalRows(index.totalRows())
                .build();
    }

    /** The index of a field, or of a name, or the only one. @throws Invalid if there are several */
    private IndexDescription one(CollectionName name, String field, String index) {
        List<IndexDescription> found = find(name, field, index);
        if (found.size() > 1) {
            throw new Invalid(Invalid.Reason.AMBIGUOUS_INDEX, "index duplicates[indexName=" + index + "]");
        }
        return found.getFirst();
    }

    /** The indexes of a field, or of a name, or all. @throws NotFound if there is none */
    private List<IndexDescription> find(CollectionName name, String field, String index) {
        List<IndexDescription> found = database.describeIndexes(name).stream()
                .filter(one -> index.isEmpty() || one.name().equals(index))
                .filter(one -> field.isEmpty() || one.fieldName().equals(field))
                .toList();
        if (found.isEmpty()) {
            throw new NotFound(
                    Kind.INDEX,
                    index.isEmpty()
                            ? "index not found[collection=" + name.name() + "]"
                            : "index not found[indexName=" + index + "]");
        }
        return found;
    }
}
