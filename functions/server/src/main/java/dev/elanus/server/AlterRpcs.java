package dev.elanus.server;

import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.AlterCodec;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.BatchDescribeCollectionRequest;
import io.milvus.grpc.BatchDescribeCollectionResponse;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.Status;
import io.milvus.grpc.TruncateCollectionRequest;
import io.milvus.grpc.TruncateCollectionResponse;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** Collections altered, renamed, emptied, and described several at a time. */
@Singleton
class AlterRpcs implements RpcGroup {
    private final Database database;

    AlterRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("AlterCollection", AlterCollectionRequest.getDefaultInstance(), status, this::alter),
                new Rpc<>(
                        "AlterCollectionField",
                        AlterCollectionFieldRequest.getDefaultInstance(),
                        status,
                        this::alterField),
                new Rpc<>("AddCollectionField", AddCollectionFieldRequest.getDefaultInstance(), status, this::addField),
                new Rpc<>("AlterIndex", AlterIndexRequest.getDefaultInstance(), status, this::alterIndex),
                new Rpc<>("RenameCollection", RenameCollectionRequest.getDefaultInstance(), status, this::rename),
                new Rpc<>(
                        "TruncateCollection",
                        TruncateCollectionRequest.getDefaultInstance(),
                        TruncateCollectionResponse.getDefaultInstance(),
                        this::truncate),
                new Rpc<>(
                        "BatchDescribeCollection",
                        BatchDescribeCollectionRequest.getDefaultInstance(),
                        BatchDescribeCollectionResponse.getDefaultInstance(),
                        this::describe));
    }

    private Status alter(Call call, AlterCollectionRequest request) {
        database.alterations()
                .properties(
                        call.collection(request.getDbName(), request.getCollectionName()),
                        AlterCodec.properties(request.getPropertiesList()),
                        request.getDeleteKeysList());
        return Statuses.success();
    }

    private Status alterField(Call call, AlterCollectionFieldRequest request) {
        database.alterations()
                .field(
                        call.collection(request.getDbName(), request.getCollectionName()),
                        request.getFieldName(),
                        AlterCodec.properties(request.getPropertiesList()),
                        request.getDeleteKeysList());
        return Statuses.success();
    }

    private Status addField(Call call, AddCollectionFieldRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        ZoneId zone = database.describeCollection(name).schema().zone();
        database.alterations().addField(name, AlterCodec.field(request, zone));
        return Statuses.success();
    }

    private Status alterIndex(Call call, AlterIndexRequest request) {
        database.alterations()
                .index(
                        call.collection(request.getDbName(), request.getCollectionName()),
                        request.getIndexName(),
                        AlterCodec.properties(request.getExtraParamsList()),
                        request.getDeleteKeysList());
        return Statuses.success();
    }

    private Status rename(Call call, RenameCollectionRequest request) {
        CollectionName from = call.collection(request.getDbName(), request.getOldName());
        String target = request.getNewDBName().isEmpty() ? from.database() : request.getNewDBName();
        database.alterations().rename(from, new CollectionName(target, request.getNewName()));
        return Statuses.success();
    }

    private TruncateCollectionResponse truncate(Call call, TruncateCollectionRequest request) {
        database.alterations().truncate(call.collection(request.getDbName(), request.getCollectionName()));
        return TruncateCollectionResponse.newBuilder()
                .setStatus(Statuses.success())
                .build();
    }

    /** One that is missing says so itself, and the others are described. */
    private BatchDescribeCollectionResponse describe(Call call, BatchDescribeCollectionRequest request) {
        if (request.getCollectionNameCount() == 0 && request.getCollectionIDCount() == 0) {
            throw new Invalid("collection names cannot be empty: expected at least one name or id");
        }
        BatchDescribeCollectionResponse.Builder answer =
                BatchDescribeCollectionResponse.newBuilder().setStatus(Statuses.success());
        for (String name : request.getCollectionNameList()) {
            CollectionName asked = call.collection(request.getDbName(), name);
            answer.addResponses(orRefusal(() -> database.describeCollection(asked)));
        }
        for (long id : request.getCollectionIDList()) {
            answer.addResponses(orRefusal(() -> database.describeCollection(id)));
        }
        return answer.build();
    }

    private DescribeCollectionResponse orRefusal(Supplier<CollectionDescription> described) {
        try {
            return CollectionRpcs.described(database, described.get());
        } catch (DatabaseException failure) {
            return DescribeCollectionResponse.newBuilder()
                    .setStatus(Statuses.of(failure))
                    .build();
        }
    }
}
